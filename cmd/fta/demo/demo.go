// Package demo starts a whole small world of free trade on embedded defaults, and files a realistic data set in it: two
// Web Ledger nodes, a dishonest node, an exporter's Ethereum chain, an evidence server for each party and CBP's gateway, all
// in one process, all real.
//
// Everything is kept in one folder between runs, and a run that was killed is gone on with by the next. What it files
// goes through the gateway's HTTP interface and the partners' own keys, as it would in earnest; only that one process
// holds all the keys is not as in earnest.
package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"

	"github.com/ftagateway/ftagateway/cmd/fta/serving"
	"github.com/ftagateway/ftagateway/deploy/fabric/devnet"
)

// Options say where and how the demonstration runs.
type Options struct {
	Data   string // the folder that everything is kept in
	Fresh  bool   // begin anew: what an earlier run kept there is removed
	Listen string // of the gateway
	Fabric bool   // add a partner on Hyperledger Fabric, which needs a clone of the repository
	Log    *slog.Logger
	// Progress is told of every step as it begins.
	Progress func(step string, number, of int)
}

// Demo is a demonstration that runs. Close ends it.
type Demo struct {
	Options
	state   *state
	cast    *cast
	liar    *liar
	chain   *chainOf
	clone   string            // of the repository; empty where there is none
	fabric  *devnet.Network   // nil without a partner on Fabric
	tell    func(more string) // of the step under way
	address net.Listener      // of the gateway
	gateway *serving.Gateway
	ends    []func() error // in the order in which things were started
	failed  chan error
}

// Start starts everything and files what of the data set an earlier run has not. Options with which it cannot are told
// as an *OptionError.
func Start(ctx context.Context, o Options) (*Demo, error) {
	d := &Demo{Options: o, failed: make(chan error, 16)}
	if err := d.start(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *Demo) start(ctx context.Context) error {
	if err := d.findClone(); err != nil {
		return err
	}
	steps := []step{
		{"preparing the data folder", d.prepare},
		{"making keys and participants", d.casting},
		{"starting the partners' evidence servers", d.evidenceServers},
		{"starting the Web Ledger nodes", d.nodes},
		{"starting a dishonest node", d.dishonestNode},
		{"starting the exporter's Ethereum chain", d.exporterChain},
		{"starting CBP's gateway", d.openGateway},
		{"filing certificates, entries and decisions", d.file},
		{"altering what must not be altered", d.tamper},
	}
	if d.Fabric {
		steps = d.withFabric(steps)
	}
	for i, step := range steps {
		d.tell = func(more string) { d.Progress(step.name+more, i+1, len(steps)) }
		d.tell("")
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

// step is a part of starting.
type step struct {
	name string
	do   func(context.Context) error
}

// Wait waits until ctx ends, or something that was started fails.
func (d *Demo) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-d.failed:
		return err
	}
}

// Close ends everything, the last started first. It may be called more than once.
func (d *Demo) Close() error {
	var faults []error
	for _, end := range slices.Backward(d.ends) {
		faults = append(faults, end())
	}
	d.ends = nil
	return errors.Join(faults...)
}

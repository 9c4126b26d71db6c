package demo

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/deploy/fabric/devnet"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

const (
	onFabric    = "fabric" // the ledger, and the folder of its network
	fabricEntry = "fabric-entry"
)

var fabricTour = Entry{Name: fabricEntry, Number: sample.EntryUSMCAThird,
	What: "an entry on Hyperledger Fabric, its certificate on the exporter's Ethereum chain, CBP's decision on CBP's own"}

// withFabric adds the partner's network before the gateway that reads it.
func (d *Demo) withFabric(steps []step) []step {
	at := slices.IndexFunc(steps, func(s step) bool { return strings.Contains(s.name, "gateway") })
	return slices.Insert(steps, at, step{"starting a Hyperledger Fabric network", d.startFabric})
}

// findClone looks for the scripts that build and start a network.
func (d *Demo) findClone() (err error) {
	d.clone, err = devnet.Root()
	if err != nil && d.Fabric {
		return &OptionError{Option: onFabric, Rule: err.Error()}
	}
	return nil
}

// startFabric starts the network, which is built first where that was not done yet, and ends with the demonstration.
func (d *Demo) startFabric(ctx context.Context) (err error) {
	d.fabric, err = devnet.Start(ctx, d.clone, devnet.Options{
		Data: d.path(onFabric), Say: func(line string) { d.tell(": " + strings.TrimPrefix(line, "fabric: ")) },
	})
	if err != nil {
		return err
	}
	d.ends = append(d.ends, d.fabric.Stop)
	return nil
}

// endFabric ends what a run that was killed left of a network. Without a clone there was none.
func (d *Demo) endFabric() error {
	if d.clone == "" {
		return nil
	}
	return devnet.Stop(d.clone, d.path(onFabric))
}

// fabricLedger is the section about the partner's ledger, whose entries are proven by their blocks. A writer waits for the
// orderer to cut a block.
func (d *Demo) fabricLedger() settings {
	return settings{
		"url": d.fabric.URL("fta"), "policy": "permissioned", "mapping": "builtin:record",
		"require": []string{"schema", "proof", "authority", "versions", "inclusion"}, "anchors": d.fabric.Anchors(),
		"limits": settings{"budget": (20 * time.Second).String(), "attempt": (5 * time.Second).String(), "concurrency": 64},
	}
}

// overFabric: an entry on Fabric that claims preference under a certificate which stands on another chain, and about
// which CBP decides on a third.
func (s *story) overFabric(ctx context.Context) error {
	certificate, err := s.kept(ownCertificate)
	if err != nil {
		return err
	}
	summary := recent(sample.TimberSummary(certificate.pin()), days(time.Now()))
	summary.EntryNumber = sample.EntryUSMCAThird
	entry, err := s.who[importer].file(ctx, onFabric, fabricEntry, summary, filing.Filing{})
	if err != nil {
		return err
	}
	return s.decide(ctx, fabricEntry+"-accepted", entry, lifecycle.Accept, "")
}

package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/cmd/fta/serving"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/trust/key"
)

// anywhere is any free port of this machine.
const anywhere = "127.0.0.1:0"

// listen takes the address that something had in the last run; where another program has it by now, and in the first
// run, any free one.
func (d *Demo) listen(ctx context.Context, name string) (net.Listener, error) {
	l, err := listen(ctx, cmp.Or(d.state.Addresses[name], anywhere))
	if errors.Is(err, syscall.EADDRINUSE) {
		l, err = listen(ctx, anywhere)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	d.state.Addresses[name] = l.Addr().String()
	return l, d.state.save()
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	return new(net.ListenConfig).Listen(ctx, "tcp", address)
}

// serve serves a handler until the demonstration ends.
func (d *Demo) serve(name string, l net.Listener, h http.Handler) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		err := serving.HTTP{Handler: h, Log: d.Log}.Serve(ctx, l)
		if ctx.Err() == nil {
			d.failed <- fmt.Errorf("%s: %w", name, err)
		}
		ended <- err
	}()
	d.ends = append(d.ends, func() error {
		cancel()
		return <-ended
	})
}

// evidenceServers starts the evidence server of each party.
func (d *Demo) evidenceServers(ctx context.Context) error {
	for _, p := range parts() {
		name := "evidence-" + p.name
		l, err := d.listen(ctx, name)
		if err != nil {
			return err
		}
		controller, err := key.DID(d.cast.parties[p.name].root)
		if err != nil {
			return err
		}
		s, err := server.Open(server.Config{
			Dir: d.path(name), BaseURL: "http://" + l.Addr().String(), RootController: controller, Log: d.Log.With("server", name),
		})
		if err != nil {
			return errors.Join(fmt.Errorf("%s: %w", name, err), l.Close())
		}
		d.ends = append(d.ends, s.Close)
		d.serve(name, l, s.Handler())
	}
	return nil
}

// nodes starts the partners' ledger and CBP's own.
func (d *Demo) nodes(ctx context.Context) error {
	approved, err := key.DID(d.cast.transport)
	if err != nil {
		return err
	}
	for _, name := range []string{"trade", "cbp"} {
		l, err := d.listen(ctx, name)
		if err != nil {
			return err
		}
		n, err := node.Open(ctx, node.Config{
			Home: d.path("node-" + name), ApprovedSigners: []string{approved}, Name: name, Log: d.Log.With("node", name),
		})
		if err != nil {
			return errors.Join(fmt.Errorf("node %s: %w", name, err), l.Close())
		}
		d.ends = append(d.ends, n.Close)
		d.serve("node "+name, l, n.Handler())
	}
	return nil
}

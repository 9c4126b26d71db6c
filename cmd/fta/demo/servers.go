package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/trust/key"
)

// listen takes the address that something had in the last run, or any free one in the first.
func (d *Demo) listen(ctx context.Context, name string) (net.Listener, error) {
	address := d.state.Addresses[name]
	if address == "" {
		address = "127.0.0.1:0"
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w (another program has the port: end it, or begin anew with --fresh)", name, err)
	}
	d.state.Addresses[name] = l.Addr().String()
	return l, d.state.save()
}

// serve serves a handler until the demonstration ends.
func (d *Demo) serve(name string, l net.Listener, h http.Handler) {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 90 * time.Second,
		IdleTimeout: time.Minute, ErrorLog: slog.NewLogLogger(d.Log.Handler(), slog.LevelDebug),
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			d.failed <- fmt.Errorf("%s: %w", name, err)
		}
	}()
	d.ends = append(d.ends, func() error {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		err := errors.Join(s.Shutdown(ctx), s.Close())
		<-ended
		return err
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

// listenGateway takes the address that was asked for; where another program has it, the error says what to do.
func (d *Demo) listenGateway(ctx context.Context) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", d.Listen)
	if err != nil {
		return nil, fmt.Errorf("%w (choose another address with --listen)", err)
	}
	d.state.Addresses["gateway"] = l.Addr().String()
	return l, d.state.save()
}

// Package serving puts a gateway together from its configuration, and takes it apart again.
package serving

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"go.opentelemetry.io/otel/trace"

	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Gateway is a gateway with everything that it stands on.
type Gateway struct {
	*gateway.Gateway
	Metrics *prometheus.Registry
	Traces  trace.TracerProvider // nil: nothing is traced

	config config.Config
	log    *slog.Logger
	parts  []func() error // in the order in which they were opened
}

// Open puts the gateway together. Ledgers that cannot be reached now, and participants that are not trusted, are said in
// the log and do not keep it from starting; a configuration that can never work does. The caller closes it.
func Open(ctx context.Context, c config.Config, log *slog.Logger) (*Gateway, error) {
	g := &Gateway{Metrics: prometheus.NewRegistry(), config: c, log: log}
	g.Metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	parts, err := g.open(ctx)
	if err == nil {
		g.Gateway, err = gateway.New(*parts)
	}
	if err != nil {
		return nil, errors.Join(err, g.Close())
	}
	g.resume(protocol.WithHop(context.Background(), g.Name()))
	return g, nil
}

// resume goes on with unsettled submissions beside what is asked, until Close.
func (g *Gateway) resume(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		g.Resume(ctx)
	}()
	g.parts = append(g.parts, func() error {
		cancel()
		<-ended
		return nil
	})
}

// open opens the parts, each noted to be closed.
func (g *Gateway) open(ctx context.Context) (*gateway.Config, error) {
	c := g.config
	lasting, err := store.Open(filepath.Join(c.Data, "store"))
	if errors.Is(err, syscall.EAGAIN) {
		err = fmt.Errorf("data %s: another gateway has this folder: %w", c.Data, err)
	}
	if err != nil {
		return nil, err
	}
	g.parts = append(g.parts, lasting.Close)

	if err := g.traces(ctx); err != nil {
		return nil, err
	}
	parts := &gateway.Config{Retention: c.Retention, Log: g.log, Now: time.Now, Store: lasting.Sub("submissions")}
	if err := g.keys(parts); err != nil {
		return nil, err
	}
	if parts.Witness, err = witness.Open(lasting.Sub("witness"), time.Now); err != nil {
		return nil, err
	}
	if err := g.participants(parts); err != nil {
		return nil, err
	}
	if err := g.evidence(parts, lasting); err != nil {
		return nil, err
	}
	name, err := key.DID(parts.Signer)
	if err != nil {
		return nil, fmt.Errorf("keys.signing: %w", err)
	}
	return parts, g.ledgers(protocol.WithHop(ctx, name), parts, lasting)
}

// Close ends every part, the last opened first.
func (g *Gateway) Close() error {
	var faults []error
	for _, end := range slices.Backward(g.parts) {
		faults = append(faults, end())
	}
	g.parts = nil
	return errors.Join(faults...)
}

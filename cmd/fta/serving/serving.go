// Package serving puts a gateway together from its configuration, takes it apart again, and has the next one take its
// place while requests go on.
package serving

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"

	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Gateway is a gateway with everything that it stands on.
type Gateway struct {
	*gateway.Gateway
	Metrics *prometheus.Registry
	Traces  trace.TracerProvider // nil: nothing is traced

	config  config.Config
	log     *slog.Logger
	base    *base
	members map[string]*member
	idle    context.CancelFunc // ends what it does beside what is asked
	parts   []func() error     // in the order in which they were opened
}

// Open puts the gateway together. Ledgers that cannot be reached now, and participants that are not trusted, are said in
// the log and do not keep it from starting; a configuration that can never work does. The caller closes it.
func Open(ctx context.Context, c config.Config, log *slog.Logger) (*Gateway, error) {
	b, err := openBase(ctx, c, log)
	if err != nil {
		return nil, err
	}
	return b.gateway(ctx, c, log, nil)
}

// Next puts together the gateway of another configuration beside g, on the same store, witness log, keys and caches. A
// ledger whose settings did not change is the same one in both; what only g has is closed with g, and what both have with
// the last of them. The caller closes either, in any order.
func (g *Gateway) Next(ctx context.Context, c config.Config) (*Gateway, error) {
	if err := g.config.Fixed(c); err != nil {
		return nil, err
	}
	return g.base.gateway(ctx, c, g.log, g)
}

func (b *base) gateway(ctx context.Context, c config.Config, log *slog.Logger, before *Gateway) (*Gateway, error) {
	g := &Gateway{
		Metrics: b.metrics, Traces: b.traces, config: c, log: log, base: b, members: map[string]*member{}, parts: []func() error{b.hold()},
	}
	parts, err := g.open(ctx, before)
	switch {
	case err != nil:
	case before == nil:
		g.Gateway, err = gateway.New(*parts)
	default:
		g.Gateway, err = before.Gateway.Next(*parts)
	}
	if err != nil {
		return nil, errors.Join(err, g.Close())
	}
	g.resume(protocol.WithHop(context.Background(), g.Name()))
	return g, nil
}

// resume goes on with unsettled submissions beside what is asked, until Close.
func (g *Gateway) resume(ctx context.Context) {
	ctx, g.idle = context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		g.Resume(ctx)
	}()
	g.parts = append(g.parts, func() error {
		g.idle()
		<-ended
		return nil
	})
}

// PerClient is how many requests of one client are worked on at once.
func (g *Gateway) PerClient() int { return g.config.PerClient }

// open opens the parts, each noted to be closed.
func (g *Gateway) open(ctx context.Context, before *Gateway) (*gateway.Config, error) {
	parts := g.base.gatewayParts(g.config, g.log)
	if err := g.keys(parts); err != nil {
		return nil, err
	}
	if err := g.participants(parts); err != nil {
		return nil, err
	}
	if err := g.evidence(parts); err != nil {
		return nil, err
	}
	name, err := key.DID(parts.Signer)
	if err != nil {
		return nil, fmt.Errorf("keys.signing: %w", err)
	}
	return parts, g.ledgers(protocol.WithHop(ctx, name), parts, before)
}

// Close ends every part that no other gateway stands on, the last opened first.
func (g *Gateway) Close() error {
	var faults []error
	for _, end := range slices.Backward(g.parts) {
		faults = append(faults, end())
	}
	g.parts = nil
	return errors.Join(faults...)
}

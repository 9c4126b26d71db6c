package serving

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust/key"
)

// evidence opens the client of evidence servers, where a capability key is configured. Without one no document is
// fetched, and the verdicts say so.
func (g *Gateway) evidence(parts *gateway.Config) error {
	path := g.config.Keys.Capability
	if path == "" {
		return nil
	}
	signer, err := key.LoadSigner(path)
	if err != nil {
		return fmt.Errorf("keys.capability: %w", err)
	}
	holder, err := key.DID(signer)
	if err != nil {
		return fmt.Errorf("keys.capability: %w", err)
	}
	if parts.Holdings, err = g.base.holdings(holder); err != nil {
		return err
	}
	parts.Evidence, err = client.New(client.Config{Holdings: parts.Holdings, Signer: signer, AllowPrivate: g.private(), Now: time.Now})
	return err
}

// holdings opens what partners handed over, once: all gateways of a process have the same.
func (b *base) holdings(controller string) (*client.Holdings, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var err error
	if b.held == nil {
		b.held, err = client.OpenHoldings(client.HoldingsConfig{Store: b.lasting.Sub("capabilities"), Controller: controller, Now: time.Now})
	}
	return b.held, err
}

// private are the networks that evidence may be fetched from beside public https; Check has parsed them before.
func (g *Gateway) private() []netip.Prefix {
	var all []netip.Prefix
	for _, network := range g.config.Evidence.AllowPrivate {
		if p, err := netip.ParsePrefix(network); err == nil {
			all = append(all, p)
		}
	}
	return all
}

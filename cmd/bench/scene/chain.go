package scene

import (
	"context"
	"crypto"
	"net/http"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	_ "github.com/ftagateway/ftagateway/adapters/webledger" // the driver for webledger+http
	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Chain is a Web Ledger node on loopback, with a ledger opened on it.
type Chain struct {
	*adapters.Ledger
	URL       string        // of the node
	Transport crypto.Signer // whose operations the node takes
	Creator   string        // the node's name in operations

	scene *Scene
	slug  string
}

func (s *Scene) openChains(ctx context.Context) (err error) {
	if s.transport, err = key.NewSigner(); err != nil {
		return err
	}
	if s.Trade, err = s.OpenChain(ctx, "trade"); err != nil {
		return err
	}
	if s.Origin, err = s.OpenChain(ctx, "origin"); err != nil {
		return err
	}
	s.Customs, err = s.OpenChain(ctx, "cbp")
	return err
}

// OpenChain starts another node with a ledger of its own, which ends with the scene.
func (s *Scene) OpenChain(ctx context.Context, slug string) (*Chain, error) {
	approved, err := key.DID(s.transport)
	if err != nil {
		return nil, err
	}
	n, err := node.Open(ctx, node.Config{Home: s.path("node-" + slug), ApprovedSigners: []string{approved}, Name: slug})
	if err != nil {
		return nil, err
	}
	s.atEnd(n.Close)
	c := &Chain{Transport: s.transport, Creator: n.TargetNode(), scene: s, slug: slug}
	if c.URL, err = s.start(ctx, func(string) (http.Handler, error) { return n.Handler(), nil }); err != nil {
		return nil, err
	}
	if c.Ledger, err = c.Again(ctx, slug); err != nil {
		return nil, err
	}
	s.atEnd(c.Close)
	return c, nil
}

// Again opens the ledger once more, with nothing in its caches. What the driver keeps lies in the store's corner of that
// name, for one Ledger at a time. The caller closes it.
func (c *Chain) Again(ctx context.Context, corner string) (*adapters.Ledger, error) {
	return adapters.Open(ctx, adapters.Config{Slug: c.slug, URL: "webledger+" + c.URL, Limits: patient},
		adapters.Env{Store: c.scene.store.Sub("ledger " + corner), Signer: c.Transport})
}

// patient lets filing go on where many wait for a slow disk.
var patient = adapters.Limits{Budget: time.Minute, Attempt: 10 * time.Second}

// Open opens a ledger that somebody else runs, with what the scene has for it. The caller closes it.
func (s *Scene) Open(ctx context.Context, c adapters.Config) (*adapters.Ledger, error) {
	c.Limits = patient
	return adapters.Open(ctx, c, adapters.Env{Store: s.Corner(c.Slug), Signer: s.transport})
}

// Corner is a part of the scene's store for a driver.
func (s *Scene) Corner(name string) driver.KV { return s.store.Sub("ledger " + name) }

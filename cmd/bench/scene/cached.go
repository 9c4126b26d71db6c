package scene

import (
	"context"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/gateway"
)

// Cached is the ledger Trade once more, answered from a cache as long as its follower vouches for it, and a gateway over
// it alone.
type Cached struct {
	*adapters.Ledger
	API string // URL of the gateway's HTTP interface
	end func() error
}

// Cached opens it. The caller closes it.
func (s *Scene) Cached(ctx context.Context) (*Cached, error) {
	l, err := adapters.Open(ctx, adapters.Config{Slug: s.Trade.slug, URL: "webledger+" + s.Trade.URL, MaxAge: maxAge},
		adapters.Env{Store: s.store.Sub("ledger cached")})
	if err != nil {
		return nil, err
	}
	c := &Cached{Ledger: l}
	config := s.Gateway.Config
	config.Members = []gateway.Member{{Ledger: l}}
	g, err := gateway.New(config)
	if err == nil {
		c.API, c.end, err = Serve(ctx, api.New(api.Config{Gateway: g}))
	}
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return c, nil
}

// maxAge is what holds where nothing is configured.
const maxAge = 5 * time.Second

// Close ends it.
func (c *Cached) Close() error { return errors.Join(c.end(), c.Ledger.Close()) }

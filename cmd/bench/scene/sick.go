package scene

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/conformance/wire"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/witness"
)

// Sickness is what is wrong with the way to a ledger.
type Sickness string

// What can be wrong: nothing; that nobody listens; that a byte a second comes; that everything is swallowed.
const (
	Well       Sickness = "well"
	Down       Sickness = "down"
	Slow       Sickness = "slow"
	BlackHoled Sickness = "black-holed"
)

var faults = map[Sickness]wire.Fault{Down: wire.Refuse, Slow: wire.SlowDrip, BlackHoled: wire.BlackHole}

// Beside is another gateway over the scene's ledgers, with the policies that hold where nothing is configured. The way to
// the ledger Origin is as sick as was asked for.
type Beside struct {
	*gateway.Gateway
	scene *Scene
	how   Sickness
	way   *wire.Wire
	ends  []func() error
}

// Beside opens such a gateway, and spoils the way once all ledgers were reached. The caller closes it.
func (s *Scene) Beside(ctx context.Context, how Sickness) (*Beside, error) {
	b := &Beside{scene: s, how: how}
	err := b.open(ctx)
	if err == nil {
		err = b.spoil()
	}
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// Close ends it.
func (b *Beside) Close() error {
	var all []error
	for _, end := range slices.Backward(b.ends) {
		all = append(all, end())
	}
	return errors.Join(all...)
}

func (b *Beside) open(ctx context.Context) (err error) {
	if err := b.through(b.scene.Origin.URL); err != nil {
		return err
	}
	c := b.scene.Gateway.Config
	c.Members = nil
	for _, m := range []struct {
		chain *Chain
		url   string
	}{{b.scene.Trade, b.scene.Trade.URL}, {b.scene.Origin, "http://" + b.way.Address()}, {b.scene.Customs, b.scene.Customs.URL}} {
		l, err := b.ledger(ctx, m.chain.slug, m.url)
		if err != nil {
			return err
		}
		c.Members = append(c.Members, gateway.Member{Ledger: l, Customs: m.chain == b.scene.Customs})
	}
	if c.Witness, err = witness.Open(b.scene.store.Sub("witness "+string(b.how)), time.Now); err != nil {
		return err
	}
	b.Gateway, err = gateway.New(c)
	return err
}

func (b *Beside) ledger(ctx context.Context, slug, url string) (*adapters.Ledger, error) {
	l, err := adapters.Open(ctx, adapters.Config{Slug: slug, URL: "webledger+" + url},
		adapters.Env{Store: b.scene.store.Sub("ledger " + string(b.how) + " " + slug)})
	if err != nil {
		return nil, err
	}
	b.ends = append(b.ends, l.Close)
	_, err = l.URI(ctx)
	return l, err
}

// through puts a wire that can fail in the way to a server.
func (b *Beside) through(server string) error {
	u, err := url.Parse(server)
	if err != nil {
		return err
	}
	if b.way, err = wire.Open(u.Host); err != nil {
		return err
	}
	b.ends = append(b.ends, func() error { b.way.Close(); return nil })
	return nil
}

func (b *Beside) spoil() error {
	if fault, sick := faults[b.how]; sick {
		return b.way.Break(fault)
	}
	return nil
}

package serving

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/gateway"
)

// member is a ledger that is open, for as long as any gateway has it: one whose settings stay keeps its caches too.
type member struct {
	*adapters.Ledger
	of    config.Ledger
	reads reading
	users int // guarded by base.mu
}

// reading is what a ledger's files say: they may change while their names stay.
type reading struct{ mapping, anchors string }

// ledgers opens every ledger, by name, each with a corner of the store to itself. What before has and did not change is
// taken over.
func (g *Gateway) ledgers(ctx context.Context, parts *gateway.Config, before *Gateway) error {
	for _, slug := range slices.Sorted(maps.Keys(g.config.Ledgers)) {
		l := g.config.Ledgers[slug]
		m, err := g.member(ctx, slug, l, before)
		if err != nil {
			return err
		}
		g.members[slug] = m
		g.base.denied.of(slug)
		g.parts = append(g.parts, func() error { return g.base.yield(m) })
		parts.Members = append(parts.Members, gateway.Member{Ledger: m.Ledger, Customs: l.Customs, Mirror: l.Mirror})
	}
	return nil
}

func (g *Gateway) member(ctx context.Context, slug string, l config.Ledger, before *Gateway) (*member, error) {
	c, err := g.ledgerConfig(slug, l, g.base.lasting)
	if err != nil {
		return nil, err
	}
	reads := reading{c.Mapping.Digest().String(), string(c.Anchors)}
	if old := before.has(slug); old != nil {
		if reflect.DeepEqual(old.of, l) && old.reads == reads {
			return g.base.share(old), nil
		}
	}
	opened, err := g.build(ctx, c, l, before.has(slug) != nil)
	if err != nil {
		return nil, err
	}
	return g.base.share(&member{Ledger: opened, of: l, reads: reads}), nil
}

// has answers the ledger of that name; nil where there is none, or no gateway.
func (g *Gateway) has(slug string) *member {
	if g == nil {
		return nil
	}
	return g.members[slug]
}

// build opens a ledger, on the driver that another one of its name has open, if any. Two never share what was asked
// before: each follows the chain by itself.
func (g *Gateway) build(ctx context.Context, c adapters.Config, l config.Ledger, again bool) (*adapters.Ledger, error) {
	b := g.base
	e := adapters.Env{
		Store: b.lasting.Sub("ledger-" + c.Slug), Signer: b.transport, Log: g.log, Metrics: g.Metrics, Cache: b.checks, Traces: g.Traces,
	}
	if !again {
		e.Newest = b.newest
	}
	on, err := b.lease(ctx, identity{l.URL, c.Mapping.Digest().String(), l.Secret}, c, e)
	if err != nil {
		return nil, err
	}
	opened, err := adapters.New(on, c, e)
	if err != nil {
		return nil, errors.Join(err, on.Close())
	}
	return opened, nil
}

// share counts one more gateway that has a ledger.
func (b *base) share(m *member) *member {
	b.mu.Lock()
	defer b.mu.Unlock()
	m.users++
	return m
}

// yield ends that, and the last one closes the ledger.
func (b *base) yield(m *member) error {
	b.mu.Lock()
	m.users--
	last := m.users == 0
	b.mu.Unlock()
	if last {
		return m.Close()
	}
	return nil
}

func (g *Gateway) ledgerConfig(slug string, l config.Ledger, lasting *store.Store) (adapters.Config, error) {
	c := adapters.Config{
		Slug: slug, URL: l.URL, Policy: disclosure.Policy(l.Policy), Allow: l.Allow, Require: l.Require,
		NativeWrites: l.NativeWrites, MaxAge: l.Cache.MaxAge,
		Limits: adapters.Limits(l.Limits),
	}
	if l.Finality == "latest" {
		c.Finality = driver.Latest
	}
	var err error
	if c.Mapping, err = g.mapping(slug, l, lasting); err != nil {
		return c, fmt.Errorf("ledgers.%s.%w", slug, err)
	}
	if c.Anchors, err = Anchors(l.Anchors); err != nil {
		return c, fmt.Errorf("ledgers.%s.anchors %s: %w", slug, l.Anchors, err)
	}
	return c, nil
}

// Anchors reads what inclusion proofs are held against; nothing where no file is named.
func Anchors(file string) (driver.Anchors, error) {
	if file == "" {
		return nil, nil
	}
	anchors, err := os.ReadFile(file)
	if err == nil && !json.Valid(anchors) {
		err = errors.New("is not JSON")
	}
	return driver.Anchors(anchors), err
}

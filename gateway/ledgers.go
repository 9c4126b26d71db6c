package gateway

import (
	"context"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust"
)

// Ledgers says of every ledger what it is and how it did when it was last asked. Nothing is asked for it.
func (g *Gateway) Ledgers(ctx context.Context) Ledgers {
	all := make([]LedgerState, len(g.Members))
	for i, m := range g.Members {
		all[i] = g.stateOf(ctx, m)
	}
	return Ledgers{all}
}

// Ledger says the same of one ledger, and asks it where it stands now. That it cannot be asked is part of the answer.
func (g *Gateway) Ledger(ctx context.Context, slug string) (*LedgerState, error) {
	m, err := g.member(slug)
	if err != nil {
		return nil, err
	}
	ctx, end := g.whole(ctx)
	defer end()
	head, err := until(ctx, m.Head)
	if err == nil {
		g.heads.see(slug, trust.AsOf{Ledger: m.Describe().URI, Height: head.Final.Height, ChainTime: head.Final.Time, Final: true}, g.Now())
	}
	s := g.stateOf(ctx, m)
	return &s, nil
}

func (g *Gateway) stateOf(ctx context.Context, m Member) LedgerState {
	d, h := m.Describe(), m.Health()
	s := LedgerState{
		Ledger: d.Slug, URI: d.URI, Policy: string(d.Policy), Customs: m.Customs, Mirror: m.Mirror, Derives: m.Derives(),
		Require: d.Require, Mapping: d.Mapping.String(), Health: healthWord(h),
		LastError: string(h.LastError), AsOf: g.head(m), Cache: cacheState(ctx, m),
		Breaker: breakerOf(m), UnderWay: m.UnderWay(),
	}
	if !d.Unreached {
		s.Kind, s.Via, s.Abilities, s.Finality = d.Kind, d.Via, abilities(d.Abilities), d.Finality
		s.WriteMode, s.MaxBody = string(d.WriteMode), d.MaxBody
	}
	if !h.LastSuccess.IsZero() {
		s.LastGood = &h.LastSuccess
	}
	return s
}

func breakerOf(m Member) Breaker {
	b := m.Breaker()
	return Breaker{State: b.State, Since: b.Since.UTC().Truncate(time.Millisecond), Successes: b.Successes, Failures: b.Failures}
}

func cacheState(ctx context.Context, m Member) *CacheState {
	h, cached := m.Cached(ctx)
	if !cached {
		return nil
	}
	s := &CacheState{Live: h.Live, Epoch: h.State.Epoch, Hits: h.Hits, Misses: h.Misses}
	if h.State.Epoch > 0 {
		s.Height = &h.State.Block.Height
	}
	if !h.State.At.IsZero() {
		age := h.Age.Seconds()
		s.Age = &age
	}
	return s
}

// abilities are those that the gateway may make use of. What else a ledger says that it can do is nobody's concern here.
func abilities(described []driver.Ability) []string {
	words := []string{}
	for _, a := range described {
		if slices.Contains(driver.Abilities(), a) {
			words = append(words, string(a))
		}
	}
	return words
}

// The words for a ledger's health.
const (
	healthOK      = "ok"
	healthFailing = "failing"
	healthUnasked = "unasked"
)

func healthWord(h adapters.Health) string {
	switch {
	case h.Failures > 0:
		return healthFailing
	case h.LastSuccess.IsZero():
		return healthUnasked
	}
	return healthOK
}

// Ready reports whether the gateway can answer at all: at least one ledger is not failing. A sick ledger does not make
// the gateway sick.
func (g *Gateway) Ready() bool {
	for _, m := range g.Members {
		if m.Health().Failures == 0 {
			return true
		}
	}
	return len(g.Members) == 0
}

// LedgerURI gives the name of the chain behind a slug; empty for the empty slug. A ledger that was never reached is asked.
func (g *Gateway) LedgerURI(ctx context.Context, slug string) (string, error) {
	if slug == "" {
		return "", nil
	}
	m, err := g.member(slug)
	if err != nil {
		return "", err
	}
	ctx, end := g.whole(ctx)
	defer end()
	uri, err := until(ctx, m.URI)
	if err != nil {
		return "", fromLedger(slug, err)
	}
	return uri, nil
}

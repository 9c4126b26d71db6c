package adapters

import (
	"context"
	"slices"

	"github.com/ftagateway/ftagateway/adapters/breaker"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/health"
	"github.com/ftagateway/ftagateway/ld"
)

// Description is what a ledger is and can do, and how it is judged here.
type Description struct {
	driver.Description
	Slug    string
	Mapping ld.Digest
	Policy  disclosure.Policy
	Require []string // the checks that must be valid
}

// Health is how the chain did when it was last spoken to.
type Health = health.Health

// Describe says what the ledger is. It does no I/O; URI is empty until the chain was reached once. The slices are the
// caller's.
func (l *Ledger) Describe() Description {
	d := l.chain.Describe()
	d.Abilities, d.ProofTypes, d.Via = slices.Clone(d.Abilities), slices.Clone(d.ProofTypes), slices.Clone(d.Via)
	return Description{
		Description: d,
		Slug:        l.config.Slug,
		Mapping:     l.config.Mapping.Digest(),
		Policy:      l.config.Policy,
		Require:     slices.Clone(l.config.Require),
	}
}

// Slug is the ledger's name in the configuration.
func (l *Ledger) Slug() string { return l.config.Slug }

// Health answers how the chain did when it was last spoken to. It does no I/O.
func (l *Ledger) Health() Health { return l.health.Health() }

// Breaker is how the breaker stands that keeps callers from waiting for the chain while it is down.
type Breaker = breaker.Status

// Breaker answers how the breaker stands. It does no I/O.
func (l *Ledger) Breaker() Breaker { return l.broken.Status() }

// UnderWay answers how many questions the chain has now, long polls among them.
func (l *Ledger) UnderWay() int { return l.places.UnderWay() }

// URI is the ledger's own name. A ledger that was never reached is asked for its head first, which tells it.
func (l *Ledger) URI(ctx context.Context) (string, error) {
	return call(ctx, l, "URI", 0, l.uri)
}

func (l *Ledger) uri(ctx context.Context) (string, error) {
	if uri := l.chain.Describe().URI; uri != "" {
		return uri, nil
	}
	if _, err := l.chain.Head(ctx); err != nil {
		return "", err
	}
	if uri := l.chain.Describe().URI; uri != "" {
		return uri, nil
	}
	return "", driver.Errorf(driver.NotReady, "the ledger's URI is not known yet")
}

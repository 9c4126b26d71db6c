// Package disclosure is the last thing before a write leaves: it looks at the very bytes that would be sent, and refuses
// what must not stand on a ledger. Developers put private data on chains however often they are warned, and what stands
// there cannot be taken back.
//
// It trusts nobody above it, not even the translation, and so judges bytes and never a decoded record. Where bodies are
// not the record itself, it is told by configuration which field stands at which place (Shape), and no more: what stands
// at a place that nobody named is refused, and what stands at a named one must have the form of the field, which leaves
// no room for anything else. Fields of a document may stand only where the ledger's readers are known and its
// configuration lists them.
//
// Whoever has the document at hand says so (WithDocument); then its values, and hashes of them without a key, are looked
// for in every value that would be written.
//
// A refusal says where and by which rule. It never repeats a value: that may be the very secret.
package disclosure

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Policy says who can read a ledger, and so what may be written to it.
type Policy string

// The policies. Both allow the fields of a record; a permissioned ledger may hold what its rules list as well.
const (
	Public       Policy = "public"       // anybody reads it, for ever
	Permissioned Policy = "permissioned" // its members read it
)

// Ledger is a chain that nothing reaches but what its rules allow. Every other method than Append is the chain's own.
type Ledger struct {
	driver.Ledger
	rules *compiled
}

// New lets only those writes through to inner that the rules allow. Rules that cannot be followed are an error.
func New(inner driver.Ledger, r Rules) (*Ledger, error) {
	rules, err := r.compile()
	if err != nil {
		return nil, err
	}
	return &Ledger{inner, rules}, nil
}

// Append refuses what Inspect refuses, and sends nothing then.
func (l *Ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if err := l.Inspect(ctx, w); err != nil {
		return nil, err
	}
	return l.Ledger.Append(ctx, w)
}

// Inspect says whether Append would send a write, and does no I/O. A refusal is Invalid with the schemas.Faults of
// everything that was found; none of them holds a value.
func (l *Ledger) Inspect(ctx context.Context, w *driver.Write) error {
	x := &inspection{rules: l.rules, secrets: secretsIn(ctx), said: map[string][]string{}}
	x.write(w)
	if err := x.faults.Err(); err != nil {
		return driver.Errorf(driver.Invalid, "not to be disclosed to the ledger: %w", err)
	}
	return nil
}

const source = "FTA Gateway, what a ledger may hold"

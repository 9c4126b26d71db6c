// Package disclosure is the last thing before a write leaves: it looks at the very bytes that would be sent, and refuses
// what must not stand on a ledger. Developers put private data on chains however often they are warned, and what stands
// there cannot be taken back.
//
// It trusts nobody above it, not even the translation, and so judges bytes and never a decoded record.
package disclosure

import (
	"bytes"
	"context"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// Policy says who can read a ledger, and so what may be written to it.
type Policy string

// The policies. Both allow a record under its closed schema and nothing else.
const (
	Public       Policy = "public"       // anybody reads it, for ever
	Permissioned Policy = "permissioned" // its members read it
)

type ledger struct{ driver.Ledger }

// New lets only those writes through to inner that the policy allows. An unknown policy is an error.
func New(inner driver.Ledger, policy Policy) (driver.Ledger, error) {
	switch policy {
	case Public, Permissioned:
		return ledger{inner}, nil
	}
	return nil, fmt.Errorf("policy %q: must be %q or %q", policy, Public, Permissioned)
}

// Append refuses, as Invalid with the schemas.Faults of what it found, a write that is more than a record. Nothing is
// sent then.
func (l ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if err := inspect(w); err != nil {
		return nil, driver.Errorf(driver.Invalid, "not to be disclosed to the ledger: %w", err)
	}
	return l.Ledger.Append(ctx, w)
}

const source = "FTA Gateway, what a ledger may hold"

func inspect(w *driver.Write) error {
	record, err := ld.Parse(w.Body, ld.Limits{})
	if err != nil {
		return err
	}
	faults := schemas.Validate("Record", record)
	if canonical, err := ld.JCS(record); err != nil || !bytes.Equal(canonical, w.Body) {
		faults.Add("", nil, "must be in canonical form: other spellings have room for what is no part of the record", "RFC 8785")
	}
	if record["id"] != w.Key {
		faults.Add("/id", record["id"], "must be the key that the record is written under", source)
	}
	faults.Append(strayLookups(w.Lookups, record))
	return faults.Err()
}

// strayLookups finds lookups that the record itself does not hold: a driver may write them to the chain too.
func strayLookups(lookups []driver.Lookup, record ld.Object) schemas.Faults {
	held := map[string]bool{}
	commitments, _ := record["lookups"].([]any)
	for _, c := range commitments {
		s, _ := c.(string)
		held[s] = true
	}
	links, _ := record["links"].([]any)
	for _, l := range links {
		link, _ := l.(ld.Object)
		s, _ := link["id"].(string)
		held[s] = true
	}
	var faults schemas.Faults
	for _, l := range lookups {
		if !held[l.Value] || l.Value == "" {
			faults.Add("/lookups", l.Value, "must be a commitment or a linked id that the record holds", source)
		}
	}
	return faults
}

// Package conformance tells the vendor of a chain whether its driver is right, case by case, and why each case matters.
//
// A Harness makes the driver; Run plays the cases against it and answers a Report, which is a value: the same run serves
// go test (see Test), a command, and a page to send to a colleague. What a chain does not offer (driver.Description) is
// reported as not offered, never skipped in silence. A driver that panics or hangs fails the case it did it in.
//
// The cases say in words what they do, so that nobody has to read their code: see Cases. Package conformance/faulty
// holds drivers that are wrong in one thing each, and shows that each is caught.
package conformance

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/schemas"
)

// What a report says of the suite, and the versions that it states.
const (
	SuiteName       = "driver"
	SuiteVersion    = "1.2.0" // of the cases: a change that a correct driver could notice raises it
	ProtocolVersion = "1"     // of driver.Ledger and the ledger protocol
	ModelVersion    = schemas.Model
)

// Harness makes the driver under test, and says what its chain can take. Only Open is needed; a case that needs
// something that is not given is reported as not offered, by the name of the field.
type Harness struct {
	// Open opens the ledger under test. It starts nothing but the driver: servers and clients that are to outlive the
	// driver's Close are started before, or they count as left behind. At most one ledger is open at a time.
	Open func(ctx context.Context) (driver.Ledger, error)
	// Reopen opens the chain that Open gave once more, after Close, with the same Env.Store. Nil: Open is called again,
	// and the chain may be another or empty.
	Reopen func(ctx context.Context) (driver.Ledger, error)
	// Another opens a different chain of the same kind.
	Another func(ctx context.Context) (driver.Ledger, error)
	// Advance lets the chain go on by a block, where it makes none while nobody writes.
	Advance func(ctx context.Context) error
	// Outage makes the chain unreachable until restore is called.
	Outage func() (restore func())

	// NewKey draws a key that the chain takes. Nil: printable text of 26 characters.
	NewKey func(r *rand.Rand) string
	// NewBody draws a body that the chain takes, another at each call. Nil: any bytes at all.
	NewBody func(r *rand.Rand, b Body) []byte
	// Keys are some that stand on the chain. They are read where the suite may not write, and held against the mapping.
	Keys []string
	// Mapping says what the entries mean. Nil: they are bytes.
	Mapping *Mapping

	// Author is whom the chain must name as the author of what the harness' driver appends.
	Author driver.Author
	// Anchors are what proofs are verified with, and OtherAnchors those of a chain that is not to be believed.
	Anchors      func() driver.Anchors
	OtherAnchors func() driver.Anchors
}

// Body is what a case wants of a body.
type Body struct {
	Key  string
	Size int // bytes, exactly, when above 1024; below that as near as the chain's form allows. 0: any
	// Lookups are what Find must lead to the key by. They are given to Append as Write.Lookups too: a chain that finds
	// them in its bodies needs them here, any other ignores them.
	Lookups []driver.Lookup
}

// withDefaults fills in what a chain gets by with that takes any key and any body.
func (h Harness) withDefaults() Harness {
	if h.NewKey == nil {
		h.NewKey = func(r *rand.Rand) string { return "conformance-" + text(r, 10) }
	}
	if h.NewBody == nil {
		h.NewBody = func(r *rand.Rand, b Body) []byte { return noise(r, b.Size) }
	}
	return h
}

// noise draws bytes of every value, which no text encoding survives.
func noise(r *rand.Rand, size int) []byte {
	if size == 0 {
		size = 64
	}
	out := make([]byte, 0, size+8)
	for len(out) < size {
		out = binary.LittleEndian.AppendUint64(out, r.Uint64())
	}
	return out[:size]
}

// text draws printable characters: n bytes of randomness as base64url.
func text(r *rand.Rand, n int) string {
	return base64.RawURLEncoding.EncodeToString(noise(r, n))
}

// newLookup draws a lookup of the form that records use: a keyed commitment of 32 bytes.
func newLookup(r *rand.Rand) driver.Lookup {
	return driver.Lookup{Name: "lookup", Value: "u" + text(r, 32)}
}

// brief shows a body in a report without its bytes, which may be many and need not be text.
func brief(body []byte) string {
	switch {
	case len(body) == 0:
		return "no bytes"
	case len(body) > 32:
		return fmt.Sprintf("%d bytes that begin %x", len(body), body[:16])
	}
	return fmt.Sprintf("%d bytes: %x", len(body), body)
}

// Package play makes a conformance harness of a driver's URL, for fta conformance.
package play

import (
	"context"
	"crypto"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Form is what keys and bodies the chain takes.
type Form string

// The forms. ByScheme takes that of the URL's scheme.
const (
	ByScheme Form = ""
	Bytes    Form = "bytes"  // any key, any bytes
	Record   Form = "record" // a urn:uuid, and a JSON object with that id
)

// Forms lists them for people.
func Forms() []string { return []string{string(Bytes), string(Record)} }

// Harness plays against the chain at a URL. The driver's own index is kept in memory and lives as long as the harness;
// signer may be nil, and then nothing is written. end lets go of it.
func Harness(rawURL string, form Form, signer crypto.Signer) (h conformance.Harness, end func() error, err error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return h, nil, fmt.Errorf("ledger URL: %w", err)
	}
	kept := store.Memory()
	h.Open = func(ctx context.Context) (driver.Ledger, error) {
		return driver.Open(ctx, rawURL, driver.Env{Store: kept, Signer: signer})
	}
	h.Reopen = h.Open
	if u.Scheme == "memory" && u.Host == "" {
		h.Reopen = nil // each such URL is a chain of its own
	}
	if form == Record || form == ByScheme && strings.HasPrefix(u.Scheme, "webledger+") {
		h.NewKey, h.NewBody = recordKey, recordBody
	}
	if signer != nil {
		if h.Author.ID, err = key.DID(signer); err != nil {
			return h, nil, err
		}
		h.Author.Kind = "did"
	}
	return h, kept.Close, nil
}

func recordKey(r *rand.Rand) string {
	var id uuid.UUID
	for i := range id {
		id[i] = byte(r.Uint32())
	}
	return id.URN()
}

// recordBody makes a JSON object of the asked size that nobody wrote before.
func recordBody(r *rand.Rand, b conformance.Body) []byte {
	lookups := make([]any, len(b.Lookups))
	for i, l := range b.Lookups {
		lookups[i] = l.Value
	}
	record := ld.Object{"id": b.Key, "lookups": lookups, "nonce": fmt.Sprintf("%016x", r.Uint64()), "fill": ""}
	short, _ := ld.JCS(record) // an object of strings
	record["fill"] = strings.Repeat("x", max(0, b.Size-len(short)))
	body, _ := ld.JCS(record)
	return body
}

package conformance_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
)

// fussy is a chain that takes only its own form: keys that are a urn:uuid, and JSON bodies that hold their key and
// their lookups.
type fussy struct{ *memory.Ledger }

// record is a body of the fussy chain.
type record struct {
	ID      string   `json:"id"`
	Lookups []string `json:"lookups,omitempty"`
	Filler  string   `json:"filler"`
}

var uuidKey = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

func (f fussy) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if !uuidKey.MatchString(w.Key) {
		return nil, driver.Errorf(driver.Invalid, "key %q is no urn:uuid", w.Key)
	}
	if len(w.Body) > f.Describe().MaxBody {
		return nil, driver.Errorf(driver.TooLarge, "body has %d bytes", len(w.Body))
	}
	var r record
	if err := json.Unmarshal(w.Body, &r); err != nil || r.ID != w.Key {
		return nil, driver.Errorf(driver.Invalid, "body is no record of %s", w.Key)
	}
	indexed := *w
	indexed.Lookups = nil
	for _, value := range r.Lookups {
		indexed.Lookups = append(indexed.Lookups, driver.Lookup{Name: "lookup", Value: value})
	}
	return f.Ledger.Append(ctx, &indexed)
}

func newUUIDKey(r *rand.Rand) string {
	return fmt.Sprintf("urn:uuid:%08x-%04x-4%03x-8%03x-%012x",
		r.Uint32(), r.Uint32N(1<<16), r.Uint32N(1<<12), r.Uint32N(1<<12), r.Uint64N(1<<48))
}

func newRecord(r *rand.Rand, b conformance.Body) []byte {
	out := record{ID: b.Key, Filler: fmt.Sprintf("%016x", r.Uint64())}
	for _, l := range b.Lookups {
		out.Lookups = append(out.Lookups, l.Value)
	}
	body, _ := json.Marshal(out)
	if short := b.Size - len(body); short > 0 {
		out.Filler += strings.Repeat("x", short)
		body, _ = json.Marshal(out)
	}
	return body
}

func TestAChainWithAFormOfItsOwnIsPlayedInThatForm(t *testing.T) {
	h := full(t, testChain())
	open := h.Open
	h.Open = func(ctx context.Context) (driver.Ledger, error) {
		l, err := open(ctx)
		if err != nil {
			return nil, err
		}
		return fussy{l.(*memory.Ledger)}, nil
	}
	h.Reopen, h.NewKey, h.NewBody = h.Open, newUUIDKey, newRecord
	report := conformance.Test(t, h, conformance.Options{Seed: 5})
	if report.Summary.NotOffered > 0 {
		t.Errorf("%d cases were not offered", report.Summary.NotOffered)
	}
}

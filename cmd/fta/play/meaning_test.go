package play_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/conformance"
)

// A record is held against the key that it stands under, and one of the ledger itself against its version too.
func TestEntriesOfRecordsAreHeldAgainstTheMapping(t *testing.T) {
	m := contract(t)
	h, end, err := play.Ledger{URL: "memory://shaped?testing=1", Mapping: m}.Harness()
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	r := rand.New(rand.NewPCG(1, 2))
	key, other := h.NewKey(r), h.NewKey(r)
	body := h.NewBody(r, conformance.Body{Key: key})
	p, err := m.Record(&driver.Entry{Key: key, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		uri   string
		entry driver.Entry
		want  string // "": it means something
	}{
		"right":                          {p.Ledger, driver.Entry{Key: key, Version: 1, Body: body}, ""},
		"a copy, at another version":     {"urn:another", driver.Entry{Key: key, Version: 7, Body: body}, ""},
		"at another version":             {p.Ledger, driver.Entry{Key: key, Version: 2, Body: body}, "/version: must be that of the entry, 2"},
		"under another key":              {p.Ledger, driver.Entry{Key: other, Version: 1, Body: body}, "/id: must be that of the key"},
		"under a key that none can have": {p.Ledger, driver.Entry{Key: "no key", Version: 1, Body: body}, "must"},
		"a body of another shape":        {p.Ledger, driver.Entry{Key: key, Version: 1, Body: []byte(`{"secret":"SECRET"}`)}, "must"},
		"a body that is no JSON":         {p.Ledger, driver.Entry{Key: key, Version: 1, Body: []byte("SECRET")}, "JSON"},
	} {
		err := h.Mapping.Translate(c.uri, &c.entry)
		said := ""
		if err != nil {
			said = err.Error()
		}
		if (c.want == "") != (err == nil) || !strings.Contains(said, c.want) || strings.Contains(said, "SECRET") {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

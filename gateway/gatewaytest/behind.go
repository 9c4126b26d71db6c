package gatewaytest

import (
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate"
)

// Stop makes a chain answer Unavailable, as its node does that is down, until Start.
func (w *World) Stop(slug string) { w.memory(slug).Chain().Stop() }

// Start undoes Stop.
func (w *World) Start(slug string) { w.memory(slug).Chain().Start() }

// memory is the chain of a slug, whatever stands before it.
func (w *World) memory(slug string) *memory.Ledger {
	w.t.Helper()
	l, ok := w.chains[slug].(*memory.Ledger)
	if !ok {
		w.t.Fatalf("%s is no chain in memory", slug)
	}
	return l
}

// Chain is the chain in memory of a slug, which has the anchors of its proofs.
func (w *World) Chain(slug string) *memory.Chain { return w.memory(slug).Chain() }

// Write puts a record on a chain behind the gateway's back, under whatever key and as the next version of it.
func (w *World) Write(slug, key string, r *model.Parsed) {
	w.t.Helper()
	mapping := must(translate.Builtin("record"))(w.t)
	body, lookups, err := mapping.Body(r)
	if err != nil {
		w.t.Fatal(err)
	}
	w.WriteRaw(slug, key, body, lookups...)
}

// WriteRaw puts any bytes on a chain as the next version of a key.
func (w *World) WriteRaw(slug, key string, body []byte, lookups ...driver.Lookup) {
	w.t.Helper()
	chain := w.memory(slug)
	stands := uint64(0)
	if e, err := chain.Get(w.Context(), driver.Ref{Key: key}); err == nil {
		stands = e.Version
	}
	if _, err := chain.Append(w.Context(), &driver.Write{Key: key, Expect: stands, Body: body, Lookups: lookups}); err != nil {
		w.t.Fatal(err)
	}
}

// Count says how many versions stand on a chain.
func (w *World) Count(slug string) int {
	w.t.Helper()
	total, after := 0, driver.Cursor("")
	for {
		batch := must(w.memory(slug).Changes(w.Context(), after, 0, 0))(w.t)
		if len(batch.Entries) == 0 {
			return total
		}
		total, after = total+len(batch.Entries), batch.Next
	}
}

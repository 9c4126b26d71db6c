package witness_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/ld"
)

// memoryOf is what a log is to remember, kept in the simplest way.
type memoryOf struct {
	newest  map[string]uint64
	digests map[string][]ld.Digest // by record and version, first seen first
}

func (m *memoryOf) see(o witness.Observation) (relation witness.Relation, forked, isNew bool) {
	record, version := o.Ledger+o.ID, fmt.Sprint(o.Ledger, o.ID, o.Version)
	newest, had := m.newest[record], m.digests[version]
	known := false
	for _, d := range had {
		known = known || d == o.Digest
		forked = forked || d != o.Digest
	}
	m.newest[record] = max(newest, o.Version)
	if !known {
		m.digests[version] = append(had, o.Digest)
	}
	return relationOf(o, newest, had), forked, !known
}

// relationOf compares what is shown with the newest version before it, 0 for none, and what that version had shown.
func relationOf(o witness.Observation, newest uint64, had []ld.Digest) witness.Relation {
	switch {
	case newest == 0:
		return witness.First
	case o.Version > newest:
		return witness.Newer
	case len(had) > 0 && had[0] != o.Digest:
		return witness.Differs
	case o.Version == newest:
		return witness.Same
	}
	return witness.Older
}

func anyObservation(t *rapid.T) witness.Observation {
	o := shown(rapid.Uint64Range(1, 4).Draw(t, "version"), rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "content"))
	o.Ledger = rapid.SampledFrom([]string{trade, other}).Draw(t, "ledger")
	o.ID = rapid.SampledFrom([]string{"urn:uuid:1", "urn:uuid:2"}).Draw(t, "id")
	return o
}

// TestLogRemembersAsAModelDoes: whatever ledgers show in whatever order, and however often the log is opened again.
func TestLogRemembersAsAModelDoes(t *testing.T) {
	s := store.Memory()
	defer s.Close()
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		checkAgainstModel(rt, t, s.Sub(fmt.Sprint(run)))
	})
}

func checkAgainstModel(rt *rapid.T, t *testing.T, kv driver.KV) {
	c := newClock()
	l := open(t, kv, c)
	model := memoryOf{map[string]uint64{}, map[string][]ld.Digest{}}
	var entries uint64
	for range rapid.IntRange(0, 40).Draw(rt, "observations") {
		if rapid.IntRange(0, 9).Draw(rt, "restart") == 0 {
			l = open(t, kv, c)
		}
		o := anyObservation(rt)
		relation, forked, isNew := model.see(o)
		if isNew {
			entries++
		}
		if got := mustSee(t, l, o); got.Relation != relation || got.Forked != forked {
			rt.Fatalf("%s version %d: %s, forked %v; want %s, %v", o.ID, o.Version, got.Relation, got.Forked, relation, forked)
		}
	}
	checkWhole(t, l, entries)
}

package webledger_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

// Operations without effect are no versions, whatever brought them into a block.
func TestOperationsWithoutEffectAreNoVersions(t *testing.T) {
	s, key := newStandIn(t), newID()
	one, two := record(key, 1), record(key, 2)
	again := ld.Object{"id": key, "type": "Rival"}
	late := record(key, 3)
	absent := newID()
	early := s.update(record(absent, 1), record(absent, 2), 0)
	create, rival := s.create(one), s.create(again)
	update, stale := s.update(one, two, 0), s.update(one, late, 0)
	s.block(create, rival, update)
	s.block(stale, create, early)
	l := s.open(t)
	all, err := l.Versions(within(t), key, 0, 0)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d versions, %v", len(all), err)
	}
	if all[0].Index != 0 || all[1].Index != 2 || all[1].Height != 1 {
		t.Errorf("versions stand at %+v and %+v", all[0].Position, all[1].Position)
	}
	states := map[*protocol.Operation]driver.State{
		create: driver.Finally, update: driver.Finally, rival: driver.Rejected, stale: driver.Rejected, early: driver.Rejected,
	}
	for op, want := range states {
		wantState(t, l, op.Hash, want)
	}
}

// Another application may share the ledger. Its records are no entries.
func TestRecordsThatAreNoKeysArePassedOver(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.block(s.create(ld.Object{"id": "https://example.com/records/1", "lookups": []any{lookupOf(key)}}), s.create(record(key, 1)))
	l := s.open(t)
	b, err := l.Changes(within(t), "", 0, 0)
	if err != nil || len(b.Entries) != 1 || b.Entries[0].Key != key || b.Entries[0].Index != 1 {
		t.Errorf("changes %+v, %v", b, err)
	}
	if keys, _, err := l.Find(within(t), driver.Lookup{Value: lookupOf(key)}, "", 0); err != nil || len(keys) != 1 {
		t.Errorf("found %v, %v", keys, err)
	}
}

// A node that puts an operation into a block which the ledger's own configuration does not permit is contradicted by
// that configuration, in every answer about what the operation brought.
func TestOperationsThatTheConfigurationForbidsAreContradicted(t *testing.T) {
	stranger := protocol.Sender{Signer: newKey(7), Creator: targetNode}
	for name, c := range map[string]struct {
		make   func(s *standIn, record ld.Object) *protocol.Operation
		author string
	}{
		"by a stranger": {func(s *standIn, record ld.Object) *protocol.Operation {
			op, err := protocol.NewCreate(record, stranger)
			s.must(err)
			return op
		}, didOf(newKey(7))},
		"altered after signing": {func(s *standIn, record ld.Object) *protocol.Operation {
			signed := body(s.t, s.create(record).Object)
			op, err := protocol.ParseOperation([]byte(strings.Replace(string(signed), "EntrySummary", "EntryForgery", 1)))
			s.must(err)
			return op
		}, ""},
		"not signed": {func(s *standIn, record ld.Object) *protocol.Operation {
			op, err := protocol.ParseOperation(body(s.t, ld.Object{"@context": protocol.ContextV1, "type": protocol.TypeCreate, "record": record}))
			s.must(err)
			return op
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, key := newStandIn(t), newID()
			s.block(c.make(s, record(key, 1)))
			l := s.open(t)
			for _, version := range []uint64{0, 1} {
				e, err := l.Get(within(t), driver.Ref{Key: key, Version: version})
				if err != nil || !strings.Contains(e.Contradiction, "does not permit") || e.Author.ID != c.author {
					t.Errorf("version %d: %+v, %v", version, e, err)
				}
			}
		})
	}
}

// After the configuration has changed, the new signer may write from the next block on, and the old one may not.
func TestAConfigurationIsInForceFromTheNextBlock(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	s.configure(newKey(3))
	s.block(s.update(record(key, 1), record(key, 2), 0))
	s.key = newKey(3)
	s.block(s.update(record(key, 2), record(key, 3), 1))
	all, err := s.open(t).Versions(within(t), key, 0, 0)
	if err != nil || len(all) != 3 {
		t.Fatalf("%d versions, %v", len(all), err)
	}
	for i, wrong := range []bool{false, true, false} {
		if (all[i].Contradiction != "") != wrong {
			t.Errorf("version %d: contradiction %q", i+1, all[i].Contradiction)
		}
	}
}

// Nobody may change the configuration but those whom it lets.
func TestAConfigurationByAStrangerIsAForgedBlock(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	s.key = newKey(5)
	s.configure(newKey(5))
	_, err := s.open(t).Versions(within(t), key, 0, 0)
	wantCode(t, err, driver.Corrupt)
}

package adapters_test

import (
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

// A commitment that leads to a record, and to a key of somebody else who shares the ledger.
func TestFindLeadsToRecordsOnly(t *testing.T) {
	n := newNode(t)
	l := open(t, n)
	p := record(t, nil)
	if _, err := l.Submit(ctx, p, ""); err != nil {
		t.Fatal(err)
	}
	lookup := driver.Lookup{Name: translate.Commitment, Value: p.Lookups[0]}
	telling := &driver.Write{Key: "ABC12345676", Body: []byte("somebody else's"), Lookups: []driver.Lookup{lookup}}
	if _, err := n.Ledger.Append(ctx, telling); err != nil {
		t.Fatal(err)
	}
	find := func(page string, limit int, want ...string) (next string) {
		t.Helper()
		ids, next, err := l.Find(ctx, lookup, page, limit)
		if err != nil || !slices.Equal(ids, want) {
			t.Errorf("page %q: %v, %v; want %v", page, ids, err, want)
		}
		return next
	}
	if next := find("", 0, id); next != "" {
		t.Errorf("everything, and then page %q", next)
	}
	second := find("", 1, id)
	if second == "" {
		t.Fatal("no second page")
	}
	if next := find(second, 1); next != "" {
		t.Errorf("the last page, and then page %q", next)
	}
}

func TestFindWhileTheLedgerIsDown(t *testing.T) {
	n := newNode(t)
	n.chain.Stop()
	ids, next, err := open(t, n).Find(ctx, driver.Lookup{Name: translate.Linked, Value: other}, "", 0)
	if driver.CodeOf(err) != driver.Unavailable || next != "" || ids != nil {
		t.Errorf("%v, %q, %v; want unavailable", ids, next, err)
	}
}

// follow takes batch after batch until there is nothing new, and answers everything with the last one.
func follow(t *testing.T, l *adapters.Ledger) (all []*adapters.Reading, last *adapters.Batch) {
	t.Helper()
	var after driver.Cursor
	for {
		batch, err := l.Changes(ctx, after, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(batch.Readings) == 0 {
			return all, batch
		}
		all, after = append(all, batch.Readings...), batch.Next
	}
}

func TestChangesBringEverythingInTheOrderOfTheChain(t *testing.T) {
	n := newNode(t)
	n.put(t, id, bodies(versions(t, 2))...)
	n.put(t, "somebody else's", []byte("{}"))
	all, last := follow(t, open(t, n, anchored(n)))
	if last.Head.Height != 3 {
		t.Errorf("caught up at height %d, want 3", last.Head.Height)
	}
	if len(all) != 3 || all[0].Record.Version != 1 || all[1].Record.Version != 2 {
		t.Fatalf("%d readings, want two versions and what is no record", len(all))
	}
	if got, _ := outcome(all[2], trust.Schema); got != trust.Invalid || all[2].ID != "" || all[2].Record != nil {
		t.Errorf("what is no record: %+v", all[2])
	}
	if got, _ := outcome(all[0], trust.Inclusion); got != trust.Undetermined || n.asks != 0 {
		t.Errorf("inclusion is %s after %d proofs, want undetermined and none asked for", got, n.asks)
	}
}

func TestACursorOfAnotherChain(t *testing.T) {
	foreign, err := memory.New(memory.Options{}).Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, newNode(t)).Changes(ctx, foreign.Cursor, 0, 0); driver.CodeOf(err) != driver.CursorInvalid {
		t.Errorf("%v, want cursor-invalid", err)
	}
}

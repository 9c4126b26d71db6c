package witness_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway/witness"
)

func mustNote(t testing.TB, l *witness.Log, c witness.Contradiction) bool {
	t.Helper()
	added, err := l.Note(c)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

func wantNoted(t testing.TB, l *witness.Log, by string, kind witness.Kind, want uint64) {
	t.Helper()
	if n, err := l.Contradictions(by, kind); n != want || err != nil {
		t.Errorf("%d of %s by %s, %v; want %d", n, kind, by, err, want)
	}
}

// TestAContradictionIsCountedOnce, by however many at once, and after the log was opened again.
func TestAContradictionIsCountedOnce(t *testing.T) {
	kv, c := memory(t), newClock()
	l := open(t, kv, c)
	fact := witness.Contradiction{Kind: witness.RolledBack, By: "trade", ID: id, Version: 2}
	var added atomic.Int64
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if mustNote(t, l, fact) {
				added.Add(1)
			}
		})
	}
	all.Wait()
	if n := added.Load(); n != 1 {
		t.Errorf("%d of 50 were the first", n)
	}
	again := open(t, kv, c)
	if mustNote(t, again, fact) {
		t.Error("it is new once more after the log was opened again")
	}
	wantNoted(t, again, "trade", witness.RolledBack, 1)
}

// TestContradictionsDiffer by everything that they have.
func TestContradictionsDiffer(t *testing.T) {
	l := open(t, memory(t), newClock())
	one := witness.Contradiction{Kind: witness.Altered, By: "trade", ID: id, Version: 2}
	by, kind, record, version := one, one, one, one
	by.By, kind.Kind, record.ID, version.Version = "mirror", witness.Vanished, "urn:uuid:2", 3
	for _, fact := range []witness.Contradiction{one, by, kind, record, version} {
		if !mustNote(t, l, fact) {
			t.Errorf("%+v is not new", fact)
		}
	}
	wantNoted(t, l, "trade", witness.Altered, 3)
	wantNoted(t, l, "trade", witness.Vanished, 1)
	wantNoted(t, l, "mirror", witness.Altered, 1)
	wantNoted(t, l, "tradealtered", "", 0)
}

// TestContradictionsAreNoEntries: the log says what was shown, and an export of it stays what it was.
func TestContradictionsAreNoEntries(t *testing.T) {
	l := open(t, memory(t), newClock())
	mustSee(t, l, shown(1, "a"))
	mustNote(t, l, witness.Contradiction{Kind: witness.Vanished, By: "trade", ID: id, Version: 1})
	if p, err := l.Page(witness.Query{}); err != nil || len(p.Entries) != 1 || l.End() != 1 {
		t.Errorf("%+v, %v, ends at %d", p, err, l.End())
	}
}

// full is a store that takes nothing any more.
type full struct{ driver.KV }

func (full) Apply(...driver.Change) error { return driver.Errorf(driver.Unavailable, "no space") }

func TestWhatCannotBeNotedIsNotCounted(t *testing.T) {
	kv, c := memory(t), newClock()
	fact := witness.Contradiction{Kind: witness.Vanished, By: "trade", ID: id, Version: 1}
	l := open(t, full{kv}, c)
	if added, err := l.Note(fact); added || err == nil {
		t.Errorf("%v, %v", added, err)
	}
	wantNoted(t, l, "trade", witness.Vanished, 0)
	if !mustNote(t, open(t, kv, c), fact) {
		t.Error("it is not new, though it could not be noted before")
	}
}

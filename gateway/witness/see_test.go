package witness_test

import (
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/gateway/witness"
)

// TestSee goes through what a ledger may show, one after the other.
func TestSee(t *testing.T) {
	steps := []struct {
		name   string
		shows  witness.Observation
		want   witness.Relation
		newest uint64
		forked bool
	}{
		{"nothing was known", shown(1, "a"), witness.First, 0, false},
		{"the same again", shown(1, "a"), witness.Same, 1, false},
		{"a correction", shown(2, "b"), witness.Newer, 1, false},
		{"history, known", shown(1, "a"), witness.Older, 2, false},
		{"another history than before", shown(1, "x"), witness.Differs, 2, true},
		{"and again", shown(1, "x"), witness.Differs, 2, true},
		{"the history first seen", shown(1, "a"), witness.Older, 2, true},
		{"the newest still", shown(2, "b"), witness.Same, 2, false},
		{"another newest under the same number", shown(2, "y"), witness.Differs, 2, true},
		{"the newest first seen", shown(2, "b"), witness.Same, 2, true},
		{"a version further on", shown(5, "e"), witness.Newer, 2, false},
		{"history that was passed over", shown(3, "c"), witness.Older, 5, false},
		{"the same, known now", shown(3, "c"), witness.Older, 5, false},
		{"another one than that", shown(3, "z"), witness.Differs, 5, true},
		{"the same record on another ledger", on(other, shown(1, "a")), witness.First, 0, false},
		{"another record", named("urn:uuid:2", shown(1, "a")), witness.First, 0, false},
		{"and the first one stays as it is", shown(5, "e"), witness.Same, 5, false},
	}
	kv, c := memory(t), newClock()
	l := open(t, kv, c)
	for _, s := range steps {
		c.pass(time.Minute)
		got := mustSee(t, l, s.shows)
		if got.Relation != s.want || got.Newest.Version != s.newest || got.Forked != s.forked {
			t.Errorf("%s: %s after version %d, forked %v; want %s after %d, %v",
				s.name, got.Relation, got.Newest.Version, got.Forked, s.want, s.newest, s.forked)
		}
		if again := mustSee(t, open(t, kv, c), s.shows); again.Relation == witness.First || again.Relation == witness.Newer {
			t.Errorf("%s: opened again, it is %s", s.name, again.Relation)
		}
	}
}

// TestWitnessedTimeIsTheFirst, for each version and digest, and stays when the log is opened again.
func TestWitnessedTimeIsTheFirst(t *testing.T) {
	kv, c := memory(t), newClock()
	first := c.now()
	mustSee(t, open(t, kv, c), shown(1, "a"))
	forked := c.pass(time.Hour + 123456789*time.Nanosecond)
	mustSee(t, open(t, kv, c), shown(1, "x"))
	c.pass(time.Hour)
	for range 2 {
		l := open(t, kv, c)
		if got := mustSee(t, l, shown(1, "a")).Witnessed; !got.Equal(first) {
			t.Errorf("a was witnessed at %v, want %v", got, first)
		}
		if got := mustSee(t, l, shown(1, "x")).Witnessed; !got.Equal(forked) {
			t.Errorf("x was witnessed at %v, want %v", got, forked)
		}
		if got, ok, err := l.FirstSeen(trade, id, 1); !got.Equal(first) || !ok || err != nil {
			t.Errorf("version 1 was first seen at %v %v %v, want %v", got, ok, err, first)
		}
	}
	if got, ok, err := open(t, kv, c).FirstSeen(trade, id, 2); ok || err != nil {
		t.Errorf("version 2 was seen at %v, %v", got, err)
	}
}

func TestRolledBack(t *testing.T) {
	kv, c := memory(t), newClock()
	l := open(t, kv, c)
	early := l.End()
	mustSee(t, l, shown(1, "a"))
	c.pass(time.Second)
	mustSee(t, l, shown(2, "b"))
	c.pass(-time.Hour) // a clock may be put back
	later := l.End()
	seen := mustSee(t, l, shown(1, "a"))
	if !seen.RolledBack(later) {
		t.Error("asked after version 2 was witnessed, the ledger answered version 1 as its newest")
	}
	if seen.RolledBack(early) {
		t.Error("version 2 came while the read was under way")
	}
	if mustSee(t, l, shown(2, "b")).RolledBack(later) {
		t.Error("the newest is no rollback")
	}
}

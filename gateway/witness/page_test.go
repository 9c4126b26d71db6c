package witness_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/gateway/witness"
)

// walk pages through a log to its end.
func walk(t *testing.T, l *witness.Log, ledger string, limit int) (seqs []uint64, cursor string) {
	t.Helper()
	for {
		page, err := l.Page(witness.Query{Ledger: ledger, After: cursor, Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Entries) == 0 {
			return seqs, page.Next
		}
		if limit > 0 && len(page.Entries) > limit {
			t.Errorf("a page of %d entries, at most %d were asked for", len(page.Entries), limit)
		}
		for _, e := range page.Entries {
			seqs = append(seqs, e.Seq)
		}
		cursor = page.Next
	}
}

func TestPage(t *testing.T) {
	l := open(t, memory(t), newClock())
	for n := range uint64(7) {
		o := shown(n+1, fmt.Sprint(n))
		if n%3 == 0 {
			o = on(other, o)
		}
		mustSee(t, l, o)
	}
	cases := []struct {
		ledger string
		want   []uint64
	}{
		{"", []uint64{1, 2, 3, 4, 5, 6, 7}},
		{other, []uint64{1, 4, 7}},
		{trade, []uint64{2, 3, 5, 6}},
		{"urn:uuid:no-such-ledger", nil},
	}
	for _, c := range cases {
		for _, limit := range []int{1, 2, 3, 100, 0, -1, 1 << 40} {
			if got, _ := walk(t, l, c.ledger, limit); !slices.Equal(got, c.want) {
				t.Errorf("%q by %d: %v, want %v", c.ledger, limit, got, c.want)
			}
		}
	}
}

// TestCursorGoesOn with what came after the end, also when the log was opened again.
func TestCursorGoesOn(t *testing.T) {
	kv, c := memory(t), newClock()
	l := open(t, kv, c)
	mustSee(t, l, shown(1, "a"))
	_, end := walk(t, l, "", 0)
	mustSee(t, l, shown(2, "b"))
	page, err := open(t, kv, c).Page(witness.Query{After: end})
	if err != nil || len(page.Entries) != 1 || page.Entries[0].Version != 2 {
		t.Errorf("%+v, %v", page, err)
	}
}

// TestCursorOfAnotherLog is refused, and never a silent restart.
func TestCursorOfAnotherLog(t *testing.T) {
	_, theirs := walk(t, filled(t, 9), "", 0)
	l := filled(t, 3)
	mustSee(t, l, shown(1, "own"))
	for _, cursor := range []string{theirs, "x", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA", theirs[1:], theirs + "A", "not base64!"} {
		if page, err := l.Page(witness.Query{After: cursor}); !errors.Is(err, witness.ErrCursor) {
			t.Errorf("%q: %+v, %v", cursor, page, err)
		}
	}
}

func FuzzPage(f *testing.F) {
	l := filled(f, 4)
	page, err := l.Page(witness.Query{Limit: 2})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(page.Next)
	f.Add("")
	f.Add("AAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, cursor string) {
		page, err := l.Page(witness.Query{After: cursor})
		if err != nil && !errors.Is(err, witness.ErrCursor) {
			t.Fatal(err)
		}
		if err == nil && len(page.Entries) > 4 {
			t.Fatalf("%d entries", len(page.Entries))
		}
	})
}

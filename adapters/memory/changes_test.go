package memory_test

import (
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
)

func TestStopEndsAWaitAsAnOutage(t *testing.T) {
	l := memory.New(memory.Options{})
	ended := make(chan error, 1)
	go func() {
		_, err := l.Changes(t.Context(), "", 0, time.Minute)
		ended <- err
	}()
	l.Chain().Stop()
	if err := <-ended; driver.CodeOf(err) != driver.Unavailable {
		t.Errorf("%v, want %s", err, driver.Unavailable)
	}
}

func TestACursorAheadOfTheFinalBlockBringsWhatComesAfterIt(t *testing.T) {
	l := memory.New(memory.Options{FinalAfter: 1})
	write(t, l, "a", 0)
	e, err := l.Get(t.Context(), driver.Ref{Key: "a", Finality: driver.Latest})
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.Changes(t.Context(), e.Cursor, 0, 0)
	if err != nil || len(b.Entries) != 0 || b.Next != e.Cursor {
		t.Fatalf("%+v, %v, want nothing yet and the same place", b, err)
	}
	write(t, l, "b", 0)
	l.Chain().Advance()
	b, err = l.Changes(t.Context(), b.Next, 0, 0)
	if err != nil || len(b.Entries) != 1 || b.Entries[0].Key != "b" {
		t.Errorf("%+v, %v, want b alone", b, err)
	}
}

func FuzzCursor(f *testing.F) {
	l := memory.New(memory.Options{})
	if _, err := l.Append(f.Context(), &driver.Write{Key: "a", Body: []byte("b")}); err != nil {
		f.Fatal(err)
	}
	head, err := l.Head(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	good := map[driver.Cursor]bool{"": true, driver.Cursor(head.ChainID + ".0"): true, head.Cursor: true}
	for _, seed := range []string{"", string(head.Cursor), head.ChainID, head.ChainID + ".", head.ChainID + ".01",
		head.ChainID + ".+1", head.ChainID + ".-1", head.ChainID + ".2", "." + head.ChainID, "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cursor string) {
		_, err := l.Changes(t.Context(), driver.Cursor(cursor), 0, 0)
		if good[driver.Cursor(cursor)] != (err == nil) {
			t.Errorf("cursor %q: %v", cursor, err)
		}
		if err != nil && driver.CodeOf(err) != driver.CursorInvalid {
			t.Errorf("cursor %q: %v, want %s", cursor, err, driver.CursorInvalid)
		}
	})
}

func FuzzPage(f *testing.F) {
	l := memory.New(memory.Options{})
	lookup := driver.Lookup{Name: "lookup", Value: "v"}
	for _, key := range []string{"a", "b"} {
		w := &driver.Write{Key: key, Body: []byte("b"), Lookups: []driver.Lookup{lookup}}
		if _, err := l.Append(f.Context(), w); err != nil {
			f.Fatal(err)
		}
	}
	for _, seed := range []string{"", "1", "2", "3", "0", "-1", "01", "+1", "1e0", "99999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, page string) {
		keys, next, err := l.Find(t.Context(), lookup, page, 1)
		if err != nil && driver.CodeOf(err) != driver.Invalid {
			t.Errorf("page %q: %v, want %s", page, err, driver.Invalid)
		}
		if err == nil && len(keys) == 0 && next != "" {
			t.Errorf("page %q is empty and goes on", page)
		}
	})
}

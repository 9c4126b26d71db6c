package witness_test

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/trust/key"
)

// signer answers the same key for the same name.
func signer(name string) crypto.Signer {
	seed := digest(name)
	return ed25519.NewKeyFromSeed(seed[:])
}

func did(t testing.TB, s crypto.Signer) string {
	t.Helper()
	d, err := key.DID(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func export(t testing.TB, l *witness.Log, after string) string {
	t.Helper()
	var out bytes.Buffer
	if err := l.Export(&out, after, signer("gateway")); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// checkWhole exports a log and verifies it, and counts its entries.
func checkWhole(t testing.TB, l *witness.Log, entries uint64) {
	t.Helper()
	s, err := witness.VerifyExport(strings.NewReader(export(t, l, "")), did(t, signer("gateway")))
	if err != nil {
		t.Fatal(err)
	}
	if s.First != 1 || s.Last != entries {
		t.Errorf("entries %d to %d, want %d", s.First, s.Last, entries)
	}
}

func filled(t testing.TB, entries int) *witness.Log {
	t.Helper()
	c := newClock()
	l := open(t, memory(t), c)
	for n := range entries {
		mustSee(t, l, named(fmt.Sprint("urn:uuid:", n/3), shown(uint64(n%3+1), fmt.Sprint(n))))
		c.pass(time.Second)
	}
	return l
}

func TestExport(t *testing.T) {
	l := filled(t, 7)
	page, err := l.Page(witness.Query{Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, after string
		first, last uint64
	}{
		{"all of it", "", 1, 7},
		{"above a cursor", page.Next, 4, 7},
		{"nothing above the last", last(t, l).Next, 8, 7},
	}
	for _, c := range cases {
		text := export(t, l, c.after)
		s, err := witness.VerifyExport(strings.NewReader(text), did(t, signer("gateway")))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if lines := uint64(strings.Count(text, "\n")); s.First != c.first || s.Last != c.last || lines != c.last-c.first+2 {
			t.Errorf("%s: entries %d to %d in %d lines", c.name, s.First, s.Last, lines)
		}
	}
	checkWhole(t, open(t, memory(t), newClock()), 0)
}

// last is the page at the end of a log.
func last(t *testing.T, l *witness.Log) *witness.Page {
	t.Helper()
	page := &witness.Page{}
	for more := true; more; more = len(page.Entries) > 0 {
		next, err := l.Page(witness.Query{After: page.Next, Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		page = next
	}
	return page
}

// TestOverlappingExportsMeet: the digest before a later export is that of an entry of the earlier one.
func TestOverlappingExportsMeet(t *testing.T) {
	l := filled(t, 5)
	verify := func(after string) *witness.Statement {
		s, err := witness.VerifyExport(strings.NewReader(export(t, l, after)), did(t, signer("gateway")))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	early := verify("")
	cursor := last(t, l).Next
	mustSee(t, l, shown(9, "more"))
	if late := verify(cursor); *late.Previous != *early.Head {
		t.Errorf("the later export begins after %v, the earlier one ends in %v", late.Previous, early.Head)
	}
}

// TestExportFailsWithItsReader and its writer, and says so by their own errors.
func TestExportFailsWithItsReader(t *testing.T) {
	l := filled(t, 3)
	gone := errors.New("connection reset")
	if err := l.Export(failing{gone}, "", signer("gateway")); !errors.Is(err, gone) {
		t.Errorf("export: %v", err)
	}
	r := io.MultiReader(strings.NewReader(export(t, l, "")[:100]), iotest.ErrReader(gone))
	_, err := witness.VerifyExport(r, did(t, signer("gateway")))
	if !errors.Is(err, gone) || errors.Is(err, witness.ErrExport) {
		t.Errorf("verify: %v", err)
	}
	if err := l.Export(io.Discard, "no cursor", signer("gateway")); !errors.Is(err, witness.ErrCursor) {
		t.Errorf("export above no cursor: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

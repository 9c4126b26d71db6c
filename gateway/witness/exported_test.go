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
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
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

// TestVerifyExportFindsWhatWasDone to an export on its way.
func TestVerifyExportFindsWhatWasDone(t *testing.T) {
	l := filled(t, 5)
	lines := strings.SplitAfter(strings.TrimSuffix(export(t, l, ""), "\n"), "\n")
	later := strings.SplitAfter(strings.TrimSuffix(export(t, l, last(t, l).Next), "\n"), "\n")
	join := func(parts ...[]string) string {
		var all []string
		for _, p := range parts {
			all = append(all, p...)
		}
		return strings.Join(all, "")
	}
	cases := map[string]string{
		"nothing at all":                  "",
		"an empty line":                   "\n",
		"no statement":                    join(lines[:5]),
		"the statement alone":             lines[5],
		"the first entry is missing":      join(lines[1:]),
		"one in the middle is missing":    join(lines[:2], lines[3:]),
		"the last one is missing":         join(lines[:4], lines[5:]),
		"two change places":               join(lines[:1], lines[2:3], lines[1:2], lines[3:]),
		"one is there twice":              join(lines[:2], lines[1:]),
		"an entry altered":                strings.Replace(join(lines), `"height":20`, `"height":21`, 1),
		"the last entry altered":          join(lines[:4], []string{strings.Replace(lines[4], `"height"`, ` "height"`, 1)}, lines[5:]),
		"an entry added behind":           join(lines[:5], lines[4:]),
		"something behind the statement":  join(lines) + "\n" + lines[0],
		"an empty line behind":            join(lines) + "\n\n",
		"a statement about nothing":       join(lines[:5], later),
		"another member in the statement": join(lines[:5], []string{strings.Replace(lines[5], `{"`, `{"note":"x","`, 1)}),
		"a space in the statement":        join(lines[:5], []string{strings.Replace(lines[5], `{"`, `{ "`, 1)}),
		"another signature":               join(lines[:5], []string{strings.Replace(lines[5], `"proofValue":"z`, `"proofValue":"z1`, 1)}),
		"a line that is too long":         join(lines[:1]) + strings.Repeat(" ", 2<<20) + join(lines[1:]),
		"no JSON":                         "hello\nworld\n",
		"two values in a line":            strings.Replace(join(lines), "\n", "{}\n", 1),
		"an unknown member":               strings.Replace(join(lines), `{"seq":1,`, `{"seq":1,"note":"x",`, 1),
		"seq 0":                           strings.Replace(join(lines), `{"seq":1,`, `{"seq":0,`, 1),
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := witness.VerifyExport(strings.NewReader(text), did(t, signer("gateway")))
			if !errors.Is(err, witness.ErrExport) {
				t.Errorf("answers %+v, %v", s, err)
			}
		})
	}
}

// TestVerifyExportWantsTheRightSigner: somebody else's statement about a log of their own making is refused, whatever
// issuer it names.
func TestVerifyExportWantsTheRightSigner(t *testing.T) {
	l := filled(t, 3)
	stranger := signer("stranger")
	var theirs bytes.Buffer
	if err := l.Export(&theirs, "", stranger); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(theirs.String(), "\n"), "\n")
	claimed := resigned(t, lines[3], func(s ld.Object) { s["issuer"] = did(t, signer("gateway")) }, stranger)
	for name, statement := range map[string]string{"in their name": lines[3], "in ours": claimed} {
		text := strings.Join(append(lines[:3:3], statement), "\n")
		if _, err := witness.VerifyExport(strings.NewReader(text), did(t, signer("gateway"))); !errors.Is(err, witness.ErrExport) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestVerifyExportWantsTheStatementToFit: a statement of the right signer about other entries is none about these.
func TestVerifyExportWantsTheStatementToFit(t *testing.T) {
	l := filled(t, 3)
	lines := strings.Split(strings.TrimSuffix(export(t, l, ""), "\n"), "\n")
	for name, change := range map[string]func(s ld.Object){
		"another beginning": func(s ld.Object) { s["first"] = 2.0 },
		"beginning at 0":    func(s ld.Object) { s["first"] = 0.0 },
		"another end":       func(s ld.Object) { s["last"] = 4.0 },
		"another head":      func(s ld.Object) { s["head"] = digest("x").String() },
		"another previous":  func(s ld.Object) { s["previous"] = digest("x").String() },
		"no head":           func(s ld.Object) { delete(s, "head") },
		"another type":      func(s ld.Object) { s["type"] = "EntrySummary" },
	} {
		text := strings.Join(append(lines[:3:3], resigned(t, lines[3], change, signer("gateway"))), "\n")
		if _, err := witness.VerifyExport(strings.NewReader(text), did(t, signer("gateway"))); !errors.Is(err, witness.ErrExport) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// resigned changes a statement and signs it again.
func resigned(t *testing.T, statement string, change func(ld.Object), s crypto.Signer) string {
	t.Helper()
	doc, err := ld.Parse([]byte(statement), ld.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	change(doc)
	signed, err := proof.Sign(doc, s, proof.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := ld.JCS(signed)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
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

func FuzzVerifyExport(f *testing.F) {
	l := filled(f, 3)
	whole := export(f, l, "")
	issuer := did(f, signer("gateway"))
	f.Add([]byte(whole))
	f.Add([]byte(whole[:len(whole)/2]))
	f.Add([]byte(strings.Replace(whole, `"seq":2`, `"seq":3`, 1)))
	f.Add([]byte("\n\n{}\n"))
	f.Add([]byte(`{"seq":1}` + "\n" + `{"type":"WitnessStatement"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := witness.VerifyExport(bytes.NewReader(data), issuer)
		if err == nil && !strings.HasPrefix(strings.ReplaceAll(string(data), "\r", ""), strings.TrimSuffix(whole, "\n")) {
			t.Fatalf("verified what was never exported: %+v", s)
		}
		if err != nil && !errors.Is(err, witness.ErrExport) {
			t.Fatalf("blames the reader: %v", err)
		}
	})
}

package witness_test

import (
	"bytes"
	"crypto"
	"errors"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/proof"
)

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

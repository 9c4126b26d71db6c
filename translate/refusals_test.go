package translate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/translate/source"
)

// refusals loads a file that must be refused, and gives the lines that it is refused for.
func refusals(t *testing.T, file string, o translate.Options) (source.Refusals, []int) {
	t.Helper()
	_, err := translate.Parse("acme.yaml", []byte(file), o)
	all := source.Find(err)
	if len(all) == 0 {
		t.Fatalf("%v, want refusals", err)
	}
	lines := make([]int, len(all))
	for i, r := range all {
		lines[i] = r.Line
	}
	return all, lines
}

// Whoever writes a mapping hears of everything at once, and not of one line after another.
func TestAllThatIsWrongIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		file  string
		o     translate.Options
		lines string
		says  []string
	}{
		"pairs, also inside others": {head + "  - {model: /evnt, native: /a}\n  - model: /links\n    native: /l\n    each:\n" +
			"      - {model: /idd, native: /b}\n      - {model: /rel, nativ: /c}\n  - {model: /issued, native: /d, format: dat}\n", translate.Options{},
			"[5 9 10 11 5 5]", []string{`"event"`, `"id"`, `"native"`, `"date"`, "/links/*/rel", "/links/*/id"}},
		"what no pair gives": {head + "  - {model: /links, native: /l, each: [{model: /version, native: /v}]}\n", translate.Options{},
			"[5 5]", []string{"/links/*/rel", "/links/*/id"}},
		"a record's native values without a field": {strings.Replace(head, "EntrySummary", "Record", 1) + "  - {native: /a}\n  - {native: /b}\n",
			translate.Options{}, "[5 6 5 5 5 5 5 5 5 5 5 5 5]", []string{"native /a", "native /b", "/@context"}},
		"what is required of a record, all of it": {strings.Replace(head, "EntrySummary", "Record", 1) + "  - {model: /id, native: /i}\n", translate.Options{},
			"[5 5 5 5 5 5 5 5 5 5]", []string{"/@context", "/type", "/ledger", "/version", "/event", "/issued", "/issuer", "/digest", "/evidence/*/id, /evidence/*/digest"}},
		"what is required in what is required": {head + "  - {model: /subject/entryNumber, native: /n}\nlacks: [/subject/lines/*/hts]\n", translate.Options{},
			"[5 5 5 5 5 5 5 5 5 5 5]", []string{"/subject/entryType", "/subject/summaryDate", "", "", "", "", "", "", "", "/subject/importerOfRecord/name",
				"with /subject/lines/*/number, /subject/lines/*/description, /subject/lines/*/quantities"}},
		"keys, words and parts of the file": {strings.Replace(head, "type: EntrySummary", "type: EntrySumary\ndirection: reed\nunmaped: ignore", 1) +
			"  - {model: /event, native: /e}\nledger: fabric\nexamples: [{nam: x}]\n", translate.Options{},
			"[5 3 4 8 9]", []string{`"unmapped"`, `"EntrySummary"`, `"read"`, "an object", `"name"`}},
		"what a file must hold": {"note: nothing\n", translate.Options{}, "[1 1 1 1]", []string{"mapping", "version", "type", "shape"}},
		"paths that it lacks": {head + "  - {model: /event, native: /e}\nlacks: [/subject/line, /subject/entrynumber, /subject/totals]\n", translate.Options{},
			"[6 6]", []string{`"/subject/lines"`, `"/subject/entryNumber"`}},
		"a key, and a path in another place": {head + "  - {model: /entryNumber, native: /e}\nkey: forein\n", translate.Options{},
			"[5 6]", []string{`did you mean "/subject/entryNumber"?`, `"foreign"`}},
		"what a policy forbids": {head + "  - {native: /a}\n  - {model: /event, native: /e}\n  - {native: /b}\n", translate.Options{Policy: public},
			"[5 7]", []string{"/a", "/b"}},
		"a part that is used twice, once": {strings.Replace(head, "shape:", "parts: {p: [{model: /x, native: /y}]}\nshape:", 1) + "  - {use: p}\n  - {use: p}\n",
			translate.Options{}, "[4]", []string{"/x"}},
	} {
		all, lines := refusals(t, c.file, c.o)
		if fmt.Sprint(lines) != c.lines {
			t.Errorf("%s: lines %v, want %s\n%v", name, lines, c.lines, all)
			continue
		}
		for i, want := range c.says {
			if !strings.Contains(all[i].Rule, want) {
				t.Errorf("%s: %v, want %s", name, all[i], want)
			}
		}
	}
}

// A file in which everything is wrong does not fill the screen.
func TestRefusalsAreBounded(t *testing.T) {
	all, _ := refusals(t, head+strings.Repeat("  - {model: /evnt, native: /a}\n", 1_500), translate.Options{})
	if len(all) != 50 {
		t.Errorf("%d refusals, want 50", len(all))
	}
}

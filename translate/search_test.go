package translate_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate"
)

// findingBy is a mapping of entry summaries with a find section, and what may stand before it.
func findingBy(find, pair string) string {
	return "mapping: found\nversion: 1\ntype: EntrySummary\nunmapped: ignore\nshape:\n" +
		"  - {model: /event, native: /status}\n" + pair + find
}

func parse(text string, o translate.Options) (*translate.Mapping, error) {
	return translate.Parse("found.yaml", []byte(text), o)
}

const grouped = "  - {model: /subject/entryNumber, native: /no, format: {groups: \"XXX-XXXXXXX-X\"}}\n"

func TestAnEntryIsSearchedForInTheLedgersSpelling(t *testing.T) {
	const number = "ABC12345676"
	for name, c := range map[string]struct {
		text string
		want translate.Search
	}{
		"by a lookup, in the pair's spelling": {
			findingBy("find: {/subject/entryNumber: {lookup: entryNo}}\n", grouped) + lacking("entryNumber"),
			translate.Search{Lookup: driver.Lookup{Name: "entryNo", Value: "ABC-1234567-6"}},
		},
		"by the key, which no pair gives": {
			findingBy("find: {/subject/entryNumber: {key: true}}\n", ""), translate.Search{Key: number},
		},
		"by the key, in a spelling of its own": {
			findingBy("find: {/subject/entryNumber: {key: true, format: {groups: \"XXX XXXXXXXX\"}}}\n", ""), translate.Search{Key: "ABC 12345676"},
		},
	} {
		m, err := parse(c.text, permissionedTo())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, err := m.Search(number); err != nil || got != c.want || !m.FindsEntries() {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
	}
}

// permissionedTo is a ledger whose members may read everything of an entry.
func permissionedTo() translate.Options {
	return translate.Options{Policy: translate.Policy{Readers: translate.Permissioned, Allow: []string{"/subject"}}}
}

func TestASearchIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		policy translate.Policy
		want   string
	}{
		"on a public ledger": {findingBy("find: {/subject/entryNumber: {key: true}}\n", ""), translate.Policy{Readers: translate.Public},
			"found.yaml:7: find: must not be asked of a ledger whose policy is public"},
		"for something else": {findingBy("find: {/subject/entryNo: {key: true}}\n", ""), translate.Policy{},
			`did you mean "/subject/entryNumber"`},
		"by two ways":            {findingBy("find: {/subject/entryNumber: {key: true, lookup: x}}\n", ""), translate.Policy{}, "one of them"},
		"by none":                {findingBy("find: {/subject/entryNumber: {}}\n", ""), translate.Policy{}, "one of them"},
		"for nothing":            {findingBy("find: {}\n", ""), translate.Policy{}, "must hold /subject/entryNumber"},
		"by no key":              {findingBy("find: {/subject/entryNumber: {key: false}}\n", ""), translate.Policy{}, "must be true"},
		"by no lookup":           {findingBy("find: {/subject/entryNumber: {lookup: \"\"}}\n", ""), translate.Policy{}, "name of a lookup"},
		"by an id":               {findingBy("key: id\nfind: {/subject/entryNumber: {key: true}}\n", ""), translate.Policy{}, "keys are ids"},
		"in an unknown spelling": {findingBy("find: {/subject/entryNumber: {key: true, format: bytes}}\n", ""), translate.Policy{}, "bytes32"},
		"of certificates":        {strings.Replace(findingBy("find: {}\n", ""), "EntrySummary", "CertificateOfOrigin", 1), translate.Policy{}, "type EntrySummary"},
		"with a word it lacks":   {findingBy("find: {/subject/entryNumber: {loookup: x}}\n", ""), translate.Policy{}, `did you mean "lookup"`},
	} {
		_, err := parse(c.text, translate.Options{Policy: c.policy})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	m, err := parse(findingBy("find: {/subject/entryNumber: {key: true, format: {without: \"ABC\"}}}\n", ""), translate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Search("XYZ12345676"); err == nil || strings.Contains(err.Error(), "XYZ") {
		t.Errorf("%v, want a refusal that does not repeat the number", err)
	}
	if _, err := builtin(t).Search("ABC12345676"); err == nil || builtin(t).FindsEntries() {
		t.Error("a mapping of records is searched by number")
	}
}

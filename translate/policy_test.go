package translate_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/translate/source"
)

// status is a mapping of an entry's status whose fourth pair is the one in question.
func status(pair, more string) []byte {
	return []byte(head + `  - {model: /event, native: /step}
  - {model: /issued, native: /at, format: {epoch: seconds}}
  - ` + pair + "\n" + more)
}

var public, permissioned = translate.Policy{Readers: translate.Public}, translate.Policy{Readers: translate.Permissioned}

// everything that a subject requires and the pair in question does not give.
func lacking(but string) string {
	var b strings.Builder
	b.WriteString("lacks:\n")
	for _, at := range []string{"entryNumber", "entryType", "summaryDate", "entryDate", "importDate", "portOfEntry", "transportMode",
		"countryOfOrigin", "exportingCountry", "filerCode", "importerOfRecord", "lines"} {
		if at != but {
			fmt.Fprintf(&b, "  - /subject/%s\n", at)
		}
	}
	return b.String()
}

// what a line requires.
const lineLacks = "  - /subject/lines/*/number\n  - /subject/lines/*/description\n  - /subject/lines/*/hts\n  - /subject/lines/*/quantities\n" +
	"  - /subject/lines/*/enteredValue\n  - /subject/lines/*/relatedParties\n  - /subject/lines/*/countryOfOrigin\n"

// No data is looked at: that a field could reach the ledger is enough.
func TestAMappingThatCouldDiscloseIsRefusedAtLoad(t *testing.T) {
	for name, c := range map[string]struct{ pair, more, names string }{
		"an entry number":                 {"{model: /subject/entryNumber, native: /ref}", lacking("entryNumber"), "/subject/entryNumber"},
		"an entry number in another form": {`{model: /subject/entryNumber, native: /ref, format: {hex: "0x"}}`, lacking("entryNumber"), "/subject/entryNumber"},
		"a party's name":                  {"{model: /subject/importerOfRecord/name, native: /who}", lacking("importerOfRecord"), "/subject/importerOfRecord/name"},
		"a whole party":                   {"{model: /subject/importerOfRecord, native: /who}", lacking("importerOfRecord"), "/subject/importerOfRecord"},
		"a whole document":                {"{model: /subject, native: /document}", "", "/subject"},
		"a whole document, as text":       {"{model: /subject, native: /document, format: json}", "", "/subject"},
		"everything":                      {`{model: "", native: /all}`, "", "/subject"},
		"a mode by its table":             {"{model: /subject/transportMode, native: /m, table: {\"11\": sea}}", lacking("transportMode"), "/subject/transportMode"},
		"a field that chooses a case": {"cases: [{when: {model: {at: /subject/entryType, is: \"01\"}, native: {at: /c, is: 1}}, shape: [{native: /c, const: 1}]}, {shape: []}]",
			"", "/subject/entryType"},
		"a field of a list's items": {"{model: /subject/lines, native: /goods, each: [{model: \"\", native: /line}]}", lacking("lines"), "/subject/lines"},
		"how many lines there are":  {"{model: /subject/lines, native: /goods, each: [{native: /x, const: 1}]}", lacking("lines") + lineLacks, "/subject/lines"},
		"whether there are charges": {"{model: /subject/consignee, native: /c, shape: [{native: /x, const: 1}]}", lacking("") + "  - /subject/consignee/name\n", "/subject/consignee"},
		"what the model lacks":      {"{native: /memo}", "", "/memo"},
	} {
		for _, p := range []translate.Policy{public, permissioned} {
			_, err := translate.Parse("acme.yaml", status(c.pair, c.more), translate.Options{Policy: p})
			var refused *source.Refusal
			if !errors.As(err, &refused) || refused.Line != 7 || !strings.Contains(refused.Rule, c.names) {
				t.Errorf("%s, %s: %v, want a refusal of line 7 that names %s", name, p.Readers, err, c.names)
			}
		}
		read := "direction: read\n" + c.more
		if _, err := translate.Parse("acme.yaml", status(c.pair, read), translate.Options{Policy: public}); err != nil {
			t.Errorf("%s, only read: %v", name, err)
		}
		if _, err := translate.Parse("acme.yaml", status(c.pair, c.more), translate.Options{}); err != nil {
			t.Errorf("%s, without a policy: %v", name, err)
		}
	}
}

func TestAPermissionedLedgerMayHoldWhatItsPolicyLists(t *testing.T) {
	file := status("{model: /subject/importerOfRecord/name, native: /who}", lacking("importerOfRecord"))
	for _, c := range []struct {
		allow string
		want  bool
	}{
		{"/subject/importerOfRecord/name", true}, {"/subject/importerOfRecord", true}, {"/subject/importerOfRecord/nam", false},
		{"/subject/importer", false}, {"/subject/entryNumber", false},
	} {
		p := translate.Policy{Readers: translate.Permissioned, Allow: []string{c.allow}}
		if _, err := translate.Parse("acme.yaml", file, translate.Options{Policy: p}); (err == nil) != c.want {
			t.Errorf("allowing %s: %v", c.allow, err)
		}
	}
	listed := status("{model: /subject/lines, native: /goods, each: [{model: /hts, native: /hs}]}", lacking("lines")+strings.Replace(lineLacks, "  - /subject/lines/*/hts\n", "", 1))
	if _, err := translate.Parse("acme.yaml", listed, translate.Options{Policy: translate.Policy{Readers: translate.Permissioned, Allow: []string{"/subject/lines/*/hts"}}}); err != nil {
		t.Errorf("a field of each line: %v", err)
	}
	memo := translate.Policy{Readers: translate.Permissioned, Allow: []string{"native:/memo"}}
	if _, err := translate.Parse("acme.yaml", status("{native: /memo}", ""), translate.Options{Policy: memo}); err != nil {
		t.Errorf("a native field that is allowed: %v", err)
	}
}

func TestAPolicyIsNeverLooserThanItSays(t *testing.T) {
	for name, p := range map[string]translate.Policy{
		"an unknown one":             {Readers: "private"},
		"a public one with a list":   {Readers: translate.Public, Allow: []string{"/subject"}},
		"a list that nobody may see": {Readers: "Public"},
	} {
		if _, err := translate.Parse("acme.yaml", status("{model: /reason, native: /why}", ""), translate.Options{Policy: p}); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := translate.Parse("acme.yaml", status("{model: /reason, native: /why}", ""), translate.Options{Policy: public}); err != nil {
		t.Errorf("a step and its reason are a record's own fields: %v", err)
	}
}

// A mapping that is only read writes nothing, whoever asks.
func TestWhatIsOnlyReadIsNeverWritten(t *testing.T) {
	m, err := translate.Parse("acme.yaml", status("{model: /reason, native: /why}", "direction: read\n"), translate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if body, _, err := m.Render(&translate.Derived{Type: "EntrySummary", Event: "file"}); err == nil {
		t.Errorf("wrote %s", body)
	}
}

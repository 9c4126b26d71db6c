package translate_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/translate/source"
)

// head is the least that a derived mapping of an entry's status needs.
const head = `mapping: status
version: 1
type: EntrySummary
shape:
`

// Each mapping is refused at load: where, by which rule, and with the nearest right word.
func TestLoadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		line int
		says string
	}{
		"an unknown key":                     {"maping: x\n", 1, `did you mean "mapping"?`},
		"an unknown key of a pair":           {head + "  - {model: /event, nativ: /s}\n", 5, `did you mean "native"?`},
		"a missing section":                  {"mapping: x\nversion: 1\ntype: Record\n", 1, "must hold shape"},
		"a missing name":                     {"version: 1\n", 1, "must hold mapping"},
		"a version that is text":             {strings.Replace(head, "version: 1", "version: one", 1) + "  - {model: /event, native: /s}\n", 2, "whole number"},
		"a type that there is not":           {"mapping: x\nversion: 1\ntype: EntrySumary\nshape: []\n", 3, `did you mean "EntrySummary"?`},
		"a direction that there is not":      {strings.Replace(head, "shape:", "direction: write\nshape:", 1) + "  - {model: /event, native: /s}\n", 4, "one of both, read"},
		"a model path that cannot exist":     {head + "  - {model: /evnt, native: /s}\n", 5, `did you mean "event"?`},
		"a deep path that cannot exist":      {head + "  - {model: /subject/lines/0/descripton, native: /s}\n", 5, `did you mean "description"?`},
		"an index where there is no list":    {head + "  - {model: /event/0, native: /s}\n", 5, "is no list"},
		"a path without its slash":           {head + "  - {model: event, native: /s}\n", 5, "must begin with /"},
		"a path with an empty part":          {head + "  - {model: /event, native: /s//t}\n", 5, "1 to 100"},
		"a path that is too long":            {head + "  - {model: /event, native: " + strings.Repeat("/a", 20) + "}\n", 5, "at most 16"},
		"a star in a path":                   {head + "  - {model: /links/*/id, native: /s}\n", 5, "by each"},
		"a proof in a derived record":        {head + "  - {model: /proof, native: /s}\n", 5, "never derived"},
		"an issuer in a derived record":      {head + "  - {model: /issuer, native: /s}\n", 5, "never derived"},
		"a previous in a derived record":     {head + "  - {model: /previous, native: /s}\n", 5, "never derived"},
		"an unknown format":                  {head + "  - {model: /issued, native: /s, format: {dat: YYYYMMDD}}\n", 5, `did you mean "date"?`},
		"a format in the wrong place":        {head + "  - {model: /event, native: /s, format: {epoch: millis}}\n", 5, "date or an instant"},
		"a format without its argument":      {head + "  - {model: /issued, native: /s, format: epoch}\n", 5, "seconds, millis"},
		"a date that would lose its time":    {head + "  - {model: /issued, native: /s, format: {date: YYYYMMDD}}\n", 5, "would be lost"},
		"a format and a table":               {head + "  - {model: /event, native: /s, format: hex, table: t}\n", 5, "only one"},
		"two kinds of pair":                  {head + "  - {model: /event, const: file, each: []}\n", 5, "not both"},
		"an unknown table":                   {"mapping: x\nversion: 1\ntype: EntrySummary\ntables: {steps: {file: F}}\nshape:\n  - {model: /event, native: /s, table: step}\n", 6, `did you mean "steps"?`},
		"a table with one native code twice": {head + "  - {model: /event, native: /s, table: {file: F, refile: F}}\n", 5, "one-to-one"},
		"a table with one row twice":         {head + "  - {model: /event, native: /s, table: {file: F, file: G}}\n", 5, "twice"},
		"a table without rows":               {head + "  - {model: /event, native: /s, table: {}}\n", 5, "rows"},
		"an enum with a code twice":          {head + "  - {model: /event, native: /s, format: {enum: [file, file]}}\n", 5, "one-to-one"},
		"a list within a list, flattened":    {head + "  - {model: /links, native: /l, each: [{native: /m, each: [{model: /id, native: /i}]}]}\n", 5, "to flatten it"},
		"a list at an item":                  {head + "  - {model: /links, native: /l, each: [{model: \"\", native: /m, each: [{model: /id, native: /i}]}]}\n", 5, "to flatten it"},
		"an unknown part":                    {head + "  - {use: party}\n", 5, "unknown part"},
		"a part that uses itself":            {strings.Replace(head, "shape:", "parts: {a: [{use: b}], b: [{use: a}]}\nshape:", 1) + "  - {use: a}\n", 4, "uses itself: a > b > a"},
		"a constant on both sides":           {head + "  - {model: /event, native: /s, const: file}\n", 5, "on one side"},
		"a constant of another kind":         {head + "  - {model: /event, const: 7}\n", 5, "of the kind"},
		"a model value from nowhere":         {head + "  - {model: /event}\n", 5, "must hold native"},
		"a model value made up":              {head + "  - {model: /event, native: /s, otherwise: file}\n", 5, "never made up"},
		"each without a list":                {head + "  - {model: /event, native: /s, each: []}\n", 5, "is none in the model"},
		"each on one side":                   {head + "  - {native: /s, each: []}\n", 5, "between two lists"},
		"a position outside a list":          {head + "  - {model: /subject/lines/0/number, position: true}\n", 5, "inside each"},
		"a case that may hold any time":      {head + "  - cases:\n      - {shape: []}\n      - {shape: []}\n", 6, "only the last case"},
		"a case without a shape":             {head + "  - cases: [{when: {}}]\n", 5, "must hold shape"},
		"a condition of nothing":             {head + "  - cases: [{when: {model: {at: /event}}, shape: []}]\n", 5, "either is or present"},
		"a condition on what cannot exist":   {head + "  - cases: [{when: {model: {at: /evnt, present: true}}, shape: []}]\n", 5, `did you mean "event"?`},
		"a required field that has no pair":  {head + "  - {model: /subject/entryNumber, native: /n}\n", 5, "no pair gives /subject/entryType"},
		"a link without its id":              {head + "  - {model: /links, native: /l, each: [{model: /rel, const: certificate}]}\n", 5, "no pair gives /links/*/id"},
		"a lack that cannot exist":           {head + "  - {model: /event, native: /s}\nlacks: [/subject/line]\n", 6, `did you mean "/subject/lines"?`},
		"a lack that has a pair":             {head + "  - {model: /event, native: /s}\nlacks: [/event]\n", 6, "has a pair on line 5"},
		"a record that lacks something":      {strings.Replace(head, "EntrySummary", "Record", 1) + "  - {model: \"\", native: \"\"}\nlacks: [/links]\n", 6, "lacks nothing"},
		"a record without its proof":         {strings.Replace(head, "EntrySummary", "Record", 1) + "  - {model: /id, native: /i}\n", 5, "no pair gives /@context"},
		"a record with something beside":     {strings.Replace(head, "EntrySummary", "Record", 1) + "  - {model: \"\", native: /r}\n  - {native: /memo}\n", 6, "/memo"},
		"a record under a foreign key":       {strings.Replace(head, "EntrySummary", "Record", 1) + "  - {model: \"\", native: \"\"}\nkey: foreign\n", 6, "must not be foreign"},
		"a ledger section that is text":      {head + "  - {model: /event, native: /s}\nledger: fabric\n", 6, "must be an object"},
		"an alias":                           {head + "  - &a {model: /event, native: /s}\n  - *a\n", 5, "anchors or aliases"},
		"a merge":                            {head + "  - {<<: {model: /event}, native: /s}\n", 5, "key \"<<\""},
		"a tag":                              {head + "  - {model: !!str /event, native: /s}\n", 5, "tag"},
		"a number that means two":            {head + "  - {model: /event, native: /s, table: {file: 010}}\n", 5, "in quotes"},
		"nothing after a key":                {head + "  - {model: /event, native: }\n", 5, "must have a value"},
		"two documents":                      {"mapping: x\n---\nmapping: y\n", 1, "one YAML document"},
		"no YAML":                            {"mapping: [\n", 1, "must be YAML"},
		"nothing":                            {"", 1, "must hold a mapping"},
		"a list":                             {"- a\n", 1, "must be an object"},
		"an example without a native value":  {head + "  - {model: /event, native: /s}\nexamples: [{name: x}]\n", 6, "native or nativeFile"},
		"an example from another folder":     {head + "  - {model: /event, native: /s}\nexamples: [{nativeFile: ../secret.json}]\n", 6, "beside the mapping"},
		"nesting without end":                {"mapping: " + strings.Repeat("[", 60) + strings.Repeat("]", 60), 1, "levels deep"},
	} {
		_, err := translate.Parse("acme.yaml", []byte(c.file), translate.Options{})
		var refused *source.Refusal
		if !errors.As(err, &refused) {
			t.Errorf("%s: %v, want a refusal", name, err)
			continue
		}
		if refused.Line != c.line || !strings.Contains(refused.Rule, c.says) {
			t.Errorf("%s: %v\nwant line %d and %q", name, refused, c.line, c.says)
		}
		if want := fmt.Sprintf("acme.yaml:%d: ", refused.Line); !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want it to begin with %s", name, err, want)
		}
	}
}

// A file of a few lines cannot become a mapping without end.
func TestPartsDoNotExplode(t *testing.T) {
	var b strings.Builder
	b.WriteString("mapping: bomb\nversion: 1\ntype: EntrySummary\nparts:\n")
	for i := range 10 {
		use := fmt.Sprintf("{use: p%d}", i+1)
		fmt.Fprintf(&b, "  p%d: [%s]\n", i, strings.Join([]string{use, use, use, use, use, use, use, use}, ", "))
	}
	b.WriteString("  p10: [{model: /event, native: /s}]\nshape: [{use: p0}]\n")
	if _, err := translate.Parse("bomb.yaml", []byte(b.String()), translate.Options{}); err == nil || !strings.Contains(err.Error(), "pairs") {
		t.Errorf("%v, want a refusal", err)
	}
}

package translate_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate"
)

// saying is a mapping whose bodies say their key.
func saying(t *testing.T, more string) *translate.Mapping {
	t.Helper()
	file := head + "  - {model: /event, native: /step}\n  - {native: /ref/no, required: true}\nkeyAt: /ref/no\n" + more
	m, err := translate.Parse("acme.yaml", []byte(file), translate.Options{Keys: keys(t, newStore())})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func under(m *translate.Mapping, key, body string) error {
	_, err := m.Derive(&driver.Entry{Key: key, Body: []byte(body)}, "urn:fabric:abc")
	return err
}

// A node that shows one entry in the place of another is found out by what the body says of itself.
func TestAnEntryThatSaysAnotherKeyIsRefused(t *testing.T) {
	m := saying(t, "")
	if err := under(m, "C-7", `{"step":"file","ref":{"no":"C-7"}}`); err != nil {
		t.Error(err)
	}
	for name, body := range map[string]string{
		"another":  `{"step":"file","ref":{"no":"C-8"}}`,
		"none":     `{"step":"file"}`,
		"nothing":  `{"step":"file","ref":{"no":""}}`,
		"a number": `{"step":"file","ref":{"no":7}}`,
		"a list":   `{"step":"file","ref":["C-7"]}`,
	} {
		err := under(m, "C-7", body)
		if err == nil || !strings.Contains(err.Error(), "must") {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if strings.Contains(err.Error(), "C-7") || strings.Contains(err.Error(), "C-8") {
			t.Errorf("%s: a ledger's own key may tell something, and is told: %v", name, err)
		}
	}
	err := under(m, "C-7", `{"step":"file","ref":{"no":"C-8"}}`)
	if err == nil || !strings.Contains(err.Error(), "the key that the entry stands under") || !strings.Contains(err.Error(), "/ref/no") || !strings.Contains(err.Error(), "acme.yaml:7") {
		t.Errorf("%v", err)
	}
}

// Ids tell nothing, and so both are named.
func TestBothIDsAreNamedWhereTheyDiffer(t *testing.T) {
	m := saying(t, "key: {without: \"urn:uuid:\"}\n")
	mine, other := strings.TrimPrefix(id, "urn:uuid:"), strings.TrimPrefix(linked, "urn:uuid:")
	if err := under(m, mine, `{"step":"file","ref":{"no":"`+mine+`"}}`); err != nil {
		t.Error(err)
	}
	err := under(m, mine, `{"step":"file","ref":{"no":"`+other+`"}}`)
	if err == nil || !strings.Contains(err.Error(), mine) || !strings.Contains(err.Error(), other) {
		t.Errorf("%v, want both named", err)
	}
	if err := under(m, mine, `{"step":"file","ref":{"no":"ABC12345676"}}`); err == nil || strings.Contains(err.Error(), "ABC1234") {
		t.Errorf("%v, want what is no id left out", err)
	}
}

// The same body is kept for every key that it stands under, and each is asked for.
func TestABodyIsDerivedOnceAndAskedForEachKey(t *testing.T) {
	m := saying(t, "")
	d, err := m.DeriveBody(&driver.Entry{Key: "C-8", Body: []byte(`{"step":"file","ref":{"no":"C-7"}}`)})
	if err != nil || d.ID != "" {
		t.Fatalf("%+v, %v", d, err)
	}
	if m.Standing(d, "C-7") != nil || m.Standing(d, "C-8") == nil {
		t.Error("it stands under C-7 and nothing else")
	}
	if m := load(t, "status.yaml", translate.Options{Keys: keys(t, newStore())}); m.Standing(&translate.Derived{}, "any") != nil {
		t.Error("where no body says its key, it may stand under any")
	}
}

func TestWhereAKeyCannotStand(t *testing.T) {
	record := strings.Replace(head, "EntrySummary", "Record", 1) + "  - {model: \"\", native: /r}\nkeyAt: /r/id\n"
	pair := "  - {model: /event, native: /s}\n"
	for name, c := range map[string]struct{ file, says string }{
		"in a record":                 {record, "a record says its own id"},
		"in the body as a whole":      {head + pair + "keyAt: \"\"\n", "a path into"},
		"nowhere":                     {head + pair + "keyAt: no\n", "must begin with /"},
		"where nothing is read":       {head + pair + "keyAt: /no\n", "{native: /no, required: true}"},
		"where a case is only chosen": {head + "  - cases: [{when: {model: {at: /event, is: file}, native: {at: /no, is: x}}, shape: []}, {shape: []}]\n" + "keyAt: /no\n", "no pair"},
	} {
		if _, err := translate.Parse("acme.yaml", []byte(c.file), translate.Options{}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

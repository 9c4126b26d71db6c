package ftagateway_test

import (
	"encoding/json"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/schemas"
)

var update = flag.Bool("update", false, "write the generated parts of docs/data-model.md")

const dataModel = "docs/data-model.md"

// generated is a part of the page between "<!-- kind name -->" and "<!-- end -->".
var generated = regexp.MustCompile(`(?s)<!-- (fields|forms|lists) ?(\w*) -->\n.*?<!-- end -->`)

// TestDataModelIsAsTheSchemas holds the tables of the data model's page against the JSON Schemas, the vocabulary and the
// code lists that they are made of. "go test . -run DataModel -update" writes them.
func TestDataModelIsAsTheSchemas(t *testing.T) {
	have := pageAt(t, dataModel).text
	want := generated.ReplaceAllStringFunc(have, func(part string) string {
		words := generated.FindStringSubmatch(part)
		return strings.SplitAfter(part, "-->\n")[0] + write(t, words[1], words[2]) + "<!-- end -->"
	})
	if have == want {
		return
	}
	if !*update {
		t.Fatalf("%s is stale: run go test . -run DataModel -update", dataModel)
	}
	if err := os.WriteFile(dataModel, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, kind, name string) string {
	switch kind {
	case "fields":
		return fieldTable(t, name)
	case "forms":
		return formTables(t)
	}
	return listTable()
}

// TestDataModelShowsEverySchema: a new schema must not be missing on the page.
func TestDataModelShowsEverySchema(t *testing.T) {
	text := pageAt(t, dataModel).text
	for _, name := range schemas.SchemaNames() {
		if name != "Common" && !strings.Contains(text, "<!-- fields "+name+" -->") {
			t.Errorf("%s has no table of %s", dataModel, name)
		}
	}
}

// TestDataModelShowsTheEnvelope: what every document has stands in one table, written by hand.
func TestDataModelShowsTheEnvelope(t *testing.T) {
	_, table, _ := strings.Cut(pageAt(t, dataModel).text, "## Documents\n")
	table, _, _ = strings.Cut(table, "\n### ")
	for _, name := range schemas.SchemaNames() {
		if name == "Common" || name == "Record" {
			continue
		}
		envelope := schema(t, name)
		if have := strings.Count(table, "\n| `"); have != len(envelope.Properties) {
			t.Errorf("the table has %d members, a %s has %d", have, name, len(envelope.Properties))
		}
		for _, m := range envelope.Properties {
			if !strings.Contains(table, "\n| `"+m.name+"` |") {
				t.Errorf("%s of %s is not in the table", m.name, name)
			}
		}
	}
}

// form is a JSON Schema, as far as ours go.
type form struct {
	Ref         string          `json:"$ref"`
	Type        string          `json:"type"`
	Const       json.RawMessage `json:"const"`
	Enum        []string        `json:"enum"`
	Description string          `json:"description"`
	Comment     string          `json:"$comment"`
	Required    []string        `json:"required"`
	Properties  members         `json:"properties"`
	Items       *form           `json:"items"`
	Minimum     *float64        `json:"minimum"`
	Maximum     *float64        `json:"maximum"`
	MinLength   int             `json:"minLength"`
	MaxLength   int             `json:"maxLength"`
	MinItems    int             `json:"minItems"`
	MaxItems    int             `json:"maxItems"`
	MaxProps    int             `json:"maxProperties"`
	Definitions members         `json:"definitions"`
}

// members are those of an object in the order in which its schema lists them.
type members = ordered[form]

func schema(t *testing.T, name string) form {
	t.Helper()
	raw, ok := schemas.Schema(name)
	if !ok {
		t.Fatalf("there is no schema %s", name)
	}
	var f form
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

package ftagateway_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
)

const ethereumGuide = "docs/ethereum.md"

var sectionTable = regexp.MustCompile(`(?s)(<!-- ledger section -->\n).*?(<!-- end -->)`)

// TestTheLedgerSectionIsAsTheTable holds the guide's table of keys against what the driver declares. "-update" writes it.
func TestTheLedgerSectionIsAsTheTable(t *testing.T) {
	have := pageAt(t, ethereumGuide).text
	table := "| Key | Form | What for |\n|---|---|---|\n" + sectionRows(t, "", reflect.TypeFor[binding.Section]())
	if !sectionTable.MatchString(have) {
		t.Fatalf("%s has no place for the table", ethereumGuide)
	}
	want := sectionTable.ReplaceAllStringFunc(have, func(string) string {
		return "<!-- ledger section -->\n" + table + "<!-- end -->"
	})
	if have == want {
		return
	}
	if !*update {
		t.Fatalf("%s is stale: run go test . -run TheLedgerSection -update", ethereumGuide)
	}
	if err := os.WriteFile(ethereumGuide, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// sectionRows has a row for each member, and below each the rows of its own.
func sectionRows(t *testing.T, path string, of reflect.Type) string {
	t.Helper()
	var out strings.Builder
	for i := range of.NumField() {
		f := of.Field(i)
		name, doc := f.Tag.Get("json"), f.Tag.Get("doc")
		if name == "" || doc == "" {
			t.Fatalf("%s.%s says neither its name nor what it is for", of, f.Name)
		}
		form, inner := sectionForm(f.Type)
		fmt.Fprintf(&out, "| `%s` | %s | %s |\n", path+name, form, cell(doc))
		if inner != nil {
			out.WriteString(sectionRows(t, path+name+map[bool]string{true: "[]"}[form == "list of objects"]+".", inner))
		}
	}
	return out.String()
}

// sectionForm says what is written for a member, and of which type its own members are.
func sectionForm(of reflect.Type) (form string, inner reflect.Type) {
	for of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	switch {
	case reflect.PointerTo(of).Implements(reflect.TypeFor[json.Unmarshaler]()):
		return "word or object", nil
	case of.Kind() == reflect.Struct:
		return "object", of
	case of.Kind() == reflect.Slice && of.Elem().Kind() == reflect.Struct:
		return "list of objects", of.Elem()
	case of.Kind() == reflect.Slice:
		return "list", nil
	}
	form, ok := map[reflect.Kind]string{reflect.String: "text", reflect.Bool: "true or false", reflect.Map: "object of texts",
		reflect.Float64: "number", reflect.Int: "whole number", reflect.Uint64: "whole number"}[of.Kind()]
	if !ok {
		form = of.String() // a reader of the table asks what that is
	}
	return form, nil
}

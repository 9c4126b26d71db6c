package schemas_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/schemas"
)

func TestEverySchemaIsPublishedUnderItsID(t *testing.T) {
	for _, name := range schemas.SchemaNames() {
		s := schema(t, name)
		if got, want := s["$id"], "https://w3id.org/fta/schemas/"+name; got != want {
			t.Errorf("%s: $id %v, want %s", name, got, want)
		}
		if got, want := s["$schema"], "http://json-schema.org/draft-07/schema#"; got != want {
			t.Errorf("%s: $schema %v, want %s", name, got, want)
		}
	}
	if _, ok := schemas.Schema("../schema.go"); ok {
		t.Error("a path is taken for a name")
	}
}

// A schema that lets one unknown member through lets private data onto a public ledger.
func TestEveryObjectIsClosed(t *testing.T) {
	everySubschema(t, func(at string, s map[string]any) {
		if s["type"] == "object" && s["additionalProperties"] != false {
			t.Errorf("%s: additionalProperties is not false", at)
		}
		if s["properties"] != nil && s["type"] != "object" {
			t.Errorf("%s: has properties and is of no type", at)
		}
	})
}

// Every array is bounded, and never empty: RDF does not tell an empty one from a missing one.
func TestEveryArrayIsBounded(t *testing.T) {
	everySubschema(t, func(at string, s map[string]any) {
		if s["type"] == "array" && (s["maxItems"] == nil || s["minItems"] != 1.0) {
			t.Errorf("%s: array without maxItems, or that may be empty", at)
		}
	})
}

// Every string is bounded, by a pattern over its whole length or by a length.
func TestEveryStringIsBounded(t *testing.T) {
	everySubschema(t, func(at string, s map[string]any) {
		pattern, hasPattern := s["pattern"].(string)
		switch {
		case hasPattern && (!strings.HasPrefix(pattern, "^") || !strings.HasSuffix(pattern, "$")):
			t.Errorf("%s: pattern %s is not over the whole string", at, pattern)
		case s["maxLength"] != nil:
		case hasPattern && regexp.MustCompile(`[*+]`).MatchString(unquantified(pattern)):
			t.Errorf("%s: pattern %s has no bound", at, pattern)
		case !hasPattern && s["type"] == "string":
			t.Errorf("%s: string without bound", at)
		}
	})
}

// unquantified drops what is inside brackets, where a star is a star.
func unquantified(pattern string) string {
	return regexp.MustCompile(`\[[^\]]*\]`).ReplaceAllString(pattern, "")
}

func TestEveryPatternSaysInWordsWhatItWants(t *testing.T) {
	everySubschema(t, func(at string, s map[string]any) {
		if s["pattern"] != nil && s["description"] == nil {
			t.Errorf("%s: pattern without description", at)
		}
	})
}

// The lists that a schema repeats are the code lists.
func TestEnumerationsAreTheCodeLists(t *testing.T) {
	for _, c := range []struct{ schema, pointer, list string }{
		{"Record", "properties/reason/items/enum", "rejectReasons"},
		{"CertificateOfOrigin", "properties/credentialSubject/properties/agreement/enum", "agreements"},
		{"Common", "definitions/identifier/properties/scheme/enum", "identifierSchemes"},
	} {
		var at any = schema(t, c.schema)
		for _, name := range strings.Split(c.pointer, "/") {
			at = at.(map[string]any)[name]
		}
		want := schemas.MustCodes(c.list).Values()
		if got := fmt.Sprint(at); got != fmt.Sprint(want) {
			t.Errorf("%s: %s, want %v", c.schema, got, want)
		}
	}
}

func TestValidateNamesEveryFault(t *testing.T) {
	doc := map[string]any{
		"entry":  map[string]any{"id": "urn:uuid:1", "ledger": "https://node.example", "version": 1.5, "digest": 7.0, "x/y": true},
		"action": "approve it", "decidedOn": "2026-02-30", "reasonCodes": []any{"004", "004"}, "remarks": nil,
	}
	want := map[string]string{
		"/entry/id":      "must be a urn:uuid in lower case: random (version 4), or that of a key on a foreign ledger (version 8)",
		"/entry/ledger":  "must be a ledger's own URI, a URN or a CAIP-10 account, and never a host name",
		"/entry/version": "must be of JSON type integer, not number",
		"/entry/digest":  "must be of JSON type string, not integer",
		"/entry/x~1y":    "is not a member that is allowed here",
		"/action":        `must be one of "accept", "reject", "cancel", "inactivate", "liquidate", "approve", "deny"`,
		"/decidedOn":     "must be a day that the calendar has",
		"/reasonCodes":   "must not hold the same item twice",
		"/remarks":       "must be of JSON type string, not null",
	}
	got := map[string]string{}
	for _, f := range schemas.Validate(schemas.Subject("EntryDisposition"), doc) {
		got[f.Pointer] = f.Rule
	}
	for at, rule := range want {
		if got[at] != rule {
			t.Errorf("%s: %q, want %q", at, got[at], rule)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d pointers, want %d: %v", len(got), len(want), got)
	}
}

func TestValidateIsTheSameEveryTime(t *testing.T) {
	doc := map[string]any{"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0, "e": 5.0}
	first := schemas.Validate("Record", doc).Error()
	for range 20 {
		if again := schemas.Validate("Record", doc).Error(); again != first {
			t.Fatalf("%s\nthen\n%s", first, again)
		}
	}
}

func TestUnknownSchemaIsAFault(t *testing.T) {
	for _, name := range []string{"", "Common", "Invoice", schemas.Subject("Record")} {
		if len(schemas.Validate(name, map[string]any{})) == 0 {
			t.Errorf("%q: no fault", name)
		}
	}
}

// The engine takes a float64 for no JSON type; one must not pass where a string is due.
func TestNumbersAreSeen(t *testing.T) {
	doc := map[string]any{"entryNumber": 12345678901.0, "lines": []any{map[string]any{"number": 0.0}}}
	faults := schemas.Validate(schemas.Subject("EntrySummary"), doc)
	for _, at := range []string{"/entryNumber", "/lines/0/number"} {
		if !slices.ContainsFunc(faults, func(f schemas.Fault) bool { return f.Pointer == at && f.Value != "" }) {
			t.Errorf("%s: no fault", at)
		}
	}
}

func schema(t *testing.T, name string) map[string]any {
	t.Helper()
	raw, ok := schemas.Schema(name)
	if !ok {
		t.Fatalf("no schema %s", name)
	}
	var s map[string]any
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return s
}

// everySubschema calls f for every object in every schema that is a schema and no map of them.
func everySubschema(t *testing.T, f func(at string, s map[string]any)) {
	t.Helper()
	for _, name := range schemas.SchemaNames() {
		walk(name, schema(t, name), f)
	}
}

func walk(at string, v any, f func(string, map[string]any)) {
	switch v := v.(type) {
	case []any:
		for i, item := range v {
			walk(schemas.Pointer(at, i), item, f)
		}
	case map[string]any:
		if !strings.HasSuffix(at, "/properties") && !strings.HasSuffix(at, "/definitions") {
			f(at, v)
		}
		for name, item := range v {
			walk(schemas.Pointer(at, name), item, f)
		}
	}
}

// Validators are shared by everybody who reads: run with the race detector.
func TestValidateInParallel(t *testing.T) {
	docs := []any{map[string]any{}, map[string]any{"version": 1.5, "links": []any{1.0}}, nil, "text"}
	want := make([]string, len(docs))
	for i, doc := range docs {
		want[i] = schemas.Validate("Record", doc).Error()
	}
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for i, doc := range docs {
				if got := schemas.Validate("Record", doc).Error(); got != want[i] {
					t.Errorf("%v:\n%s\nwant\n%s", doc, got, want[i])
				}
			}
		})
	}
	readers.Wait()
}

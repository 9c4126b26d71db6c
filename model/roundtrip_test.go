package model_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
)

// What the Go types do not hold would be signed and yet invisible to every rule. So a document that went through them is
// the same document to the byte, whatever its schema lets it say.
func TestTypesHoldEverythingThatIsSigned(t *testing.T) {
	for _, name := range documentTypes {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			holdsDocument(t, anyDocument(name, rapid.Bool().Draw(t, "full")).Draw(t, name))
		}))
	}
	t.Run("Record", rapid.MakeCheck(func(t *rapid.T) {
		obj := anyDocument("Record", rapid.Bool().Draw(t, "full")).Draw(t, "Record")
		if faults := schemas.Validate("Record", obj); len(faults) > 0 {
			t.Fatal(faults)
		}
		var r model.Record
		if err := json.Unmarshal(canonical(t, obj), &r); err != nil {
			t.Fatal(err)
		}
		sameBytes(t, canonical(t, obj), r)
	}))
}

func holdsDocument(t *rapid.T, obj ld.Object) {
	data := canonical(t, obj)
	doc, err := model.ParseDocument(data)
	if err != nil {
		t.Fatalf("%s\n%v", data, err)
	}
	if string(doc.Bytes) != string(data) || doc.Digest != ld.Sum(data) {
		t.Fatalf("bytes\n%s\nwant\n%s", doc.Bytes, data)
	}
	sameBytes(t, data, doc)
	_ = doc.Check() // whatever is said, no rule panics
}

func sameBytes(t tester, want []byte, v any) {
	t.Helper()
	plain, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	obj, err := ld.Parse(plain, model.DocumentLimits)
	if err != nil {
		t.Fatal(err)
	}
	if got := canonical(t, obj); string(got) != string(want) {
		t.Fatalf("through the types:\n%s\nwant\n%s", got, want)
	}
}

// tester is what a test, a benchmark, a fuzz target and a property have in common.
type tester interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func canonical(t tester, obj any) []byte {
	t.Helper()
	data, err := ld.JCS(obj)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

package disclosure_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/probe"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

const (
	id         = "urn:uuid:0d9c1c5e-95a4-4c9a-8b1f-6f2f1f3f9a01"
	linked     = "urn:uuid:5b0f2f7e-2f5c-4d3a-9a55-3f6a1b2c3d04"
	home       = "urn:uuid:7e0a6a3e-1111-4222-8333-444455556666"
	issuer     = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
	commitment = "uAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)

var digest = ld.Sum([]byte("a document")).String()

// record is a record under its closed schema, with changes.
func record(changes ld.Object) ld.Object {
	r := ld.Object{
		"@context": []any{"https://w3id.org/security/data-integrity/v2", "https://w3id.org/fta/v1"},
		"id":       id, "type": "EntrySummary", "ledger": home, "version": 1.0,
		"event": "file", "issued": "2026-11-20T14:00:00Z", "issuer": issuer, "digest": digest,
		"links":    []any{ld.Object{"rel": "certificate", "id": linked, "ledger": home, "version": 1.0, "digest": digest}},
		"evidence": []any{ld.Object{"id": linked, "digest": digest, "mediaType": "application/vc"}},
		"lookups":  []any{commitment},
		"proof": ld.Object{
			"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "created": "2026-11-20T14:00:00Z",
			"verificationMethod": issuer + "#" + strings.TrimPrefix(issuer, "did:key:"),
			"proofPurpose":       "assertionMethod", "proofValue": "z" + strings.Repeat("2", 88),
		},
	}
	maps.Copy(r, changes)
	return r
}

func write(t *testing.T, r ld.Object) *driver.Write {
	t.Helper()
	body, err := ld.JCS(r)
	if err != nil {
		t.Fatal(err)
	}
	return &driver.Write{Key: id, Body: body, Lookups: []driver.Lookup{{Name: "lookup", Value: commitment}, {Name: "link", Value: linked}}}
}

// recorder counts what reaches the chain.
func recorder(sent *int) probe.Ledger {
	return func(context.Context) error { *sent++; return nil }
}

func TestARecordPasses(t *testing.T) {
	for _, policy := range []disclosure.Policy{disclosure.Public, disclosure.Permissioned} {
		sent := 0
		l, err := disclosure.New(recorder(&sent), disclosure.Rules{Policy: policy})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Append(t.Context(), write(t, record(nil))); err != nil || sent != 1 {
			t.Errorf("%s: %v, sent %d times, want once", policy, err, sent)
		}
	}
}

func TestAnythingElseIsRefusedWithItsPointerAndNothingIsSent(t *testing.T) {
	body := func(r ld.Object) func(*driver.Write) { return func(w *driver.Write) { w.Body = write(t, r).Body } }
	raw := func(s string) func(*driver.Write) { return func(w *driver.Write) { w.Body = []byte(s) } }
	for name, c := range map[string]struct {
		spoil   func(*driver.Write)
		pointer string
	}{
		"an entry number beside the record's members": {body(record(ld.Object{"entryNumber": "ABC12345676"})), "/entryNumber"},
		"a party's name in a link":                    {body(record(ld.Object{"links": []any{ld.Object{"rel": "certificate", "id": linked, "ledger": home, "version": 1.0, "digest": digest, "name": "Acme"}}})), "/links/0/name"},
		"a host name where an opaque id belongs":      {body(record(ld.Object{"evidence": []any{ld.Object{"id": "https://evidence.example/1", "digest": digest, "mediaType": "application/vc"}}})), "/evidence/0/id"},
		"an entry number as a lookup":                 {body(record(ld.Object{"lookups": []any{"ABC12345676"}})), "/lookups/0"},
		"a whole document":                            {body(ld.Object{"credentialSubject": ld.Object{"entryNumber": "ABC12345676"}}), "/credentialSubject"},
		"no JSON":                                     {raw("entry ABC-1234567-6"), ""},
		"nothing":                                     {raw(""), ""},
		"not an object":                               {raw(`["ABC12345676"]`), ""},
		"a name written twice":                        {raw(`{"id":"` + id + `","id":"ABC12345676"}`), "/id"},
		"room for more between the members":           {func(w *driver.Write) { w.Body = append([]byte(" \t"), w.Body...) }, ""},
		"a telling key":                               {func(w *driver.Write) { w.Key = "ABC12345676" }, "/id"},
		"a telling lookup":                            {func(w *driver.Write) { w.Lookups[0].Value = "ABC12345676" }, "/lookups"},
		"an empty lookup":                             {func(w *driver.Write) { w.Lookups[0].Value = "" }, "/lookups"},
	} {
		t.Run(name, func(t *testing.T) {
			sent := 0
			l, err := disclosure.New(recorder(&sent), disclosure.Rules{Policy: disclosure.Public})
			if err != nil {
				t.Fatal(err)
			}
			w := write(t, record(nil))
			c.spoil(w)
			_, err = l.Append(t.Context(), w)
			var faults schemas.Faults
			if driver.CodeOf(err) != driver.Invalid || !errors.As(err, &faults) {
				t.Fatalf("%v, want invalid with faults", err)
			}
			if !names(faults, c.pointer) {
				t.Errorf("no fault at %q in\n%v", c.pointer, faults)
			}
			if sent != 0 {
				t.Error("the chain was called")
			}
		})
	}
}

func names(faults schemas.Faults, pointer string) bool {
	for _, f := range faults {
		if f.Pointer == pointer {
			return true
		}
	}
	return false
}

func TestAnUnknownPolicyIsAnError(t *testing.T) {
	for _, policy := range []disclosure.Policy{"", "secret"} {
		if _, err := disclosure.New(recorder(new(int)), disclosure.Rules{Policy: policy}); err == nil {
			t.Errorf("policy %q: no error", policy)
		}
	}
}

// Whatever bytes come, what is let through is a record under its closed schema in canonical form.
func FuzzAppend(f *testing.F) {
	good, err := ld.JCS(record(nil))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"id":"` + id + `"}`))
	f.Add([]byte(`{"id":"` + id + `","id":1}`))
	f.Add([]byte("\xff"))
	f.Fuzz(func(t *testing.T, body []byte) {
		sent := 0
		l, err := disclosure.New(recorder(&sent), disclosure.Rules{Policy: disclosure.Public})
		if err != nil {
			t.Fatal(err)
		}
		_, err = l.Append(t.Context(), &driver.Write{Key: id, Body: body})
		obj, parseErr := ld.Parse(body, ld.Limits{})
		allowed := parseErr == nil && len(schemas.Validate("Record", obj)) == 0
		if sent == 1 && !allowed {
			t.Errorf("let through: %q", body)
		}
		if sent == 0 && driver.CodeOf(err) != driver.Invalid {
			t.Errorf("refused with %v", err)
		}
	})
}

func ExampleNew() {
	chain := probe.Ledger(func(context.Context) error { panic("sent") })
	l, _ := disclosure.New(chain, disclosure.Rules{Policy: disclosure.Public})
	_, err := l.Append(context.Background(), &driver.Write{Key: "1", Body: []byte(`{"importer":"Acme"}`)})
	var faults schemas.Faults
	errors.As(err, &faults)
	for _, f := range faults {
		if f.Pointer == "/importer" {
			fmt.Println(driver.CodeOf(err), f.Pointer)
		}
	}
	// Output: invalid /importer
}

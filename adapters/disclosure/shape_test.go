package disclosure_test

import (
	"context"
	"encoding/hex"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// foreign is a shape of a partner's own: other names, numbers for codes, hexadecimal, lists in lists.
var foreign = disclosure.Shape{
	{Native: "/doc", Codes: []any{"anchor"}},
	{Native: "/no", Model: "/id"},
	{Native: "/kind", Model: "/type", Codes: []any{1.0, 2.0, 3.0}},
	{Native: "/step", Model: "/event"},
	{Native: "/rev", Model: "/version"},
	{Native: "/home", Model: "/ledger"},
	{Native: "/at", Model: "/issued"},
	{Native: "/at", Model: "/proof/created"},
	{Native: "/signer", Model: "/issuer"},
	{Native: "/hash", Model: "/digest"},
	{Native: "/refs/*/no", Model: "/links/*/id"},
	{Native: "/refs/*/home", Model: "/links/*/ledger"},
	{Native: "/tags/*", Model: "/lookups/*"},
	{Native: "/seal", Model: "/proof"},
	{Native: "/first/0/f", Model: "/evidence/*/id"},
	{Native: "/packed", Model: "/proof"},
}

var (
	key32  = "0x" + strings.Repeat("ab", 32)
	hex16  = "0d9c1c5e95a44c9a8b1f6f2f1f3f9a01" // the id's
	native = ld.Object{
		"doc": "anchor", "no": "0x" + hex16 + strings.Repeat("0", 32), "kind": 1.0, "step": "file", "rev": "1", "home": home,
		"at": 1795132800000.0, "signer": key32, "hash": hex.EncodeToString([]byte(strings.Repeat("\xc3\x28", 16))),
		"refs": []any{ld.Object{"no": strings.TrimPrefix(linked, "urn:uuid:"), "home": "eip155:1:0x" + strings.Repeat("0a", 20)}},
		"tags": []any{commitment}, "seal": record(nil)["proof"], "first": []any{ld.Object{"f": linked}},
		"packed": `{"cryptosuite":"eddsa-jcs-2022"}`,
	}
)

// over is the native body with changes; a nil takes a member away.
func over(changes ld.Object) ld.Object {
	body := maps.Clone(native)
	for name, v := range changes {
		if body[name] = v; v == nil {
			delete(body, name)
		}
	}
	return body
}

// attempt appends a body, and gives what was found and how often the chain was called.
func attempt(ctx context.Context, t *testing.T, r disclosure.Rules, body ld.Object) (schemas.Faults, int) {
	t.Helper()
	bytes, err := ld.JCS(body)
	if err != nil {
		t.Fatal(err)
	}
	return attemptWrite(ctx, t, r, &driver.Write{Key: id, Body: bytes})
}

func attemptWrite(ctx context.Context, t *testing.T, r disclosure.Rules, w *driver.Write) (schemas.Faults, int) {
	t.Helper()
	sent := 0
	l, err := disclosure.New(recorder(&sent), r)
	if err != nil {
		t.Fatal(err)
	}
	var faults schemas.Faults
	if _, err = l.Append(ctx, w); err != nil && (!errors.As(err, &faults) || driver.CodeOf(err) != driver.Invalid) {
		t.Fatalf("%v, want invalid with faults", err)
	}
	return faults, sent
}

func TestABodyOfAnotherShapePasses(t *testing.T) {
	for name, changes := range map[string]ld.Object{
		"as it is":             nil,
		"an id as itself":      {"no": id},
		"an id without hyphen": {"no": hex16},
		"a time as a pattern":  {"at": "20.11.2026 14:00:00"},
		"a time in seconds":    {"at": 1795132800.0},
		"a key in base 58":     {"signer": strings.TrimPrefix(issuer, "did:key:")},
		"a key as a did":       {"signer": issuer},
		"a digest as itself":   {"hash": digest},
		"a digest in base 64":  {"hash": "3f9Q0w2l3C8oJq1nq4Wm0e7mB8b1k0o2sQ5dX9y7r1A="},
		"a list without items": {"refs": []any{}, "tags": []any{}},
		"without most of it":   {"refs": nil, "tags": nil, "seal": nil, "packed": nil, "at": nil},
	} {
		for _, policy := range []disclosure.Policy{disclosure.Public, disclosure.Permissioned} {
			if faults, sent := attempt(t.Context(), t, disclosure.Rules{Policy: policy, Shape: foreign}, over(changes)); sent != 1 {
				t.Errorf("%s, %s: sent %d times\n%v", name, policy, sent, faults)
			}
		}
	}
}

func TestWhatNobodyMapsIsRefusedByItsPath(t *testing.T) {
	for name, c := range map[string]struct {
		changes ld.Object
		pointer string
	}{
		"a member beside":           {ld.Object{"memo": "x"}, "/memo"},
		"a second document":         {ld.Object{"attachment": ld.Object{"credentialSubject": ld.Object{"entryNumber": number}}}, "/attachment"},
		"one in a list":             {ld.Object{"refs": []any{ld.Object{"no": linked, "document": ld.Object{"name": "x"}}}}, "/refs/0/document"},
		"one in place of a value":   {ld.Object{"hash": ld.Object{"a": "b"}}, "/hash/a"},
		"one in a part of a record": {ld.Object{"seal": ld.Object{"type": "DataIntegrityProof", "domain": "x"}}, "/seal/domain"},
		"one in packed JSON":        {ld.Object{"packed": `{"memo":"x"}`}, "/packed/memo"},
		"packed JSON with room":     {ld.Object{"packed": `{"cryptosuite": "eddsa-jcs-2022"}`}, "/packed"},
		"a value for an object":     {ld.Object{"refs": "x"}, "/refs"},
		"an empty one for a value":  {ld.Object{"hash": ld.Object{}}, "/hash"},
		"an empty one beside":       {ld.Object{"more": []any{}}, "/more"},
		"a second item":             {ld.Object{"first": []any{ld.Object{"f": linked}, ld.Object{"f": linked}}}, "/first/1"},
		"an object among ids":       {ld.Object{"tags": []any{ld.Object{"a": 1.0}}}, "/tags/0/a"},
		"another constant":          {ld.Object{"doc": "anchor "}, "/doc"},
		"another code":              {ld.Object{"kind": 4.0}, "/kind"},
		"no code of the model":      {ld.Object{"step": "filed by us"}, "/step"},
		"no version":                {ld.Object{"rev": 1000001.0}, "/rev"},
		"half a version":            {ld.Object{"rev": 1.5}, "/rev"},
		"no time":                   {ld.Object{"at": "20.11.2026 by noon"}, "/at"},
		"no ledger":                 {ld.Object{"home": "https://acme.example"}, "/home"},
		"bytes that are text":       {ld.Object{"hash": hex.EncodeToString([]byte("goods of thirty-two characters.."))}, "/hash"},
		"text filled with zeros":    {ld.Object{"hash": "0x" + hex.EncodeToString([]byte("brake discs")) + strings.Repeat("0", 42)}, "/hash"},
		"too many bytes":            {ld.Object{"hash": key32 + "00"}, "/hash"},
		"nothing":                   {ld.Object{"hash": false}, "/hash"},
		"a secret for a name":       {ld.Object{"entry ABC-1234567-6": "x"}, "/(withheld)"},
		"another id than the key's": {ld.Object{"no": linked}, "/key"},
	} {
		faults, sent := attempt(t.Context(), t, disclosure.Rules{Policy: disclosure.Public, Shape: foreign}, over(c.changes))
		if sent != 0 || !names(faults, c.pointer) {
			t.Errorf("%s: sent %d times, want a fault at %s\n%v", name, sent, c.pointer, faults)
		}
	}
}

func TestRulesThatCannotBeFollowedAreAnError(t *testing.T) {
	for name, r := range map[string]disclosure.Rules{
		"a public ledger that lists": {Policy: disclosure.Public, Allow: []string{"/subject"}},
		"no pointer":                 {Policy: disclosure.Public, Shape: disclosure.Shape{{Native: "no"}}},
		"no field":                   {Policy: disclosure.Public, Shape: disclosure.Shape{{Native: "/no", Model: "id"}}},
	} {
		if _, err := disclosure.New(recorder(new(int)), r); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

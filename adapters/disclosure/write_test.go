package disclosure_test

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// writing is the native body under its key, with a lookup of each kind, spoilt.
func writing(t *testing.T, spoil func(*driver.Write)) *driver.Write {
	t.Helper()
	body, err := ld.JCS(over(ld.Object{"x": "ABC-1234567-6"}))
	if err != nil {
		t.Fatal(err)
	}
	w := &driver.Write{Key: id, Body: body, IdempotencyKey: "urn:uuid:1d9c1c5e-95a4-4c9a-8b1f-6f2f1f3f9a01",
		Lookups: []driver.Lookup{{Name: "lookup", Value: commitment}, {Name: "link", Value: linked}}}
	spoil(w)
	return w
}

// What a driver may write beside the body has to stand in the body, in whatever spelling; or to be listed.
func TestKeysAndLookupsOfAnotherShape(t *testing.T) {
	lookup := func(name, value string) func(*driver.Write) {
		return func(w *driver.Write) { w.Lookups = []driver.Lookup{{Name: name, Value: value}} }
	}
	key := func(key string) func(*driver.Write) { return func(w *driver.Write) { w.Key = key } }
	named := func(name string) func(*driver.Write) { return func(w *driver.Write) { w.IdempotencyKey = name } }
	for name, c := range map[string]struct {
		spoil   func(*driver.Write)
		pointer string // "" where it passes
	}{
		"as they are":                   {func(*driver.Write) {}, ""},
		"the key in another spelling":   {key("0x" + hex16 + strings.Repeat("0", 32)), ""},
		"the listed number as the key":  {key("ABC-1234567-6"), ""},
		"a key of something else":       {key("urn:uuid:2d9c1c5e-95a4-4c9a-8b1f-6f2f1f3f9a01"), "/key"},
		"a key that tells":              {key("SV9-7002227-0"), "/key"},
		"no key":                        {key(""), "/key"},
		"the listed number as a lookup": {lookup("number", "ABC-1234567-6"), ""},
		"a lookup in another spelling":  {lookup("link", strings.ToUpper(strings.TrimPrefix(linked, "urn:uuid:"))), ""},
		"a lookup of something else":    {lookup("link", home), "/lookups"},
		"a lookup that tells":           {lookup("number", "SV9-7002227-0"), "/lookups"},
		"a lookup whose name tells":     {lookup("of Acme Inc.", commitment), "/lookups"},
		"a name of the write that does": {named("entry SV9-7002227-0"), "/idempotencyKey"},
		"any other name of the write":   {named("the second try"), ""},
	} {
		r := disclosure.Rules{Policy: disclosure.Permissioned, Allow: []string{"/subject/entryNumber"}, Shape: at("/subject/entryNumber")}
		faults, sent := attemptWrite(t.Context(), t, r, writing(t, c.spoil))
		if passed := sent == 1; passed != (c.pointer == "") || !passed && !names(faults, c.pointer) {
			t.Errorf("%s: sent %d times, want a fault at %q\n%v", name, sent, c.pointer, faults)
		}
		neverRepeats(t, faults, "SV9-7002227-0")
	}
}

// A ledger's own field is listed by its native path, and holds everything but what other fields are for.
func TestAListedNativeFieldTakesWhatIsNoSecret(t *testing.T) {
	shape := append(disclosure.Shape{{Native: "/memo", Beside: true}}, foreign...)
	for value, pointer := range map[any]string{"batch 7 of 9": "", 17.0: "", "for Acme Inc.": "/memo", "see www.acme.example": "/memo", "184250": "/memo", "ABC 1234567 6": "/memo",
		base64.StdEncoding.EncodeToString([]byte("ABC-1234567-6")): "/memo", hex.EncodeToString([]byte("of " + number)): "/memo"} {
		for allow, listed := range map[string]bool{"native:/memo": true, "native:/mem": false, "/subject": false} {
			want := pointer
			if !listed {
				want = "/memo"
			}
			ctx := disclosure.WithDocument(t.Context(), document)
			faults, sent := attempt(ctx, t, disclosure.Rules{Policy: disclosure.Permissioned, Allow: []string{allow}, Shape: shape}, over(ld.Object{"memo": value}))
			if (sent == 1) != (want == "") || sent == 0 && !names(faults, want) {
				t.Errorf("%v under %s: sent %d times\n%v", value, allow, sent, faults)
			}
		}
	}
}

// A word of the document that a constant of the mapping is too is told by nobody.
func TestAConstantIsNoWordOfTheDocument(t *testing.T) {
	about := ld.Object{"credentialSubject": ld.Object{"remarks": "anchor", "importerOfRecord": ld.Object{"name": "Norte SA"},
		"lines": []any{ld.Object{"description": "Anchor", "enteredValue": ld.Object{"value": "1000", "currency": "USD"}}}}}
	ctx := disclosure.WithDocument(t.Context(), about)
	for constant, want := range map[any]int{"anchor": 1, 1000.0: 1, "norte-anchors": 0} {
		shape := append(disclosure.Shape{{Native: "/by", Codes: []any{constant}}}, foreign...)
		if faults, sent := attempt(ctx, t, disclosure.Rules{Policy: disclosure.Public, Shape: shape}, over(ld.Object{"by": constant})); sent != want {
			t.Errorf("%v: sent %d times, want %d\n%v", constant, sent, want, faults)
		}
	}
}

// A ledger's own URI has room for words, and tells nothing of the parties.
func TestALedgersNameThatTellsIsRefused(t *testing.T) {
	knowing := disclosure.WithDocument(t.Context(), document)
	for uri, c := range map[string]struct{ alone, told bool }{
		"urn:entry:" + number:                                    {true, true},
		"urn:entry:ABC-1234567-6":                                {true, true},
		"urn:importer:987-65-4321":                               {true, true},
		"urn:fabric:" + sum("genesis") + ":lakeshore-auto-parts": {false, true},
		"urn:sha256:" + sum(number):                              {false, true},
		"urn:fabric:" + sum("genesis") + ":anchors":              {false, false},
		"eip155:1:0x" + strings.Repeat("1a", 20):                 {false, false},
	} {
		for ctx, refused := range map[context.Context]bool{t.Context(): c.alone, knowing: c.told} {
			for _, spelling := range []string{uri, hex.EncodeToString([]byte(uri))} {
				faults, sent := attempt(ctx, t, disclosure.Rules{Policy: disclosure.Public, Shape: foreign}, over(ld.Object{"home": spelling}))
				if (sent == 0) != refused || refused && !names(faults, "/home") {
					t.Errorf("%s, with the document %t: sent %d times\n%v", spelling, ctx == knowing, sent, faults)
				}
			}
		}
	}
}

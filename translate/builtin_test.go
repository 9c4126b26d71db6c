package translate_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate"
)

const (
	id         = "urn:uuid:0d9c1c5e-95a4-4c9a-8b1f-6f2f1f3f9a01"
	linked     = "urn:uuid:5b0f2f7e-2f5c-4d3a-9a55-3f6a1b2c3d04"
	trade      = "urn:uuid:7e0a6a3e-1111-4222-8333-444455556666"
	commitment = "uAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)

var signer = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

func sign(t testing.TB) *model.Parsed {
	t.Helper()
	document := ld.Sum([]byte("a document"))
	p, err := model.SignRecord(model.Record{
		ID: id, Type: model.TypeEntrySummary, Ledger: trade, Version: 1, Event: "file",
		Issued: model.At(model.MustDate("2026-11-20").Time()), Digest: document,
		Links:    []model.Link{{Rel: "certificate", ID: linked, Ledger: trade, Version: 1, Digest: document}},
		Evidence: []model.Evidence{{ID: linked, Digest: document, MediaType: "application/vc"}},
		Lookups:  []string{commitment},
	}, signer)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func builtin(t testing.TB) *translate.Mapping {
	t.Helper()
	m, err := translate.Builtin("record")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The digest is in every verdict that was ever given. It changes only together with what the mapping does.
func TestTheDigestIsOverTheDefinition(t *testing.T) {
	definition := `{"ledger":{"index":["/lookups/*","/links/*/id"]},"mapping":"record","shape":"identity","version":1}`
	if got, want := builtin(t).Digest(), ld.Sum([]byte(definition)); got != want {
		t.Errorf("digest %s, want that of the definition, %s", got, want)
	}
}

func TestToAndBackLosesNothing(t *testing.T) {
	p, m := sign(t), builtin(t)
	body, lookups, err := m.Body(p)
	if err != nil {
		t.Fatal(err)
	}
	back, err := m.Record(&driver.Entry{Key: id, Version: 1, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(back.Bytes, p.Bytes) || back.Digest != p.Digest {
		t.Errorf("came back as %s\nwas %s", back.Bytes, p.Bytes)
	}
	want := []driver.Lookup{{Name: translate.Commitment, Value: commitment}, {Name: translate.Linked, Value: linked}}
	if !slices.Equal(lookups, want) {
		t.Errorf("lookups %v, want %v", lookups, want)
	}
}

// A body that is spelled in another way is the same record, and what leaves is its one canonical spelling.
func TestAnotherSpellingIsTheSameRecord(t *testing.T) {
	p, m := sign(t), builtin(t)
	var spaced bytes.Buffer
	if err := json.Indent(&spaced, p.Bytes, "", "  "); err != nil {
		t.Fatal(err)
	}
	back, err := m.Record(&driver.Entry{Body: spaced.Bytes()})
	if err != nil || back.Digest != p.Digest {
		t.Fatalf("%v, want the same record", err)
	}
	if body, _, err := m.Body(&model.Parsed{Bytes: spaced.Bytes()}); err != nil || !bytes.Equal(body, p.Bytes) {
		t.Errorf("%v, wrote %s", err, body)
	}
}

func TestWhatIsNoRecordNeitherEntersNorLeaves(t *testing.T) {
	p, m := sign(t), builtin(t)
	extra := bytes.Replace(p.Bytes, []byte(`"event"`), []byte(`"entryNumber":"ABC12345676","event"`), 1)
	for name, c := range map[string]struct {
		entry   driver.Entry
		pointer string
	}{
		"one member more":     {driver.Entry{Body: extra}, "/entryNumber"},
		"a member twice":      {driver.Entry{Body: bytes.Replace(p.Bytes, []byte(`"event"`), []byte(`"id":"x","event"`), 1)}, "/id"},
		"no JSON":             {driver.Entry{Body: []byte("record")}, ""},
		"nothing":             {driver.Entry{}, ""},
		"deleted":             {driver.Entry{Deleted: true}, ""},
		"deleted with a body": {driver.Entry{Deleted: true, Body: p.Bytes}, ""},
		"larger than any":     {driver.Entry{Body: bytes.Repeat([]byte(" "), model.RecordLimits.Bytes+1)}, ""},
	} {
		got, err := m.Record(&c.entry)
		var faults schemas.Faults
		if got != nil || !errors.As(err, &faults) || faults[0].Pointer != c.pointer {
			t.Errorf("%s: %v, %v; want a fault at %q", name, got, err, c.pointer)
		}
	}
	// A Parsed is an open struct: what its bytes say is what would leave, whatever its members say.
	forged := *p
	forged.Bytes = extra
	if body, lookups, err := m.Body(&forged); err == nil || body != nil || lookups != nil {
		t.Errorf("wrote %s, %v", body, err)
	}
}

func TestKeysAreIDs(t *testing.T) {
	m := builtin(t)
	for name, text := range map[string]string{
		"an entry number":      "ABC12345676",
		"nothing":              "",
		"no urn":               id[len("urn:uuid:"):],
		"capitals":             "urn:uuid:0D9C1C5E-95A4-4C9A-8B1F-6F2F1F3F9A01",
		"braces":               "{0d9c1c5e-95a4-4c9a-8b1f-6f2f1f3f9a01}",
		"of a time":            "urn:uuid:0d9c1c5e-95a4-1c9a-8b1f-6f2f1f3f9a01",
		"of another variant":   "urn:uuid:0d9c1c5e-95a4-4c9a-cb1f-6f2f1f3f9a01",
		"with something after": id + "0",
	} {
		if key, err := m.Key(text); err == nil {
			t.Errorf("%s: id %q became key %q", name, text, key)
		}
		if got, err := m.ID(text); err == nil {
			t.Errorf("%s: key %q became id %q", name, text, got)
		}
	}
	key, err := m.Key(id)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := m.ID(key); err != nil || back != id {
		t.Errorf("came back as %q, %v", back, err)
	}
}

func TestTheLedgersSectionIsTheCallersCopy(t *testing.T) {
	m := builtin(t)
	const want = `{"index":["/lookups/*","/links/*/id"]}`
	clear(m.Native())
	if got := string(m.Native()); got != want {
		t.Errorf("native section %s, want %s", got, want)
	}
}

func TestThereIsOneBuiltin(t *testing.T) {
	if _, err := translate.Builtin("invoice"); err == nil {
		t.Error("no error for an unknown builtin")
	}
}

// Whatever bytes come: no panic, and what is read is written as it was read.
func FuzzRecord(f *testing.F) {
	p, m := sign(f), builtin(f)
	f.Add(p.Bytes)
	f.Add(append([]byte(" "), p.Bytes...))
	f.Add([]byte(`{"id":"` + id + `"}`))
	f.Add([]byte("\xff\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := m.Record(&driver.Entry{Key: id, Version: 1, Body: body})
		if err != nil {
			return
		}
		written, _, err := m.Body(got)
		if err != nil || !bytes.Equal(written, got.Bytes) {
			t.Errorf("read, and written as %q, %v", written, err)
		}
	})
}

func ExampleBuiltin() {
	m, err := translate.Builtin("record")
	if err != nil {
		panic(err)
	}
	fmt.Println(string(m.Native()))
	key, _ := m.Key("urn:uuid:0d9c1c5e-95a4-4c9a-8b1f-6f2f1f3f9a01")
	fmt.Println(key)
	_, err = m.ID("ABC12345676")
	fmt.Println(err != nil)
	// Output:
	// {"index":["/lookups/*","/links/*/id"]}
	// urn:uuid:0d9c1c5e-95a4-4c9a-8b1f-6f2f1f3f9a01
	// true
}

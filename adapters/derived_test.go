package adapters_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

const (
	foreignKey = "ENTRY-ABC12345676"
	statusFile = `mapping: status
version: 1
type: EntrySummary
find: {/subject/entryNumber: {lookup: entryNo, format: {groups: "XXX-XXXXXXX-X"}}}
shape:
  - {model: /event, native: /status, table: {file: FILED, withdraw: WITHDRAWN}}
  - model: /links
    native: /certificates
    each:
      - {model: /rel, const: certificate}
      - {model: /id, native: /key, format: key}
`
	filedBody = `{"status":"FILED","certificates":[{"key":"CERT-1"}]}`
)

// failing is a store that can be made to fail.
type failing struct {
	driver.KV
	err error
}

func (f *failing) Get(key []byte) ([]byte, bool, error) {
	if f.err != nil {
		return nil, false, f.err
	}
	return f.KV.Get(key)
}

// deriving opens the ledger by a mapping that derives, with the ids of a secret.
func deriving(t testing.TB, secret byte) (kv *failing, with func(*adapters.Config, *adapters.Env)) {
	t.Helper()
	lasting := store.Memory()
	t.Cleanup(func() { _ = lasting.Close() })
	kv = &failing{KV: lasting.Sub("keys")}
	keys, err := translate.NewKeys(bytes.Repeat([]byte{secret}, 32), kv)
	if err != nil {
		t.Fatal(err)
	}
	m, err := translate.Parse("status.yaml", []byte(statusFile), translate.Options{Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	return kv, func(c *adapters.Config, _ *adapters.Env) { c.Mapping, c.Policy = m, disclosure.Permissioned }
}

// foreign is the ledger with two versions of a key, and the id that stands for it.
func foreign(t testing.TB, changes ...func(*adapters.Config, *adapters.Env)) (*node, *adapters.Ledger, string) {
	t.Helper()
	n := newNode(t)
	n.put(t, foreignKey, []byte(filedBody), []byte(`{"status":"WITHDRAWN"}`))
	_, with := deriving(t, 1)
	l := open(t, n, append([]func(*adapters.Config, *adapters.Env){with}, changes...)...)
	batch, err := l.Changes(ctx, "", 0, 0)
	if err != nil || len(batch.Readings) != 2 {
		t.Fatalf("%+v, %v", batch, err)
	}
	return n, l, batch.Readings[0].ID
}

func TestAReadingOfAnotherShapeSaysWhatStandsThere(t *testing.T) {
	n, l, id := foreign(t)
	r, err := l.Read(ctx, id, 1)
	if err != nil {
		t.Fatal(err)
	}
	s := r.Says
	if r.Record != nil || r.Derived == nil || r.ID != id || strings.Contains(id, "ABC") || r.Copy {
		t.Errorf("%+v", r)
	}
	author := n.Ledger.(interface{ Author() driver.Author }).Author()
	if s.Signed() || s.Type != model.TypeEntrySummary || s.Event != "file" || s.Version != 1 || s.Home != trade || s.Digest != ld.Sum([]byte(filedBody)) ||
		s.Document != s.Digest || s.Author.ID != author.ID || len(s.Links) != 1 || s.Links[0].Version != 0 || s.Issuer != "" {
		t.Errorf("%+v", s)
	}
	if r.Derived.ID != id || r.Derived.Version != 1 || r.Derived.From.Tx != r.Entry.Tx || r.Derived.From.Ledger != trade {
		t.Errorf("%+v", r.Derived)
	}
	if got, reason := outcome(r, trust.Proof); got != trust.NotOffered || !strings.Contains(reason, "nobody signed") {
		t.Errorf("proof %s: %s", got, reason)
	}
	if r.Checks[0].Outcome != trust.Valid || r.Checks[0].Method != "mapping status" {
		t.Errorf("%+v", r.Checks[0])
	}
}

// The same bytes are derived once, and what depends on where they stand is each entry's own.
func TestTheSameBytesInTwoPlaces(t *testing.T) {
	n, l, _ := foreign(t)
	n.put(t, "ENTRY-2", []byte(filedBody), []byte(filedBody))
	all, _ := follow(t, l)
	if len(all) != 4 {
		t.Fatalf("%d entries", len(all))
	}
	if a, b, c := all[0].Derived, all[2].Derived, all[3].Derived; a.ID == b.ID || b.ID != c.ID || b.Version != 1 || c.Version != 2 || a.From.Tx == b.From.Tx {
		t.Errorf("%+v\n%+v\n%+v", a, b, c)
	}
}

// A node that shows one entry in the place of another is found out by what the body says of its key, and what was found
// out of the bytes under one key is not believed under another.
func TestAnEntryInThePlaceOfAnother(t *testing.T) {
	lasting := store.Memory()
	t.Cleanup(func() { _ = lasting.Close() })
	keys, err := translate.NewKeys(bytes.Repeat([]byte{1}, 32), lasting.Sub("keys"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := translate.Parse("status.yaml", []byte(statusFile+"  - {native: /no, required: true}\nkeyAt: /no\n"), translate.Options{Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	n, body := newNode(t), []byte(`{"status":"FILED","no":"ENTRY-2"}`)
	for _, key := range []string{"ENTRY-1", "ENTRY-2", "ENTRY-3"} {
		n.put(t, key, body)
	}
	all, _ := follow(t, open(t, n, func(c *adapters.Config, _ *adapters.Env) { c.Mapping, c.Policy = m, disclosure.Permissioned }))
	for i, want := range []trust.Outcome{trust.Invalid, trust.Valid, trust.Invalid} {
		got, reason := outcome(all[i], trust.Schema)
		if got != want || (got == trust.Invalid) != strings.Contains(reason, "the key that the entry stands under") || strings.Contains(reason, "ENTRY") {
			t.Errorf("entry %d: %s because %q, want %s", i+1, got, reason, want)
		}
	}
}

// Ledgers that share what was found out do not share the ids that their secrets give.
func TestIDsOfAnotherSecretAreNotShared(t *testing.T) {
	shared := adapters.NewChecks(1 << 20)
	sharing := func(slug string) func(*adapters.Config, *adapters.Env) {
		return func(c *adapters.Config, e *adapters.Env) { c.Slug, e.Cache = slug, shared }
	}
	n, l, id := foreign(t, sharing("one"))
	_, with := deriving(t, 2)
	other := open(t, n, with, sharing("two"))
	batch, err := other.Changes(ctx, "", 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	one, err := l.Read(ctx, id, 1)
	if err != nil || batch.Readings[0].ID == id || batch.Readings[0].Says.Links[0].ID == one.Says.Links[0].ID {
		t.Errorf("%s and %s link to %v and %v, %v", id, batch.Readings[0].ID, one.Says.Links, batch.Readings[0].Says.Links, err)
	}
}

// No version names the one before it: that none is missing, and that they stand in order, is what can be held against them.
func TestOrderOfVersionsOfAnotherShape(t *testing.T) {
	n, l, id := foreign(t)
	h, err := l.History(ctx, id)
	if err != nil || len(h.Readings) != 2 || h.Versions.Outcome != trust.Valid || h.Versions.Method != "order of versions on the chain" {
		t.Errorf("%+v, %v", h, err)
	}
	for name, c := range map[string]struct {
		alter func(*driver.Entry)
		says  string
	}{
		"out of order": {func(e *driver.Entry) { e.Height = 10 - e.Version }, "stands on the chain before"},
		"unreadable":   {func(e *driver.Entry) { e.Body = []byte("{}") }, "cannot be read"},
		"a gap":        {func(e *driver.Entry) { e.Version *= 2 }, "version 1 is missing"},
	} {
		n.alter = c.alter
		if h, err = l.History(ctx, id); err != nil || h.Versions.Outcome != trust.Invalid || !strings.Contains(h.Versions.Reason, c.says) {
			t.Errorf("%s: %+v, %v", name, h.Versions, err)
		}
	}
}

func TestWhatALedgerOfAnotherShapeIsNotAsked(t *testing.T) {
	_, l, foreignID := foreign(t)
	never := "urn:uuid:0d9c1c5e-95a4-8c9a-8b1f-6f2f1f3f9a01"
	second := func(_ any, err error) error { return err }
	_, _, committed := l.Find(ctx, driver.Lookup{Name: translate.Commitment, Value: "u"}, "", 0)
	_, _, linked := l.Find(ctx, driver.Lookup{Name: translate.Linked, Value: foreignID}, "", 0)
	for name, c := range map[string]struct {
		err  error
		want driver.Code
	}{
		"a record to write":            {second(l.Submit(ctx, record(t, nil), "")), driver.Unsupported},
		"a lookup of ours":             {committed, driver.Unsupported},
		"a link of ours":               {linked, driver.Unsupported},
		"an id that was never given":   {second(l.Read(ctx, never, 0)), driver.Unsupported},
		"an id that is random":         {second(l.Read(ctx, id, 0)), driver.NotFound},
		"what is no id":                {second(l.Read(ctx, foreignKey, 0)), driver.Invalid},
		"a ledger of records for them": {second(open(t, newNode(t)).Read(ctx, foreignID, 0)), driver.NotFound},
	} {
		if driver.CodeOf(c.err) != c.want {
			t.Errorf("%s: %v, want %s", name, c.err, c.want)
		}
	}
}

func TestAnEntryIsFoundByTheLedgersOwnLookup(t *testing.T) {
	n, l, id := foreign(t)
	w := &driver.Write{Key: "ENTRY-9", Body: []byte(filedBody), Lookups: []driver.Lookup{{Name: "entryNo", Value: "ABC-1234567-6"}}}
	if _, err := n.Ledger.Append(ctx, w); err != nil {
		t.Fatal(err)
	}
	ids, next, err := l.FindEntry(ctx, "ABC12345676", "", 0)
	if err != nil || len(ids) != 1 || ids[0] == id || next != "" {
		t.Errorf("%v, %q, %v", ids, next, err)
	}
	if r, err := l.Read(ctx, ids[0], 0); err != nil || r.Entry.Key != "ENTRY-9" {
		t.Errorf("%+v, %v", r, err)
	}
	if _, _, err := open(t, newNode(t)).FindEntry(ctx, "ABC12345676", "", 0); driver.CodeOf(err) != driver.Unsupported {
		t.Errorf("%v, want unsupported of a ledger of records", err)
	}
}

// That an id cannot be kept is an outage, and says nothing of what stands there.
func TestAStoreOfKeysThatFailsIsNoVerdict(t *testing.T) {
	n := newNode(t)
	n.put(t, foreignKey, []byte(filedBody))
	kv, with := deriving(t, 1)
	l := open(t, n, with)
	kv.err = errors.New("disk full")
	if _, err := l.Changes(ctx, "", 0, 0); !driver.IsOutage(err) {
		t.Errorf("%v, want an outage", err)
	}
	kv.err = nil
	if b, err := l.Changes(ctx, "", 0, 0); err != nil || b.Readings[0].Says == nil {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestChecksThatNothingDerivedCanPass(t *testing.T) {
	_, with := deriving(t, 1)
	for _, name := range []string{trust.Proof, trust.Evidence} {
		c, e := adapters.Config{Slug: "trade", Require: []string{trust.Schema, name}}, adapters.Env{}
		with(&c, &e)
		if _, err := adapters.New(newNode(t), c, e); err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "could ever be") {
			t.Errorf("%s: %v, want it refused, and why", name, err)
		}
	}
	if got := open(t, newNode(t), with).Describe().Require; strings.Join(got, " ") != strings.Join(adapters.DefaultRequireDerived, " ") {
		t.Errorf("requires %v", got)
	}
}

// FuzzDerived: whatever stands on the ledger, a reading says something or why not, and never both.
func FuzzDerived(f *testing.F) {
	f.Add([]byte(filedBody))
	f.Add([]byte(`{"status":"FILED","certificates":[{}]}`))
	f.Add([]byte(`{"status":`))
	_, with := deriving(f, 1)
	f.Fuzz(func(t *testing.T, body []byte) {
		n := newNode(t)
		n.put(t, foreignKey, []byte(filedBody))
		n.alter = func(e *driver.Entry) { e.Body = body }
		b, err := open(t, n, with).Changes(ctx, "", 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		r := b.Readings[0]
		if got, reason := outcome(r, trust.Schema); (got == trust.Valid) != (r.Says != nil) || got != trust.Valid && reason == "" {
			t.Errorf("schema %s because %q, says %v", got, reason, r.Says)
		}
	})
}

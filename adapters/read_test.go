package adapters_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

func TestReadAnHonestRecord(t *testing.T) {
	n := newNode(t)
	chain := versions(t, 2)
	n.put(t, id, chain[0].Bytes, chain[1].Bytes)
	l := open(t, n, anchored(n))
	for version, want := range map[uint64]*model.Parsed{0: chain[1], 1: chain[0], 2: chain[1]} {
		r := read(t, l, version)
		for _, name := range []string{trust.Schema, trust.Proof, trust.Inclusion} {
			if got, reason := outcome(r, name); got != trust.Valid || reason != "" {
				t.Errorf("version %d: %s is %s, %q", version, name, got, reason)
			}
		}
		if r.Record.Digest != want.Digest || r.Copy || r.Proof == nil {
			t.Errorf("version %d: %+v", version, r)
		}
	}
}

func TestAReadingSaysWhereItIsFromAndHowItWasRead(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	l := open(t, n)
	r := read(t, l, 0)
	if r.ID != id || r.Ledger != trade || r.Slug != "trade" || r.Mapping != l.Describe().Mapping {
		t.Errorf("named %s on %s (%s) by %s", r.ID, r.Ledger, r.Slug, r.Mapping)
	}
}

// Whatever a node or another writer puts in the place of a record comes out as an invalid check, with its reason: never
// as an error, and never silently.
func TestReadSaysWhatIsWrong(t *testing.T) {
	good := record(t, nil)
	flipped := bytes.Replace(good.Bytes, []byte(`"event":"file"`), []byte(`"event":"refile"`), 1)
	unknown := bytes.Replace(good.Bytes, []byte("https://w3id.org/fta/v1"), []byte("https://example.com/fta"), 1)
	strangers := record(t, nil, func(r *model.Record) { r.Issued = model.At(noon.AddDate(1, 0, 0)) })
	body := func(b []byte) func(*driver.Entry) { return func(e *driver.Entry) { e.Body = b } }
	for name, c := range map[string]struct {
		alter func(*driver.Entry)
		check string
		says  string
	}{
		"an altered body":       {body(flipped), trust.Proof, "signature"},
		"another proof's value": {body(withProofOf(t, good, strangers)), trust.Proof, "signature"},
		"an unknown context":    {body(unknown), trust.Schema, "/@context"},
		"no JSON":               {body([]byte("file")), trust.Schema, ""},
		"nothing":               {body(nil), trust.Schema, ""},
		"not UTF-8":             {body([]byte("{\"id\":\"\xff\"}")), trust.Schema, "UTF-8"},
		"a member twice":        {body(bytes.Replace(good.Bytes, []byte(`"event"`), []byte(`"id":"x","event"`), 1)), trust.Schema, "/id"},
		"oversized":             {body(bytes.Repeat([]byte(" "), 8<<20)), trust.Schema, "bytes"},
		"deeply nested":         {body(bytes.Repeat([]byte(`{"a":`), 10_000)), trust.Schema, ""},
		"deleted":               {func(e *driver.Entry) { e.Deleted, e.Body = true, nil }, trust.Schema, "deleted"},
		"another record's body": {body(record(t, nil, func(r *model.Record) { r.ID = other }).Bytes), trust.Schema, "/id"},
		"another record's entry": {func(e *driver.Entry) {
			e.Key, e.Body = other, record(t, nil, func(r *model.Record) { r.ID = other }).Bytes
		}, trust.Schema, "another key"},
		"a key that is no id":      {func(e *driver.Entry) { e.Key = "ABC12345676" }, trust.Schema, "no record can stand"},
		"another version's entry":  {func(e *driver.Entry) { e.Version = 2 }, trust.Schema, "version 1 was asked for"},
		"a later version's record": {body(record(t, good).Bytes), trust.Schema, "/version"},
		"the chain's own blocks":   {func(e *driver.Entry) { e.Contradiction = "block 1 has another hash" }, trust.Inclusion, "another hash"},
		"a body that is not the proven one": {body(record(t, nil, func(r *model.Record) { r.Event = "refile" }).Bytes),
			trust.Inclusion, "does not lead"},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNode(t)
			n.put(t, id, good.Bytes)
			n.alter = c.alter
			r := read(t, open(t, n, anchored(n)), 1)
			got, reason := outcome(r, c.check)
			if got != trust.Invalid || !strings.Contains(reason, c.says) {
				t.Errorf("%s is %q, %q; want invalid with %q", c.check, got, reason, c.says)
			}
			if strings.Contains(reason, "ABC12345676") {
				t.Errorf("the reason shows a value: %s", reason)
			}
			if v := trust.Judge(r.Checks, []string{trust.Schema, trust.Proof}, trust.Subject{}); v.Outcome != trust.Invalid {
				t.Errorf("the verdict is %s", v.Outcome)
			}
		})
	}
}

// withProofOf gives a record the proof of another one.
func withProofOf(t *testing.T, p, from *model.Parsed) []byte {
	t.Helper()
	mine, theirs := p.Proof["proofValue"].(string), from.Proof["proofValue"].(string)
	out := bytes.Replace(p.Bytes, []byte(mine), []byte(theirs), 1)
	if bytes.Equal(out, p.Bytes) {
		t.Fatal("the proofs are the same")
	}
	return out
}

func TestACopyIsFlaggedAndIsNoFault(t *testing.T) {
	n := newNode(t)
	home := versions(t, 3)
	for i := range home {
		home[i] = record(t, nil, func(r *model.Record) { r.Ledger, r.Version = cbp, uint64(i+1) }, func(r *model.Record) {
			if i > 0 {
				r.Previous = &home[i-1].Digest
			}
		})
	}
	n.put(t, id, home[2].Bytes) // the third version at home, and the first one here
	l := open(t, n)
	r := read(t, l, 0)
	if !r.Copy {
		t.Error("not flagged as a copy")
	}
	if got, reason := outcome(r, trust.Schema); got != trust.Valid {
		t.Errorf("schema is %s: %s", got, reason)
	}
	if r.Link.Outcome != trust.NotOffered {
		t.Errorf("link %+v, want not offered: the versions are its home's", r.Link)
	}
	h, err := l.History(ctx, id)
	if err != nil || h.Versions.Outcome != trust.NotOffered {
		t.Errorf("history %+v, %v; want not offered", h, err)
	}
}

func TestAnErrorIsThatThereIsNoAnswer(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	l := open(t, n)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	for name, c := range map[string]struct {
		read func() error
		want driver.Code
	}{
		"an id that no record has": {func() error { _, err := l.Read(ctx, "ABC12345676", 0); return err }, driver.Invalid},
		"proven absent":            {func() error { _, err := l.Read(ctx, other, 0); return err }, driver.NotFound},
		"a version too many":       {func() error { _, err := l.Read(ctx, id, 2); return err }, driver.NotFound},
		"the caller went away":     {func() error { _, err := l.Read(gone, id, 0); return err }, driver.Canceled},
	} {
		if got := driver.CodeOf(c.read()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	n.chain.Stop()
	if _, err := l.Read(ctx, id, 0); driver.CodeOf(err) != driver.Unavailable {
		t.Errorf("the chain is down: %v", err)
	}
}

func TestADriverThatBreaksItsInterfaceIsCorrupt(t *testing.T) {
	empty := ""
	for name, spoil := range map[string]func(*node){
		"no entry": func(n *node) {
			n.get = func(context.Context, driver.Ref) (*driver.Entry, error) { return nil, nil }
			n.page = func(context.Context, string, uint64) ([]*driver.Entry, error) { return []*driver.Entry{nil}, nil }
		},
		"no URI": func(n *node) { n.uri = &empty },
	} {
		n := newNode(t)
		n.put(t, id, record(t, nil).Bytes)
		spoil(n)
		l := open(t, n)
		if _, err := l.Read(ctx, id, 0); driver.CodeOf(err) != driver.Corrupt {
			t.Errorf("%s: Read answers %v", name, err)
		}
		if _, err := l.History(ctx, id); driver.CodeOf(err) != driver.Corrupt {
			t.Errorf("%s: History answers %v", name, err)
		}
	}
}

func TestInclusion(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	strange, err := newNode(t).chain.Connect(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	with := func(a driver.Anchors) func(*adapters.Config, *adapters.Env) {
		return func(c *adapters.Config, _ *adapters.Env) { c.Anchors = a }
	}
	for name, c := range map[string]struct {
		l    *adapters.Ledger
		want trust.Outcome
		says string
	}{
		"by the chain's own anchors":    {open(t, n, anchored(n)), trust.Valid, ""},
		"by another chain's anchors":    {open(t, n, with(strange.Chain().Anchors())), trust.Invalid, "not signed"},
		"by anchors that mean nothing":  {open(t, n, with(driver.Anchors(`{}`))), trust.Undetermined, "anchors"},
		"without anchors":               {open(t, n), trust.NotOffered, "no anchors"},
		"a ledger that offers no proof": {open(t, proofless{n}, anchored(n)), trust.NotOffered, "offers no proofs"},
		"a proof that cannot be had":    {open(t, dumb{n}, anchored(n)), trust.Undetermined, "unavailable"},
		"no proof and no error":         {open(t, silent{n}, anchored(n)), trust.Undetermined, "corrupt"},
	} {
		if got, reason := outcome(read(t, c.l, 0), trust.Inclusion); got != c.want || !strings.Contains(reason, c.says) {
			t.Errorf("%s: %s, %q; want %s with %q", name, got, reason, c.want, c.says)
		}
	}
}

type proofless struct{ *node }

func (p proofless) Describe() driver.Description {
	d := p.node.Describe()
	d.Abilities = []driver.Ability{driver.AbilityRead}
	return d
}

type dumb struct{ *node }

func (dumb) Prove(context.Context, *driver.Entry) (*driver.Proof, error) {
	return nil, driver.Errorf(driver.Unavailable, "node.internal:8443 does not answer")
}

type silent struct{ *node }

func (silent) Prove(context.Context, *driver.Entry) (*driver.Proof, error) { return nil, nil }

func TestFinality(t *testing.T) {
	chain := memory.NewChain(memory.Options{URI: trade, FinalAfter: 2})
	n, err := chain.Connect(issuer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.Append(ctx, &driver.Write{Key: id, Body: record(t, nil).Bytes}); err != nil {
		t.Fatal(err)
	}
	final := open(t, n)
	latest := open(t, n, func(c *adapters.Config, _ *adapters.Env) { c.Finality = driver.Latest })
	if _, err := final.Read(ctx, id, 0); driver.CodeOf(err) != driver.NotFound {
		t.Errorf("before it is final: %v, want not-found", err)
	}
	if asOf := read(t, latest, 0).AsOf(); asOf.Final || asOf.Height != 1 || asOf.Ledger != trade {
		t.Errorf("the latest is as of %+v", asOf)
	}
	chain.Advance()
	chain.Advance()
	if asOf := read(t, final, 0).AsOf(); !asOf.Final {
		t.Errorf("final is as of %+v", asOf)
	}
}

func TestProveGivesTheProofToWhoChecksItHimself(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	e, p, err := open(t, n).Prove(ctx, id, 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := driver.Verify(e, p, n.chain.Anchors()); got.Outcome != driver.Verified {
		t.Errorf("%+v, want valid", got)
	}
	if e, p, err := open(t, n).Prove(ctx, other, 1); driver.CodeOf(err) != driver.NotFound || e != nil || p != nil {
		t.Errorf("%v %v %v, want not-found alone", e, p, err)
	}
}

package adapters_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	trade = "urn:uuid:7e0a6a3e-1111-4222-8333-444455556666" // the ledger of these tests
	cbp   = "urn:uuid:7e0a6a3e-1111-4222-8333-000000000000" // another one
	id    = "urn:uuid:0d9c1c5e-95a4-4c9a-8b1f-6f2f1f3f9a01"
	other = "urn:uuid:5b0f2f7e-2f5c-4d3a-9a55-3f6a1b2c3d04"
)

var (
	ctx    = context.Background()
	issuer = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	noon   = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
)

// record signs a version of a record, after previous (nil: the first), with changes.
func record(t testing.TB, previous *model.Parsed, changes ...func(*model.Record)) *model.Parsed {
	t.Helper()
	r := model.Record{
		ID: id, Type: model.TypeEntrySummary, Ledger: trade, Version: 1, Event: "file", Issued: model.At(noon),
		Digest: ld.Sum([]byte("a document")), Lookups: []string{"uAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
	}
	if previous != nil {
		r.Version, r.Previous, r.Event = previous.Version+1, &previous.Digest, "refile"
	}
	for _, change := range changes {
		change(&r)
	}
	r.Evidence = []model.Evidence{{ID: other, Digest: r.Digest, MediaType: "application/vc"}}
	p, err := model.SignRecord(r, issuer)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// versions signs a chain of n versions.
func versions(t testing.TB, n int) []*model.Parsed {
	t.Helper()
	all := []*model.Parsed{record(t, nil)}
	for len(all) < n {
		all = append(all, record(t, all[len(all)-1]))
	}
	return all
}

// node is a memory chain that may lie, break or stall, as each test wants it.
type node struct {
	driver.Ledger
	chain *memory.Chain
	get   func(context.Context, driver.Ref) (*driver.Entry, error)                     // nil: the chain's
	page  func(ctx context.Context, key string, after uint64) ([]*driver.Entry, error) // nil: the chain's
	alter func(*driver.Entry)                                                          // every entry that is answered
	uri   *string
	asks  int // of Prove
}

func newNode(t testing.TB) *node {
	t.Helper()
	chain := memory.NewChain(memory.Options{URI: trade, PageSize: 2, Now: func() time.Time { return noon }})
	l, err := chain.Connect(issuer)
	if err != nil {
		t.Fatal(err)
	}
	return &node{Ledger: l, chain: chain}
}

// put appends bytes past every check of the gateway, as whoever else writes to the chain can.
func (n *node) put(t testing.TB, key string, bodies ...[]byte) {
	t.Helper()
	for i, body := range bodies {
		if _, err := n.Ledger.Append(ctx, &driver.Write{Key: key, Expect: uint64(i), Body: body}); err != nil {
			t.Fatal(err)
		}
	}
}

func (n *node) Describe() driver.Description {
	d := n.Ledger.Describe()
	if n.uri != nil {
		d.URI = *n.uri
	}
	return d
}

func (n *node) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	get := n.Ledger.Get
	if n.get != nil {
		get = n.get
	}
	e, err := get(ctx, ref)
	n.tamper(e)
	return e, err
}

func (n *node) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if n.page != nil {
		return n.page(ctx, key, after)
	}
	entries, err := n.Ledger.Versions(ctx, key, after, limit)
	for _, e := range entries {
		n.tamper(e)
	}
	return entries, err
}

func (n *node) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	n.asks++
	return n.Ledger.Prove(ctx, e)
}

func (n *node) tamper(e *driver.Entry) {
	if e != nil && n.alter != nil {
		n.alter(e)
	}
}

// open builds a Ledger on a node. It is closed with the test.
func open(t testing.TB, n driver.Ledger, changes ...func(*adapters.Config, *adapters.Env)) *adapters.Ledger {
	t.Helper()
	c, e := adapters.Config{Slug: "trade"}, adapters.Env{Now: func() time.Time { return noon }}
	for _, change := range changes {
		change(&c, &e)
	}
	l, err := adapters.New(n, c, e)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// anchored gives a Ledger the anchors of the node's own chain.
func anchored(n *node) func(*adapters.Config, *adapters.Env) {
	return func(c *adapters.Config, _ *adapters.Env) { c.Anchors = n.chain.Anchors() }
}

func read(t testing.TB, l *adapters.Ledger, version uint64) *adapters.Reading {
	t.Helper()
	r, err := l.Read(ctx, id, version)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// outcome gives the outcome of a check of a Reading, empty if there is no such check, and why.
func outcome(r *adapters.Reading, name string) (trust.Outcome, string) {
	for _, c := range r.Checks {
		if c.Name == name {
			return c.Outcome, c.Reason
		}
	}
	return "", ""
}

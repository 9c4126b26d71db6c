// Package gatewaytest makes a small world for tests: two ledgers, customs and two parties with keys, participants, an
// evidence server, and a gateway over all of it. Everything is real but the ledgers, which are in memory.
package gatewaytest

import (
	"context"
	"crypto"
	"crypto/ecdh"
	"maps"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
	"github.com/ftagateway/ftagateway/trust/key"
)

// World is a gateway over ledgers "trade" and "cbp", the latter customs' own.
type World struct {
	t       testing.TB
	Gateway *gateway.Gateway
	Config  gateway.Config

	Importer *filing.Partner // files entries under filer code ABC
	Exporter *filing.Partner // certifies
	Customs  *filing.Partner // decides

	Trade, CBP driver.Ledger // the chains themselves, for tests that go behind the gateway's back
	Evidence   *Evidence

	options  Options
	chains   map[string]driver.Ledger // by slug
	reached  map[string]driver.Ledger // the same, with what Options.Wrap put before them
	issuer   crypto.Signer
	holder   crypto.Signer // CBP's capability key
	cbpKey   *ecdh.PrivateKey
	folder   string
	lasting  *store.Store
	deadline time.Time
}

// Options change a world before it is made.
type Options struct {
	// Wrap puts something between the adapters and the chain of that slug, for example a dishonest node.
	Wrap func(slug string, chain driver.Ledger) driver.Ledger
	// Also adds ledgers beside trade and cbp, by slug.
	Also map[string]driver.Ledger
	// Mappings are those of ledgers of another shape, by slug; they are permissioned. The others hold records.
	Mappings map[string]*translate.Mapping
	Require  map[string][]string // the checks that must be valid there, by slug; a ledger's usual ones if none are named
	// Mirrors adds further nodes of the trade chain, by slug. They only read.
	Mirrors []string
	// Limits bound the calls on every ledger; adapters.DefaultLimits if zero.
	Limits adapters.Limits
	// NativeWrites lets whoever speaks the ledger protocol write to every ledger.
	NativeWrites bool
	MaxAge       time.Duration // of what the ledgers' caches answer; zero: none has any
}

// New makes a world, which ends with the test.
func New(t testing.TB, o Options) *World {
	t.Helper()
	w := &World{t: t, folder: t.TempDir(), options: o, issuer: newSigner(t), holder: newSigner(t), cbpKey: newLookup(t),
		deadline: time.Now().Add(24 * time.Hour)}
	w.lasting = store.Memory()
	t.Cleanup(func() { _ = w.lasting.Close() })
	w.Evidence = newEvidence(t)
	w.Trade = memory.New(memory.Options{ForTesting: true})
	w.CBP = memory.New(memory.Options{ForTesting: true})
	w.people()
	w.open(o)
	w.handOver()
	return w
}

// open makes the gateway over the ledgers.
func (w *World) open(o Options) {
	issuer := must(key.DID(w.issuer))(w.t)
	w.Config = gateway.Config{
		Participants: must(trust.LoadParticipants(w.folder, trust.Issuers{Any: []string{issuer}}))(w.t),
		Witness:      must(witness.Open(w.lasting.Sub("witness"), time.Now))(w.t),
		Store:        w.lasting.Sub("submissions"), Signer: newSigner(w.t), Lookup: w.cbpKey,
	}
	w.Config.Holdings = must(client.OpenHoldings(client.HoldingsConfig{
		Store: w.lasting.Sub("capabilities"), Controller: must(key.DID(w.holder))(w.t),
	}))(w.t)
	w.Config.Evidence = must(client.New(client.Config{Holdings: w.Config.Holdings, Signer: w.holder, AllowPrivate: loopback}))(w.t)
	w.connect(o)
	w.Config.Members = w.members()
	w.Gateway = must(gateway.New(w.Config))(w.t)
}

// Afresh is a gateway over the same ledgers that has seen and kept nothing yet.
func (w *World) Afresh() *gateway.Gateway {
	w.t.Helper()
	return w.over(w.members())
}

// over is a gateway that has seen and kept nothing yet, and is another one than the world's.
func (w *World) over(members []gateway.Member) *gateway.Gateway {
	w.t.Helper()
	lasting := store.Memory()
	w.t.Cleanup(func() { _ = lasting.Close() })
	c := w.Config
	c.Witness, c.Store = must(witness.Open(lasting.Sub("witness"), time.Now))(w.t), lasting.Sub("submissions")
	c.Signer, c.Members = newSigner(w.t), members
	return must(gateway.New(c))(w.t)
}

// connect makes the chains, and the nodes that mirror one.
func (w *World) connect(o Options) {
	w.chains = map[string]driver.Ledger{"trade": w.Trade, "cbp": w.CBP}
	maps.Copy(w.chains, o.Also)
	for _, slug := range o.Mirrors {
		w.chains[slug] = must(w.memory("trade").Chain().Connect(nil))(w.t)
	}
	w.reached = maps.Clone(w.chains)
	if o.Wrap == nil {
		return
	}
	for slug, chain := range w.chains {
		w.reached[slug] = o.Wrap(slug, chain)
	}
}

func (w *World) members() []gateway.Member {
	var all []gateway.Member
	for slug, chain := range w.reached {
		l := must(adapters.New(chain, w.ledgerConfig(slug), adapters.Env{}))(w.t)
		w.t.Cleanup(func() { _ = l.Close() })
		all = append(all, gateway.Member{Ledger: l, Customs: slug == "cbp", Mirror: slices.Contains(w.options.Mirrors, slug)})
	}
	return all
}

func (w *World) ledgerConfig(slug string) adapters.Config {
	c := adapters.Config{Slug: slug, Limits: w.options.Limits, Mapping: w.options.Mappings[slug], Require: w.options.Require[slug], NativeWrites: w.options.NativeWrites, MaxAge: w.options.MaxAge}
	if c.Mapping != nil {
		c.Policy = disclosure.Permissioned
	}
	return c
}

// handOver gives CBP a capability to everybody's evidence.
func (w *World) handOver() {
	reader := must(key.DID(w.holder))(w.t)
	for _, p := range []*filing.Partner{w.Importer, w.Exporter, w.Customs} {
		c := must(p.Admit(reader, w.deadline))(w.t)
		must(w.Config.Holdings.Add(c))(w.t)
	}
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

func newSigner(t testing.TB) crypto.Signer {
	return must(key.NewSigner())(t)
}

func newLookup(t testing.TB) *ecdh.PrivateKey { return must(key.NewLookup())(t) }

// must gives a value, or ends the test.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// Context ends well after any call of a test should have.
func (w *World) Context() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	w.t.Cleanup(cancel)
	return ctx
}

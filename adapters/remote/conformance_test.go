package remote_test

import (
	"context"
	"crypto/ed25519"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
	"github.com/ftagateway/ftagateway/trust/did"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/ftagateway/ftagateway/conformance/faulty.leftBehind"))
}

// network is a server behind a network that can be cut.
type network struct {
	*httptest.Server
	down atomic.Bool
}

func serve(t testing.TB, h http.Handler) *network {
	t.Helper()
	n := &network{}
	n.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.down.Load() {
			panic(http.ErrAbortHandler)
		}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(n.Close)
	return n
}

func (n *network) cut() (restore func()) {
	n.down.Store(true)
	return func() { n.down.Store(false) }
}

func (n *network) url() string { return "ledger+" + n.URL }

func (n *network) open(ctx context.Context) (driver.Ledger, error) {
	return driver.Open(ctx, n.url(), driver.Env{})
}

// TestConformance plays the whole suite against a memory chain behind HTTP: what the chain can say must arrive.
func TestConformance(t *testing.T) {
	for name, o := range map[string]memory.Options{
		"final at once":         {ForTesting: true, PageSize: 10, MaxBody: 64 << 10},
		"final two blocks late": {ForTesting: true, PageSize: 3, MaxBody: 64 << 10, FinalAfter: 2},
	} {
		t.Run(name, func(t *testing.T) {
			for _, seed := range conformancetest.Seeds(t) {
				report := conformance.Test(t, overHTTP(t, o), conformance.Options{Seed: seed})
				if n := report.Summary.NotOffered; n > 0 {
					t.Errorf("%d cases were not played", n)
				}
			}
		})
	}
}

func overHTTP(t testing.TB, o memory.Options) conformance.Harness {
	t.Helper()
	chain := memory.NewChain(o)
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	inner, err := chain.Connect(key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { inner.Close() })
	n, other := serve(t, ledgerhttp.New(inner, ledgerhttp.Options{})), serve(t, ledgerhttp.New(memory.New(o), ledgerhttp.Options{}))
	return conformance.Harness{
		Open: n.open, Reopen: n.open, Outage: n.cut, Another: other.open,
		Advance: func(context.Context) error {
			chain.Advance()
			return nil
		},
		Author:       driver.Author{Kind: "did", ID: did.FromEd25519(key.Public().(ed25519.PublicKey))},
		Mapping:      conformancetest.Mapping(),
		Anchors:      chain.Anchors,
		OtherAnchors: memory.NewChain(memory.Options{}).Anchors,
	}
}

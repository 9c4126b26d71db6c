package ethereum_test

import (
	"context"
	"encoding/hex"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/conformance"
)

// TestMain looks for what the driver leaves behind. The node in this process leaves goroutines of its own: its cache of
// senders has no end, and its database's ends later.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreTopFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"),
		goleak.IgnoreTopFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"))
}

// cable is the way to a chain, which can be cut.
type cable struct {
	*httptest.Server
	cut atomic.Bool
}

func newCable(t testing.TB, to string) *cable {
	t.Helper()
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{}
	proxy := httputil.NewSingleHostReverseProxy(u)
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	proxy.Transport = transport
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c.cut.Load() {
			panic(http.ErrAbortHandler)
		}
		// Without it the answer is cut off where it comes before the proxy has seen that the request is at its end.
		_ = http.NewResponseController(w).EnableFullDuplex()
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		c.Close()
		transport.CloseIdleConnections()
	})
	return c
}

func (c *cable) outage() (restore func()) {
	c.cut.Store(true)
	return func() { c.cut.Store(false) }
}

// newStore is a store that lasts as long as the test.
func newStore(t testing.TB) driver.KV {
	t.Helper()
	s := store.Memory()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Sub("ledger")
}

// at is a ledger's URL for an endpoint.
func at(endpoint, more string) string { return "ethereum+" + endpoint + "?testing=1" + more }

func author(c *chain) driver.Author {
	return driver.Author{Kind: "address", ID: strings.ToLower(c.writer.Hex())}
}

// newKey draws a key as bytes32 is spelled.
func newKey(r *rand.Rand) string {
	var key [32]byte
	for i := range key {
		key[i] = byte(r.Uint32())
	}
	return "0x" + hex.EncodeToString(key[:])
}

// TestConformance plays the whole suite against a chain of go-ethereum in this process.
func TestConformance(t *testing.T) {
	c, other := newChain(t, 1_000_000), newChain(t, 2_000_000)
	contract, elsewhere := c.reference(), other.reference()
	wire, kv := newCable(t, c.url), newStore(t)
	open := func(ctx context.Context) (driver.Ledger, error) {
		return driver.Open(ctx, at(wire.URL, ""), driver.Env{Native: reference(contract, ""), Store: kv, Signer: account.Local(c.key)})
	}
	report := conformance.Test(t, conformance.Harness{
		Open: open, Reopen: open, Outage: wire.outage, NewKey: newKey, Advance: c.advance, Author: author(c),
		Anchors: c.anchored(contract), OtherAnchors: other.anchored(contract),
		Another: func(ctx context.Context) (driver.Ledger, error) {
			return driver.Open(ctx, at(other.url, ""), driver.Env{Native: reference(elsewhere, ""), Store: newStore(t)})
		},
	}, conformance.Options{Seed: 1})
	t.Logf("%+v", report.Summary)
}

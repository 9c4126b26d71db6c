package webledger_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
	"github.com/ftagateway/ftagateway/ld"
)

// realNode is a node on CometBFT in this process, behind a network that can be cut.
type realNode struct {
	url  string
	down atomic.Bool
}

func newRealNode(t testing.TB) *realNode {
	t.Helper()
	n, err := node.Open(context.Background(), node.Config{Home: t.TempDir(), ApprovedSigners: []string{didOf(newKey(0))}})
	if err != nil {
		t.Fatal(err)
	}
	r := &realNode{}
	handler := n.Handler()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if r.down.Load() {
			panic(http.ErrAbortHandler)
		}
		handler.ServeHTTP(w, req)
	}))
	r.url = "webledger+" + server.URL + "?testing=1"
	t.Cleanup(func() {
		server.Close()
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func (r *realNode) cut() (restore func()) {
	r.down.Store(true)
	return func() { r.down.Store(false) }
}

// TestConformance plays the whole suite against a real node.
func TestConformance(t *testing.T) {
	n, other, kv := newRealNode(t), newStandIn(t), newTable()
	open := func(ctx context.Context) (driver.Ledger, error) {
		return driver.Open(ctx, n.url, driver.Env{Store: kv, Signer: newKey(0)})
	}
	h := conformance.Harness{
		Open: open, Reopen: open, Outage: n.cut, NewKey: randomKey, NewBody: randomBody,
		Another: func(ctx context.Context) (driver.Ledger, error) {
			return driver.Open(ctx, other.url(), driver.Env{Store: newTable()})
		},
		Author: driver.Author{Kind: "did", ID: didOf(newKey(0))},
	}
	for _, seed := range conformancetest.Seeds(t) {
		report := conformance.Test(t, h, conformance.Options{Seed: seed})
		t.Logf("seed %d: %+v", seed, report.Summary)
	}
}

func randomKey(r *rand.Rand) string {
	var id uuid.UUID
	for i := range id {
		id[i] = byte(r.Uint32())
	}
	return id.URN()
}

// randomBody makes a record of the asked size that nobody wrote before.
func randomBody(r *rand.Rand, b conformance.Body) []byte {
	lookups := []any{}
	for _, l := range b.Lookups {
		lookups = append(lookups, l.Value)
	}
	record := ld.Object{"id": b.Key, "lookups": lookups, "nonce": fmt.Sprintf("%016x", r.Uint64()), "fill": ""}
	short, _ := ld.JCS(record)
	record["fill"] = strings.Repeat("x", max(0, b.Size-len(short)))
	body, _ := ld.JCS(record)
	return body
}

// Two gateways on one real node write the same versions at once. Exactly one of them wins each, both learn the truth,
// and both read the same afterwards.
func TestTwoGatewaysOnOneRealNode(t *testing.T) {
	n, key := newRealNode(t), newID()
	ledgers := []*opened{openOn(t, n.url, newTable(), newKey(0)), openOn(t, n.url, newTable(), newKey(0))}
	for version := 1; version <= 4; version++ {
		if won := race(t, ledgers, key, version); won != 1 {
			t.Fatalf("version %d: %d won", version, won)
		}
	}
	var newest [2]*driver.Entry
	for i, l := range ledgers {
		all, err := l.Versions(within(t), key, 0, 0)
		if err != nil || len(all) != 4 {
			t.Fatalf("%d versions, %v", len(all), err)
		}
		newest[i] = all[3]
	}
	if string(newest[0].Body) != string(newest[1].Body) || newest[0].Tx != newest[1].Tx {
		t.Errorf("one reads %+v, the other %+v", newest[0], newest[1])
	}
}

// A node tells a signer that its ledger does not approve of so, and the driver tells the caller.
func TestARealNodeRefusesAStranger(t *testing.T) {
	n := newRealNode(t)
	l := openOn(t, n.url, newTable(), newKey(9))
	_, err := l.Append(within(t), write(t, newID(), 1))
	wantCode(t, err, driver.PermissionDenied)
}

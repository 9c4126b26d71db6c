package fabric_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http/httptest"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	_ "github.com/ftagateway/ftagateway/adapters/remote"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/conformance"
)

// told is a driver that tells less of what peers said than was asked of them, or otherwise.
type told struct {
	driver.Ledger
	retell func(answers []any) []any
}

// Prove makes a good proof, and retells its answers.
func (l told) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	p, err := l.Ledger.Prove(ctx, e)
	if err != nil {
		return nil, err
	}
	var parts map[string]any
	decoder := json.NewDecoder(bytes.NewReader(p.Data))
	decoder.UseNumber()
	if err := decoder.Decode(&parts); err != nil {
		return nil, err
	}
	parts["answers"] = l.retell(parts["answers"].([]any))
	p.Data, err = json.Marshal(parts)
	return p, err
}

// TestNetworkOnePeersWordIsNotTwo plays drivers that take one peer's word where the anchors want two organisations': the
// suite catches each. A proof that only says too little refutes nothing.
func TestNetworkOnePeersWordIsNotTwo(t *testing.T) {
	n, kv := theNetwork(t, "FTA_FABRIC"), store.Memory()
	t.Cleanup(func() { kv.Close() })
	for name, retell := range map[string]func(answers []any) []any{
		"one answer":        func(a []any) []any { return a[:1] },
		"one answer, twice": func(a []any) []any { return []any{a[0], a[0]} },
		"no answer":         func([]any) []any { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			open := func(ctx context.Context) (driver.Ledger, error) {
				l, err := n.open(ctx, kv.Sub("x"))
				return told{l, retell}, err
			}
			report := conformance.Run(t.Context(), conformance.Harness{Open: open, Reopen: open, Anchors: n.anchors(t)},
				conformance.Options{Seed: 1, Cases: []string{"proof/verifies"}})
			if r := report.Cases[0]; r.Outcome != conformance.Fail || r.Failure.Step != 2 {
				t.Fatalf("%s, %+v: the proof should not verify", r.Outcome, r.Failure)
			}
			t.Logf("expected %s, got %s", report.Cases[0].Failure.Expected, report.Cases[0].Failure.Got)
		})
	}
}

// TestNetworkProofsThroughARemoteLedger plays the proofs' cases through the ledger protocol: what lies between may be
// anybody's, and needs no trust.
func TestNetworkProofsThroughARemoteLedger(t *testing.T) {
	n, kv := theNetwork(t, "FTA_FABRIC"), store.Memory()
	t.Cleanup(func() { kv.Close() })
	l, err := n.open(t.Context(), kv.Sub("x"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	server := httptest.NewServer(ledgerhttp.New(l, ledgerhttp.Options{}))
	defer server.Close()
	open := func(ctx context.Context) (driver.Ledger, error) {
		return driver.Open(ctx, "ledger+"+server.URL, driver.Env{})
	}
	report := conformance.Test(t, conformance.Harness{Open: open, Reopen: open, Anchors: n.anchors(t)},
		conformance.Options{Seed: 1, Levels: []conformance.Level{conformance.LevelProof}})
	t.Logf("%+v", report.Summary)
}

package fabric_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	_ "github.com/ftagateway/ftagateway/adapters/remote"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/trust"
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
	if _, err := l.Head(t.Context()); err != nil { // the channel is read before anybody asks what the ledger offers
		t.Fatal(err)
	}
	server := httptest.NewServer(ledgerhttp.New(l, ledgerhttp.Options{}))
	defer server.Close()
	open := func(ctx context.Context) (driver.Ledger, error) {
		return driver.Open(ctx, "ledger+"+server.URL, driver.Env{})
	}
	report := conformance.Test(t, conformance.Harness{Open: open, Reopen: open, Anchors: n.anchors(t)},
		conformance.Options{Seed: 1, Levels: []conformance.Level{conformance.LevelProof}})
	if report.Summary.Pass < 7 {
		t.Errorf("%+v: nothing was proven", report.Summary)
	}
}

// TestNetworkVerdictsSayWhatWasChecked reads an entry as a gateway does. With anchors the verdict's line says that orderers,
// creator, endorsers and peers of both organisations were held to them; without, that nobody was; and it is no proof where
// the anchors are of another network.
func TestNetworkVerdictsSayWhatWasChecked(t *testing.T) {
	n := theNetwork(t, "FTA_FABRIC")
	anchors := n.anchors(t)()
	stranger := bytes.ReplaceAll(anchors, []byte(`"channel": "trade"`), []byte(`"channel": "other"`))
	for name, tc := range map[string]struct {
		anchors driver.Anchors
		want    trust.Outcome
		words   []string
	}{
		"with anchors": {anchors, trust.Valid, []string{"signed by orderers", "creator's signature", "endorsements (MAJORITY peer)", "peers of Org1MSP, Org2MSP"}},
		"with none":    {nil, trust.NotOffered, []string{"no anchors are configured"}},
		"with others":  {stranger, trust.Invalid, []string{`channel "other"`}},
	} {
		c := n.inclusionOf(t, tc.anchors)
		for _, words := range tc.words {
			if c.Outcome != tc.want || !strings.Contains(c.Method+c.Reason, words) {
				t.Errorf("%s: %+v, want %s, %q", name, c, tc.want, words)
			}
		}
	}
}

// inclusionOf writes an entry, and reads it through a gateway's ledger with such anchors.
func (n *running) inclusionOf(t *testing.T, anchors driver.Anchors) trust.Check {
	t.Helper()
	kv := store.Memory()
	defer kv.Close()
	chain, err := n.open(t.Context(), kv.Sub("x"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := adapters.New(chain, adapters.Config{Slug: "trade", Anchors: anchors}, adapters.Env{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	id := "urn:uuid:" + uuid.NewString()
	if _, err := chain.Append(t.Context(), &driver.Write{Key: id, Body: []byte("no record, but written")}); err != nil {
		t.Fatal(err)
	}
	r, err := l.Read(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(r.Checks, func(c trust.Check) bool { return c.Name == trust.Inclusion })
	if at < 0 {
		t.Fatalf("%+v", r.Checks)
	}
	return r.Checks[at]
}

// TestNetworkAProofWaitsForAPeer kills the peer of one of two organisations: what the other says alone is no verdict, and
// the entry is proven when the peer is back.
func TestNetworkAProofWaitsForAPeer(t *testing.T) {
	n, kv := theNetwork(t, "FTA_FABRIC_OTHER"), store.Memory()
	t.Cleanup(func() { kv.Close() })
	l, err := n.open(t.Context(), kv.Sub("x"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	w, anchors := newWrite(), n.anchors(t)()
	eventually(t, func(ctx context.Context) (*driver.Receipt, error) { return l.Append(ctx, w) })
	prove := func(ctx context.Context) (driver.Result, error) {
		e, err := l.Get(ctx, driver.Ref{Key: w.Key})
		if err != nil {
			return driver.Result{}, err
		}
		p, err := l.Prove(ctx, e)
		if err != nil {
			return driver.Result{}, err
		}
		return driver.Verify(e, p, anchors), nil
	}
	n.kill(t, "peer2")
	t.Cleanup(func() { n.restart(t) })
	if got := eventually(t, prove); got.Outcome != driver.Undetermined || !strings.Contains(got.Reason, "said by Org1MSP") {
		t.Errorf("%+v: one of two organisations cannot be asked", got)
	}
	n.restart(t)
	got := eventually(t, func(ctx context.Context) (driver.Result, error) {
		got, err := prove(ctx)
		if err == nil && got.Outcome == driver.Undetermined {
			err = driver.Errorf(driver.Unavailable, "%s", got.Reason)
		}
		return got, err
	})
	if got.Outcome != driver.Verified {
		t.Errorf("%+v", got)
	}
}

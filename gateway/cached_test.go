package gateway_test

import (
	"context"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/trust"
)

// stalled is a world whose ledger "trade" is followed up to its beginning and no further, with a record that somebody else
// wrote there.
func stalled(t *testing.T) (*gatewaytest.World, gatewaytest.Filed) {
	o := gatewaytest.Options{MaxAge: 10 * time.Minute}
	o.Wrap = func(_ string, chain driver.Ledger) driver.Ledger {
		return &gatewaytest.Bent{Ledger: chain, OnChanges: func(ctx context.Context, _ driver.Cursor, _ int, _ time.Duration) (*driver.Batch, error) {
			<-ctx.Done()
			return nil, driver.FromContext(ctx)
		}}
	}
	w := gatewaytest.New(t, o)
	filed := w.Make(w.Importer, "trade", recently(), filing.Filing{})
	w.Write("trade", filed.Record.ID, filed.Record)
	return w, filed
}

func newest(t *testing.T, w *gatewaytest.World, id string, terms adapters.Terms) *gateway.Answer {
	t.Helper()
	a, err := w.Gateway.LedgerRecord(adapters.WithTerms(w.Context(), terms), "trade", id, 0, gateway.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// cachedNow reads until the answer comes from the cache.
func cachedNow(t *testing.T, w *gatewaytest.World, id string) *gateway.Answer {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(time.Millisecond) {
		newest(t, w, id, adapters.Terms{})
		a, err := w.Gateway.LedgerRecord(adapters.WithTerms(w.Context(), adapters.Terms{OnlyIfCached: true}), "trade", id, 0, gateway.Options{})
		if err == nil {
			return a
		}
	}
	t.Fatal("nothing is cached")
	return nil
}

// An honest ledger is never called a liar because of a cache: what was witnessed since is asked for again
// (seen.Relation != witness.Same, in judgeCached).
func TestWhatWasWitnessedSinceIsAskedOfTheLedger(t *testing.T) {
	w, filed := stalled(t)
	if a := cachedNow(t, w, filed.Record.ID); a.Verdict.Outcome != trust.Valid || a.Version != 1 {
		t.Fatalf("%+v", a)
	}
	next := w.Make(w.Importer, "trade", recently(), filing.Filing{Previous: filed.Record})
	w.Write("trade", next.Record.ID, next.Record)
	if a := newest(t, w, filed.Record.ID, adapters.Terms{}); a.Version != 1 || a.Verdict.Outcome != trust.Valid {
		t.Errorf("within the bound, and before anybody saw more: %+v", a)
	}
	if _, err := w.Gateway.LedgerVersions(w.Context(), "trade", filed.Record.ID, 0, 0, gateway.Options{}); err != nil {
		t.Fatal(err)
	}
	if a := newest(t, w, filed.Record.ID, adapters.Terms{}); a.Version != 2 || a.Verdict.Outcome != trust.Valid {
		t.Errorf("version %d is %+v, want version 2, valid", a.Version, a.Verdict)
	}
}

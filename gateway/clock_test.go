package gateway_test

import (
	"context"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

// wrongBy is a gateway over the ledgers of a world whose clock is wrong by some time, in all of its parts.
func wrongBy(t *testing.T, w *gatewaytest.World, off *time.Duration) *gateway.Gateway {
	t.Helper()
	now := func() time.Time { return time.Now().Add(*off) }
	lasting := store.Memory()
	t.Cleanup(func() { _ = lasting.Close() })
	log, err := witness.Open(lasting.Sub("witness"), now)
	if err != nil {
		t.Fatal(err)
	}
	c := w.Config
	c.Witness, c.Store, c.Now = log, lasting.Sub("submissions"), now
	g, err := gateway.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// A clock that is an hour off, either way, makes nothing invalid and nothing younger or older than the chain says. The
// chain's time counts.
func TestAClockThatIsAnHourOffChangesNoVerdict(t *testing.T) {
	for name, off := range map[string]time.Duration{"ahead": time.Hour, "behind": -time.Hour} {
		t.Run(name, func(t *testing.T) {
			w := gatewaytest.New(t, gatewaytest.Options{})
			w.Gateway = wrongBy(t, w, &off) // submissions go through it too
			_, entry := fileIn(w)
			w.Decide(entry, lifecycle.Accept, "")
			w.File(w.Importer, "trade", unclaimed(), filing.Filing{})

			file := open(t, w, entry.Record.ID, withDocuments)
			wantOutcome(t, file, trust.Valid, "accepted")
			for _, a := range append(append(file.Versions, file.Linked...), *file.Summary) {
				wantYoung(t, a.Ledger, a.Verdict.AsOf.Age)
			}
			for _, s := range file.Sources {
				if s.AsOf != nil {
					wantYoung(t, s.Ledger, s.AsOf.Age)
				}
			}
			if found, err := w.Gateway.Find(w.Context(), sample.EntryUSMCA); err != nil || len(found.Entries) == 0 {
				t.Errorf("%+v, %v", found, err)
			}
			w.Stop("trade")
			stale := open(t, w, entry.Record.ID, withDocuments)
			wantOutcome(t, stale, trust.Undetermined, "")
			wantYoung(t, "stale", stale.Summary.Verdict.AsOf.Age)
		})
	}
}

// wantYoung expects the age of what came within this test.
func wantYoung(t *testing.T, of string, age *int64) {
	t.Helper()
	if age == nil || *age < 0 || *age > 60 {
		t.Errorf("%s: age %v, want some seconds at most", of, age)
	}
}

// A clock that was put back after a version was seen does not hide that the version was taken back.
func TestAClockThatIsPutBackHidesNoRollback(t *testing.T) {
	off := time.Hour
	w, b := bent(t, gatewaytest.Options{})
	w.Gateway = wrongBy(t, w, &off)
	entry := w.File(w.Importer, "trade", unclaimed(), filing.Filing{})
	w.Decide(entry, lifecycle.Reject, "", "004")
	w.File(w.Importer, "trade", unclaimed(), filing.Filing{Previous: entry.Record})
	off = 0
	rollBack(b)
	answer, err := w.Gateway.LedgerRecord(w.Context(), "trade", entry.Record.ID, 0, gateway.Options{})
	if err != nil || lineOf(answer.Verdict, trust.Versions).Outcome != trust.Invalid {
		t.Errorf("%+v, %v: want its versions invalid", answer, err)
	}
}

// rollBack makes a node that shows the first version of everything as its newest.
func rollBack(b *gatewaytest.Bent) {
	b.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		return b.Ledger.Get(ctx, driver.Ref{Key: ref.Key, Version: 1})
	}
}

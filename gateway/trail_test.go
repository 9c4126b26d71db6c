package gateway_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

// both are the ledgers of a world as a test watches them.
func both(t *testing.T) (*gatewaytest.World, map[string]*gatewaytest.Bent) {
	b := map[string]*gatewaytest.Bent{"trade": {}, "cbp": {}}
	return gatewaytest.New(t, gatewaytest.Options{Wrap: func(slug string, chain driver.Ledger) driver.Ledger {
		b[slug].Ledger = chain
		return b[slug]
	}}), b
}

// What an entry led to before is read while its summary is: here the summary is only answered once both records were asked for.
func TestWhatAnEntryLedToIsReadWithItsSummary(t *testing.T) {
	w, ledgers := both(t)
	certificate, entry := fileIn(w)
	decision := w.Decide(entry, lifecycle.Accept, "")
	open(t, w, entry.Record.ID, withDocuments)
	var asked sync.Map
	for _, b := range ledgers {
		b.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
			asked.Store(ref.Key, true)
			for ref.Key == entry.Record.ID && !all(&asked, certificate.Record.ID, decision.Record.ID) {
				select {
				case <-ctx.Done():
					return nil, driver.FromContext(ctx)
				case <-time.After(time.Millisecond):
				}
			}
			return b.Ledger.Get(ctx, ref)
		}
	}
	wantOutcome(t, open(t, w, entry.Record.ID, withDocuments), trust.Valid, "accepted")
}

func all(asked *sync.Map, keys ...string) bool {
	return !slices.ContainsFunc(keys, func(key string) bool { _, was := asked.Load(key); return !was })
}

// refiled files an entry again after its rejection, under another certificate, which it answers.
func refiled(w *gatewaytest.World, entry gatewaytest.Filed) (other gatewaytest.Filed) {
	other = w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{})
	w.Decide(entry, lifecycle.Reject, "", "004")
	w.File(w.Importer, "trade", sample.Summary(model.USMCA, other.Pin()), filing.Filing{Previous: entry.Record})
	return other
}

// A certificate that an entry names no more is in its file no more, and nobody asks for its document.
func TestWhatAnEntryLedToBeforeIsNotShown(t *testing.T) {
	w, certificate, entry := filed(t)
	open(t, w, entry.Record.ID, withDocuments)
	other := refiled(w, entry)
	before := w.Evidence.Asked.Load()
	file := open(t, w, entry.Record.ID, withDocuments)
	if n := w.Evidence.Asked.Load() - before; n != 4 { // of both versions, of the rejection, and of the other certificate
		t.Errorf("documents were asked for %d times, want 4", n)
	}
	if !slices.ContainsFunc(file.Linked, func(a gateway.Answer) bool { return a.ID == other.Record.ID }) {
		t.Errorf("linked are %+v, want the certificate %s among them", file.Linked, other.Record.ID)
	}
	for _, a := range append(file.Linked, file.Others...) {
		if a.ID == certificate.Record.ID {
			t.Error("the certificate is shown that the entry named before")
		}
	}
}

// once answers the first question for the newest version of a key in its own way.
func once(b *gatewaytest.Bent, key string, answer func(context.Context) (*driver.Entry, error)) (asked *atomic.Int32) {
	asked = &atomic.Int32{}
	b.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		if ref.Key == key && ref.Version == 0 && asked.Add(1) == 1 {
			return answer(ctx)
		}
		return b.Ledger.Get(ctx, ref)
	}
	return asked
}

// corrected is a certificate that was corrected, and an entry that was filed again under the correction, both past another
// gateway, which has read them as they were before.
func corrected(t *testing.T, w *gatewaytest.World) (past *gateway.Gateway, certificate, entry gatewaytest.Filed) {
	first, entry := fileIn(w)
	past = w.Afresh()
	reopen(t, w, past, entry)
	certificate = w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{Previous: first.Record})
	w.Decide(entry, lifecycle.Reject, "", "004")
	return past, certificate, w.File(w.Importer, "trade", sample.Summary(model.USMCA, certificate.Pin()), filing.Filing{Previous: entry.Record})
}

func reopen(t *testing.T, w *gatewaytest.World, g *gateway.Gateway, entry gatewaytest.Filed) *gateway.EntryFile {
	t.Helper()
	file, err := g.Entry(w.Context(), entry.Record.ID, withDocuments)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// A certificate may be corrected, and the entry then filed under the correction, between the two readings of one file: what was
// read before that is read again.
func TestWhatWasReadBeforeTheSummaryIsAsNewAsTheSummarySawIt(t *testing.T) {
	w, ledgers := both(t)
	past, certificate, entry := corrected(t, w)
	for name, stale := range map[string]func(context.Context) (*driver.Entry, error){
		"an older version": func(ctx context.Context) (*driver.Entry, error) {
			return w.Trade.Get(ctx, driver.Ref{Key: certificate.Record.ID, Version: 1})
		},
		"nothing yet": func(context.Context) (*driver.Entry, error) { return nil, driver.Errorf(driver.NotFound, "not yet") },
	} {
		g := past
		if name == "nothing yet" {
			g = w.Gateway
			reopen(t, w, g, entry)
		}
		asked := once(ledgers["trade"], certificate.Record.ID, stale)
		file := reopen(t, w, g, entry)
		at := slices.IndexFunc(file.Linked, func(a gateway.Answer) bool { return a.ID == certificate.Record.ID })
		if file.Outcome != trust.Valid || at < 0 || file.Linked[at].Version != 2 || asked.Load() != 2 {
			t.Errorf("%s: %s with %+v after %d questions, want version 2 after 2", name, file.Outcome, file.Linked, asked.Load())
		}
	}
}

// A ledger that shows less than was seen of it is not asked again until it shows that.
func TestARollbackBesideTheSummaryIsFound(t *testing.T) {
	w, ledgers := both(t)
	past, certificate, entry := corrected(t, w)
	reopen(t, w, past, entry)
	asked := once(ledgers["trade"], certificate.Record.ID, func(ctx context.Context) (*driver.Entry, error) {
		return w.Trade.Get(ctx, driver.Ref{Key: certificate.Record.ID, Version: 1})
	})
	if file := reopen(t, w, past, entry); file.Outcome != trust.Invalid || asked.Load() != 1 {
		t.Errorf("%s after %d questions, want invalid after one", file.Outcome, asked.Load())
	}
}

// Whoever could not be asked for what an entry led to is not asked for it once more, and is named.
func TestALedgerThatIsDownIsAskedOnceForWhatAnEntryLedTo(t *testing.T) {
	w, ledgers := both(t)
	certificate, entry := fileIn(w)
	open(t, w, entry.Record.ID, withDocuments)
	asked := once(ledgers["trade"], certificate.Record.ID, func(context.Context) (*driver.Entry, error) {
		return nil, driver.Errorf(driver.Corrupt, "not now")
	})
	file := open(t, w, entry.Record.ID, gateway.Options{})
	if file.Outcome != trust.Undetermined || asked.Load() != 1 {
		t.Errorf("%s after %d questions, want undetermined after one: %v", file.Outcome, asked.Load(), file.Reasons)
	}
}

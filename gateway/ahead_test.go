package gateway_test

import (
	"context"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/trust"
)

// late is a ledger that answers a reader only once something else has happened.
type late struct {
	driver.Ledger
	until func() bool // nil: at once
}

func (l *late) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	for l.until != nil && !l.until() {
		select {
		case <-ctx.Done():
			return nil, driver.FromContext(ctx)
		case <-time.After(time.Millisecond):
		}
	}
	return l.Ledger.Get(ctx, ref)
}

// Documents, and what the summary links to, wait for no ledger that is not asked for them: here customs' ledger answers
// whether it holds the summary only after both documents were asked for.
func TestAnEntryFileWaitsForNoLedgerThatItDoesNotNeed(t *testing.T) {
	cbp := &late{}
	w := gatewaytest.New(t, gatewaytest.Options{Wrap: func(slug string, chain driver.Ledger) driver.Ledger {
		if slug != "cbp" {
			return chain
		}
		cbp.Ledger = chain
		return cbp
	}})
	_, entry := fileIn(w)
	before := w.Evidence.Asked.Load()
	cbp.until = func() bool { return w.Evidence.Asked.Load() == before+2 }
	wantOutcome(t, open(t, w, entry.Record.ID, withDocuments), trust.Valid, "filed")
}

// A node that shows the summary first, as a mirror or a copy, has nothing begun for it that another would have to undo.
func TestWhatWasBegunForAReadingThatDoesNotCountIsNotShown(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{Mirrors: []string{"behind"}})
	_, entry := fileIn(w)
	before := w.Evidence.Asked.Load()
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	for _, other := range file.Others {
		if other.ID == entry.Record.ID && other.Document != nil {
			t.Errorf("%s shows the summary with a document", other.Ledger)
		}
	}
	if n := w.Evidence.Asked.Load() - before; n > 3 { // the summary's, and the certificate's from both nodes
		t.Errorf("documents were asked for %d times", n)
	}
}

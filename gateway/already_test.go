package gateway_test

import (
	"context"
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

// replica is another gateway over the same chains, whose drivers know nothing of what the first one's have sent.
func replica(w *gatewaytest.World) (g *gateway.Gateway, trade *gatewaytest.Bent) {
	forgetful := func(l driver.Ledger) *gatewaytest.Bent {
		b := &gatewaytest.Bent{Ledger: l}
		b.OnAppend = func(ctx context.Context, write *driver.Write) (*driver.Receipt, error) {
			own := *write
			own.IdempotencyKey += " of the replica"
			return l.Append(ctx, &own)
		}
		return b
	}
	trade = forgetful(w.Trade)
	return w.Second(gatewaytest.Reader{Config: adapters.Config{Slug: "trade"}, Chain: trade},
		gatewaytest.Reader{Config: adapters.Config{Slug: "cbp"}, Chain: forgetful(w.CBP)}), trade
}

// One gateway writes, its answer is lost, and the caller submits to the next one: what stands there is no conflict.
func TestWhatAnotherGatewayWroteIsNoConflict(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	entry := w.File(w.Importer, "trade", unclaimed(), filing.Filing{})
	first := w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{})
	next := w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{Previous: first.Record, Event: lifecycle.Replace})
	decided := w.Decide(entry, lifecycle.Accept, "")
	trade, cbp := w.Count("trade"), w.Count("cbp")
	for _, c := range []struct {
		name, slug string
		filed      gatewaytest.Filed
	}{{"a first version", "trade", entry}, {"one that was replaced", "trade", first}, {"one that replaces", "trade", next}, {"a decision", "cbp", decided}} {
		g, _ := replica(w)
		again, err := g.Submit(w.Context(), c.slug, c.filed.Submission())
		wantState(t, again, err, driver.Finally)
		if was := c.filed.Receipt; again.ID != was.ID || again.Tx != was.Tx || again.Height != was.Height || again.Digest != was.Digest {
			t.Errorf("%s: %+v, want what the other gateway answered: %+v", c.name, again, was)
		}
		if asked, err := g.Submitted(w.Context(), again.ID); err != nil || asked.State != driver.Finally {
			t.Errorf("%s: asked for by its id: %+v, %v", c.name, asked, err)
		}
	}
	if w.Count("trade") != trade || w.Count("cbp") != cbp {
		t.Errorf("%d and %d versions, want %d and %d", w.Count("trade"), w.Count("cbp"), trade, cbp)
	}
}

// Another record at that version is a conflict, as ever.
func TestAnotherRecordInItsPlaceIsAConflict(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	first := w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{})
	w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{Previous: first.Record, Event: lifecycle.Replace})
	late := w.Make(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{Previous: first.Record, Event: lifecycle.Replace})
	g, _ := replica(w)
	_, err := g.Submit(w.Context(), "trade", late.Submission())
	problemOf(t, err, gateway.Conflict)
}

// Two gateways send the same at once, and the chain puts both into blocks: the one without effect is no failure.
func TestTheSameWrittenTwiceAtOnceIsNoFailure(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	entry := w.File(w.Importer, "trade", unclaimed(), filing.Filing{})
	g, trade := replica(w)
	trade.OnAppend = func(context.Context, *driver.Write) (*driver.Receipt, error) {
		return &driver.Receipt{Tx: "0x2", State: driver.Rejected, Reason: "it had no effect"}, nil
	}
	again, err := g.Submit(w.Context(), "trade", entry.Submission())
	wantState(t, again, err, driver.Finally)
	if again.Tx != entry.Receipt.Tx {
		t.Errorf("transaction %s, want the one with an effect, %s", again.Tx, entry.Receipt.Tx)
	}
}

// What does not follow from what stands may stand there itself: that this cannot be looked at is no refusal.
func TestARefusalThatCannotBeLookedAtIsNone(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	first := w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{})
	next := w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{Previous: first.Record, Event: lifecycle.Withdraw})
	g, trade := replica(w)
	trade.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		if ref.Version == next.Record.Version {
			return nil, driver.Errorf(driver.Unavailable, "down")
		}
		return trade.Ledger.Get(ctx, ref)
	}
	_, err := g.Submit(w.Context(), "trade", next.Submission())
	problemOf(t, err, gateway.NotChecked)
	trade.OnGet = nil
	again, err := g.Submit(w.Context(), "trade", next.Submission())
	wantState(t, again, err, driver.Finally)
}

// Where the ledger cannot say what stands there, nothing is known yet; and it is found out later.
func TestAConflictThatCannotBeLookedAtIsNone(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	entry := w.File(w.Importer, "trade", unclaimed(), filing.Filing{})
	g, trade := replica(w)
	trade.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) {
		return nil, driver.Errorf(driver.Unavailable, "down")
	}
	pending, err := g.Submit(w.Context(), "trade", entry.Submission())
	wantState(t, pending, err, driver.Pending)
	trade.OnGet = nil
	settled, err := g.Submitted(w.Context(), pending.ID)
	wantState(t, settled, err, driver.Finally)
}

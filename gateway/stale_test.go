package gateway_test

import (
	"context"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/trust"
)

// hides makes a node that has never heard of anything, at a height.
func hides(b *gatewaytest.Bent, height uint64) {
	b.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) {
		return nil, driver.Errorf(driver.NotFound, "no such key")
	}
	b.OnFind = func(context.Context, driver.Lookup, string, int) ([]string, string, error) { return nil, "", nil }
	b.OnHead = func(context.Context) (driver.Head, error) {
		return driver.Head{Final: driver.Block{Height: height}}, nil
	}
}

func TestWhatNoLedgerShowsNowIsAnsweredAsItWasSeenLast(t *testing.T) {
	for name, c := range map[string]struct {
		now  func(w *gatewaytest.World, b *gatewaytest.Bent)
		want trust.Outcome
		says string
	}{
		"the ledger is down": {func(w *gatewaytest.World, _ *gatewaytest.Bent) { w.Stop("trade") },
			trust.Undetermined, "cannot be asked now"},
		"the ledger took it back": {func(_ *gatewaytest.World, b *gatewaytest.Bent) { hides(b, 100) },
			trust.Invalid, "now says that it has none"},
	} {
		t.Run(name, func(t *testing.T) {
			w, b := bent(t, gatewaytest.Options{})
			_, entry := fileIn(w)
			c.now(w, b)
			file := open(t, w, entry.Record.ID, withDocuments)
			wantOutcome(t, file, c.want, "")
			wantStale(t, *file.Summary, c.want, c.says)
			answer, err := w.Gateway.Record(w.Context(), entry.Record.ID, gateway.Options{})
			if err != nil || len(answer.Answers) != 1 {
				t.Fatalf("%+v, %v", answer, err)
			}
			wantStale(t, answer.Answers[0], c.want, c.says)
		})
	}
}

func wantStale(t *testing.T, a gateway.Answer, want trust.Outcome, says string) {
	t.Helper()
	if a.State != gateway.Stale || a.Version != 1 || a.Record != nil || a.Verdict.AsOf.Height == 0 {
		t.Errorf("%+v, want it stale, with what is remembered of it", a)
	}
	if line := lineOf(a.Verdict, trust.Versions); line.Outcome != want || !strings.Contains(line.Reason, says) {
		t.Errorf("%+v, want %s because it %q", line, want, says)
	}
}

// A node that has only just joined its chain shows little, and takes nothing back.
func TestANodeThatLagsTakesNothingBack(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	_, entry := fileIn(w)
	later := w.Afresh() // it remembers no block of the trade chain's but the one that the record stands in
	if _, err := later.LedgerRecord(w.Context(), "trade", entry.Record.ID, 0, gateway.Options{}); err != nil {
		t.Fatal(err)
	}
	reopened := w.Config
	reopened.Witness = later.Witness
	g, err := gateway.New(reopened)
	if err != nil {
		t.Fatal(err)
	}
	hides(b, 1)
	answer, err := g.Record(w.Context(), entry.Record.ID, gateway.Options{})
	if err != nil || len(answer.Answers) != 1 {
		t.Fatalf("%+v, %v", answer, err)
	}
	if line := lineOf(answer.Answers[0].Verdict, trust.Versions); line.Outcome != trust.Undetermined {
		t.Errorf("%+v, want undetermined: the node stands at height 1, and the record at height 2", line)
	}
}

func TestWhatWasNeverSeenIsNotFound(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	_, entry := fileIn(w)
	fresh := w.Afresh()
	hides(b, 100)
	_, err := fresh.Record(w.Context(), entry.Record.ID, gateway.Options{})
	problemOf(t, err, gateway.NotFound)
	w.Stop("cbp")
	_, err = fresh.Entry(w.Context(), entry.Record.ID, gateway.Options{})
	if p := problemOf(t, err, gateway.NotFoundSoFar); len(p.Ledgers) != 1 || p.Ledgers[0] != "cbp" {
		t.Errorf("%v, want cbp to be named", p.Ledgers)
	}
}

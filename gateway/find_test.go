package gateway_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/translate"
)

func TestANumberIsTakenAsPeopleWriteIt(t *testing.T) {
	w, _, entry := filed(t)
	n := sample.EntryUSMCA
	for _, written := range []string{n, strings.ToLower(n), n[:3] + "-" + n[3:10] + "-" + n[10:], " " + n + " "} {
		found, err := w.Gateway.Find(w.Context(), written)
		if err != nil || !slices.Equal(found.Entries, []string{entry.Record.ID}) {
			t.Errorf("%q: %v, %v", written, found, err)
		}
	}
}

func TestSeveralEntriesOfOneNumberAreAllFound(t *testing.T) {
	w, certificate, first := filed(t)
	second := w.File(w.Importer, "trade", sample.Summary(model.USMCA, certificate.Pin()), filing.Filing{})
	found, err := w.Gateway.Find(w.Context(), sample.EntryUSMCA)
	want := []string{first.Record.ID, second.Record.ID}
	slices.Sort(want)
	if err != nil || !slices.Equal(found.Entries, want) {
		t.Errorf("found %v, %v; want %v", found, err, want)
	}
}

func TestAWrongNumberIsRefusedWithoutBeingRepeated(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	for number, rule := range map[string]string{
		"":                       "filer code",
		"ABC123":                 "filer code",
		"ABC12345670":            "check digit",
		strings.Repeat("1", 100): "must have 11",
		sample.EntryCAFTADR:      "known participant",
	} {
		_, err := w.Gateway.Find(w.Context(), number)
		p := problemOf(t, err, gateway.BadInput)
		if len(p.Faults) != 1 || p.Faults[0].Pointer != "/entryNumber" || !strings.Contains(p.Faults[0].Rule, rule) {
			t.Errorf("%q: %+v, want a fault of /entryNumber about %q", number, p.Faults, rule)
		}
		if number != "" && strings.Contains(err.Error(), number) {
			t.Errorf("the refusal repeats the number: %v", err)
		}
	}
}

func TestAbsenceIsSaidOnlyWhereEveryLedgerCouldBeAsked(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	_, err := w.Gateway.Find(w.Context(), sample.EntryUSMCA)
	if problemOf(t, err, gateway.NotFound).Retryable() {
		t.Error("a proven absence is to be tried again")
	}
	w.Stop("trade")
	_, err = w.Gateway.Find(w.Context(), sample.EntryUSMCA)
	if p := problemOf(t, err, gateway.NotFoundSoFar); !p.Retryable() || !slices.Equal(p.Ledgers, []string{"trade"}) {
		t.Errorf("%+v, want it retryable, and trade named", p)
	}
}

// A gateway without CBP's lookup key can do everything else.
func TestWithoutALookupKeyNothingIsFoundByNumber(t *testing.T) {
	w, _, entry := filed(t)
	without := w.Config
	without.Lookup = nil
	g, err := gateway.New(without)
	if err != nil {
		t.Fatal(err)
	}
	_, err = g.Find(w.Context(), sample.EntryUSMCA)
	problemOf(t, err, gateway.NotConfigured)
	if _, err := g.Entry(w.Context(), entry.Record.ID, withDocuments); err != nil {
		t.Error(err)
	}
}

// The ledger is asked for keyed commitments, each unlike the number, one for each year of retention.
func TestTheNumberNeverReachesALedger(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	fileIn(w)
	asked := make(chan driver.Lookup, 100)
	b.OnFind = func(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error) {
		asked <- l
		return b.Ledger.Find(ctx, l, page, limit)
	}
	if _, err := w.Gateway.Find(w.Context(), sample.EntryUSMCA); err != nil {
		t.Fatal(err)
	}
	close(asked)
	seen := map[string]bool{}
	for l := range asked {
		seen[l.Value] = true
		if l.Name != translate.Commitment || strings.Contains(l.Value, sample.EntryUSMCA) {
			t.Errorf("the ledger was asked for %+v", l)
		}
	}
	if len(seen) != 6 {
		t.Errorf("%d commitments, want one for this year and each of the five before", len(seen))
	}
}

func TestALedgerThatPagesWithoutEndIsNotBelieved(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	for name, next := range map[string]func(page string) string{
		"the same page again": func(string) string { return "1" },
		"ever more pages":     func(page string) string { return page + "1" },
	} {
		t.Run(name, func(t *testing.T) {
			b.OnFind = func(_ context.Context, _ driver.Lookup, page string, _ int) ([]string, string, error) {
				return slices.Repeat([]string{model.NewID()}, 100), next(page), nil
			}
			_, err := w.Gateway.Find(w.Context(), sample.EntryUSMCA)
			problemOf(t, err, gateway.NotFoundSoFar)
		})
	}
}

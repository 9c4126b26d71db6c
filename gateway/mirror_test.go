package gateway_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/trust"
)

// another is a further chain, which has nothing to do with the others.
func another() map[string]driver.Ledger {
	return map[string]driver.Ledger{"other": memory.New(memory.Options{ForTesting: true})}
}

// liar makes the mirror of the trade chain one that can be bent.
func liar(t *testing.T) (*gatewaytest.World, *gatewaytest.Bent) {
	b := &gatewaytest.Bent{}
	return gatewaytest.New(t, gatewaytest.Options{
		Mirrors: []string{"mirror"},
		Wrap: func(slug string, chain driver.Ledger) driver.Ledger {
			if slug != "mirror" {
				return chain
			}
			b.Ledger = chain
			return b
		},
	}), b
}

func TestTwoNodesThatAgreeAreOneRecord(t *testing.T) {
	w, _ := liar(t)
	_, entry := fileIn(w)
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	if file.Summary.Ledger != "trade" || len(file.Findings) != 0 || len(file.Linked) != 1 {
		t.Errorf("summary of %s, %d linked, findings %v", file.Summary.Ledger, len(file.Linked), codes(file.Findings))
	}
}

// alter changes one byte of a record, where a node is asked for it: when it was issued.
func alter(b *gatewaytest.Bent, key string) {
	b.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := b.Ledger.Get(ctx, ref)
		if err == nil && ref.Key == key {
			e.Body = bytes.Replace(e.Body, []byte(`"issued":"202`), []byte(`"issued":"203`), 1)
		}
		return e, err
	}
}

func TestOfTwoNodesTheOneThatLiesIsContradicted(t *testing.T) {
	w, b := liar(t)
	certificate, entry := fileIn(w)
	for name, record := range map[string]gatewaytest.Filed{"about the summary": entry, "about a certificate": certificate} {
		t.Run(name, func(t *testing.T) {
			alter(b, record.Record.ID)
			file := open(t, w, entry.Record.ID, withDocuments)
			wantOutcome(t, file, trust.Valid, "filed")
			wantFinding(t, file.Findings, "ledger-contradicted")
			at := slices.IndexFunc(file.Others, func(a gateway.Answer) bool { return a.Ledger == "mirror" && a.ID == record.Record.ID })
			if at < 0 || file.Others[at].Verdict.Outcome != trust.Invalid || file.Others[at].Record != nil {
				t.Errorf("%d others, want the lie among them, invalid, without content", len(file.Others))
			}
		})
	}
}

func TestANodeThatTakesAVersionBackIsContradicted(t *testing.T) {
	w, b := liar(t)
	entry := w.File(w.Importer, "trade", recently(), filing.Filing{})
	w.Decide(entry, "reject", "", "004")
	w.File(w.Importer, "trade", recently(), filing.Filing{Previous: entry.Record})
	open(t, w, entry.Record.ID, withDocuments) // version 2 is seen
	b.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		ref.Version = 1
		return b.Ledger.Get(ctx, ref)
	}
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	wantFinding(t, file.Findings, "ledger-contradicted")
	if file.Summary.Version != 2 {
		t.Errorf("version %d counts, want 2", file.Summary.Version)
	}
}

func TestANodeThatIsDownIsNamedAndCostsNothingElse(t *testing.T) {
	w, b := liar(t)
	_, entry := fileIn(w)
	b.Fail(driver.Errorf(driver.Unavailable, "dial tcp 10.0.0.7:26657: connection refused"))
	file := open(t, w, entry.Record.ID, withDocuments)
	if file.Outcome != trust.Undetermined || file.Summary.Verdict.Outcome != trust.Valid {
		t.Errorf("outcome %s, summary %s", file.Outcome, file.Summary.Verdict.Outcome)
	}
	for _, s := range file.Sources {
		if (s.Ledger == "mirror") != (s.State == gateway.Unavailable) {
			t.Errorf("source %+v", s)
		}
	}
}

// A copy on another chain says whatever it likes, and nothing stands on it.
func TestACopyIsListedAndNeverCounted(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{Also: another()})
	certificate, entry := fileIn(w)
	w.Write("other", entry.Record.ID, entry.Record)
	w.Write("other", certificate.Record.ID, certificate.Record)
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	if file.Summary.Ledger != "trade" || len(file.Others) != 1 || !file.Others[0].Copy || len(file.Findings) != 0 {
		t.Errorf("summary of %s, others %+v, findings %v", file.Summary.Ledger, file.Others, codes(file.Findings))
	}
	answer, err := w.Gateway.Record(w.Context(), entry.Record.ID, gateway.Options{})
	if err != nil || len(answer.Answers) != 2 || answer.Answers[0].Copy || !answer.Answers[1].Copy {
		t.Errorf("%+v, %v: want home before copy", answer, err)
	}
}

func TestOnlyCopiesMakeNoEntry(t *testing.T) {
	there := gatewaytest.New(t, gatewaytest.Options{})
	_, entry := fileIn(there)
	here := gatewaytest.New(t, gatewaytest.Options{})
	here.Write("trade", entry.Record.ID, entry.Record)
	file := open(t, here, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Undetermined, "")
	if file.Summary != nil || len(file.Others) != 1 {
		t.Errorf("%+v, want the copy and no summary", file)
	}
}

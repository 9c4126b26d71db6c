package gateway_test

import (
	"strings"
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

// The same record id on another chain, by a participant of good standing: the chain that showed it first is its home.
func TestARecordIDIsClaimedOnAnotherLedger(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{Also: another()})
	_, entry := fileIn(w)
	open(t, w, entry.Record.ID, withDocuments)
	claim := w.Make(w.Exporter, "other", sample.Certificate(model.USMCA), filing.Filing{ID: entry.Record.ID})

	_, err := w.Gateway.Submit(w.Context(), "other", claim.Submission())
	problemOf(t, err, gateway.RuleBroken)

	w.Write("other", entry.Record.ID, claim.Record) // through another gateway
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	wantFinding(t, file.Findings, "ledger-contradicted")
	if file.Summary.Ledger != "trade" {
		t.Errorf("the summary of %s counts", file.Summary.Ledger)
	}
}

// Who may file entries may not file a further version of somebody else's.
func TestAnotherFilerCannotTakeOverAnEntry(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	entry := w.File(w.Importer, "trade", recently(), filing.Filing{})
	w.Decide(entry, lifecycle.Reject, "", "004")
	rival := w.Stranger()
	w.Vouch("rival", rival, model.ParticipantRole{Role: model.RoleBroker, FilerCode: "XYZ"})
	takeover := w.Make(rival, "trade", recently(), filing.Filing{Previous: entry.Record})
	s := takeover.Submission()
	s.Document = nil // with it, its commitment to the entry number would be found to be nobody's
	_, err := w.Gateway.Submit(w.Context(), "trade", s)
	if p := problemOf(t, err, gateway.RuleBroken); !points(p, "/record/issuer") {
		t.Errorf("%v, want /record/issuer to be named", p)
	}

	w.Write("trade", entry.Record.ID, takeover.Record) // through another gateway
	file := open(t, w, entry.Record.ID, withDocuments)
	if c := lineOf(file.Summary.Verdict, trust.Authority); c.Outcome != trust.Invalid || file.Status != "" {
		t.Errorf("%+v, status %q: want the takeover to be invalid", c, file.Status)
	}
	if v := file.Versions[0].Verdict.Outcome; v != trust.Valid {
		t.Errorf("the true first version is %s", v)
	}
}

// Anybody may write records that link to somebody else's entry. They are shown, and change nothing.
func TestWhatStrangersLinkToAnEntryDoesNotCount(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	_, entry := fileIn(w)
	decision := &model.EntryDisposition{Entry: entry.Pin(), Action: model.ActionReject, ReasonCodes: []string{"004"},
		DecidedOn: model.DateOf(time.Now())}
	bogus := w.Make(w.Stranger(), "trade", decision, filing.Filing{})
	w.Write("trade", bogus.Record.ID, bogus.Record)
	w.WriteRaw("trade", model.NewID(), []byte(`{"links":[{"id":"`+entry.Record.ID+`"}]}`),
		driver.Lookup{Name: "link", Value: entry.Record.ID})

	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	if len(file.Linked) != 1 || len(file.Others) != 2 {
		t.Errorf("%d linked and %d others, want the certificate, and what strangers wrote", len(file.Linked), len(file.Others))
	}
}

func TestAnUnknownIssuerIsUndetermined(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	stranger := w.Stranger()
	entry := w.Make(stranger, "trade", unclaimed(), filing.Filing{})
	_, err := w.Gateway.Submit(w.Context(), "trade", entry.Submission())
	problemOf(t, err, gateway.RuleBroken)

	w.Write("trade", entry.Record.ID, entry.Record)
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Undetermined, "filed")
	if c := lineOf(file.Summary.Verdict, trust.Authority); c.Outcome != trust.Undetermined {
		t.Errorf("%+v, want undetermined: nobody vouches for the key, and nobody says it is false", c)
	}

	w.Vouch("newcomer", stranger, model.ParticipantRole{Role: model.RoleBroker, FilerCode: "NEW"})
	if c := lineOf(open(t, w, entry.Record.ID, withDocuments).Summary.Verdict, trust.Authority); c.Outcome != trust.Valid {
		t.Errorf("%+v after somebody vouched for the key", c)
	}
}

// What a stolen key signs may stand on a chain under any date: only what was seen here before the theft counts.
func TestACompromisedKeyVouchesForWhatWasSeenBefore(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	seen := w.File(w.Importer, "trade", unclaimed(), filing.Filing{})
	open(t, w, seen.Record.ID, withDocuments)
	unseen := w.Make(w.Importer, "trade", unclaimed(), filing.Filing{})
	w.Write("trade", unseen.Record.ID, unseen.Record)
	w.Revoke(time.Now().Add(time.Second), model.RevokedCompromised)

	wantOutcome(t, open(t, w, seen.Record.ID, withDocuments), trust.Valid, "filed")
	file := open(t, w, unseen.Record.ID, withDocuments)
	if c := lineOf(file.Summary.Verdict, trust.Authority); c.Outcome != trust.Invalid || !strings.Contains(c.Reason, "compromised") {
		t.Errorf("what was never seen before: %+v, want invalid", c)
	}
	wantOutcome(t, open(t, w, seen.Record.ID, withDocuments), trust.Valid, "filed")

	w.Revoke(time.Now().Add(-time.Minute), model.RevokedCompromised)
	_, err := w.Gateway.Submit(w.Context(), "trade", w.Make(w.Importer, "trade", unclaimed(), filing.Filing{}).Submission())
	problemOf(t, err, gateway.RuleBroken)
}

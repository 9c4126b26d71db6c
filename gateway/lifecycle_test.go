package gateway_test

import (
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// recently is an entry of some days ago, so that it may be corrected whenever this test runs.
func recently() *model.EntrySummary {
	s := unclaimed()
	day := model.DateOf(time.Now().AddDate(0, 0, -20))
	s.EntryDate, s.ImportDate, s.ExportDate = day, day, day
	s.SummaryDate = model.DateOf(time.Now().AddDate(0, 0, -10))
	return s
}

func TestAnEntryGoesThroughItsLife(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	entry := w.File(w.Importer, "trade", recently(), filing.Filing{})
	stands := func(status string, versions, decisions int) {
		t.Helper()
		file := open(t, w, entry.Record.ID, withDocuments)
		wantOutcome(t, file, trust.Valid, status)
		if len(file.Versions) != versions || len(file.Linked) != decisions {
			t.Errorf("%d versions and %d decisions, want %d and %d", len(file.Versions), len(file.Linked), versions, decisions)
		}
	}
	stands("filed", 1, 0)

	rejection := w.Decide(entry, lifecycle.Reject, "Line 1: other goods.", "998")
	stands("rejected", 1, 1)
	if r := rejection.Record.Reason; len(r) != 1 || r[0] != "998" {
		t.Errorf("reasons %v on the ledger, want 998", r)
	}

	refiled := w.File(w.Importer, "trade", recently(), filing.Filing{Previous: entry.Record})
	stands("filed", 2, 1)

	w.Decide(refiled, lifecycle.Accept, "")
	stands("accepted", 2, 2)

	corrected := w.File(w.Importer, "trade", recently(), filing.Filing{Previous: refiled.Record, Event: lifecycle.Correct})
	stands("filed", 3, 2)

	w.Decide(corrected, lifecycle.Accept, "")
	stands("accepted", 3, 3)
}

func TestALiquidationIsProtestedAndDecided(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	entry := w.File(w.Importer, "trade", recently(), filing.Filing{})
	w.Decide(entry, lifecycle.Accept, "")
	w.Decide(entry, lifecycle.Liquidate, "As entered.")
	protest := w.File(w.Importer, "trade", recently(), filing.Filing{Previous: entry.Record, Event: lifecycle.Protest})
	wantOutcome(t, open(t, w, entry.Record.ID, withDocuments), trust.Valid, "protested")
	w.Decide(protest, lifecycle.Deny, "")
	wantOutcome(t, open(t, w, entry.Record.ID, withDocuments), trust.Valid, "final")
}

// A decision counts for the version that it pins, whatever was filed after it.
func TestADecisionOnAnOlderVersionIsSaidToBeSuperseded(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	entry := w.File(w.Importer, "trade", recently(), filing.Filing{})
	w.Decide(entry, lifecycle.Reject, "", "004")
	w.File(w.Importer, "trade", recently(), filing.Filing{Previous: entry.Record})

	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	wantFinding(t, file.Findings, lifecycle.DispositionSuperseded)
}

// A node may be written to by others than this gateway: what breaks the life cycle there is judged when it is read.
func TestAStepOutOfTurnOnTheLedgerIsInvalidAndHasNoEffect(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	entry := w.File(w.Importer, "trade", recently(), filing.Filing{})
	refiled := w.Make(w.Importer, "trade", recently(), filing.Filing{Previous: entry.Record})
	w.Write("trade", entry.Record.ID, refiled.Record) // nobody rejected what is refiled

	file := open(t, w, entry.Record.ID, withDocuments)
	if file.Outcome != trust.Invalid || file.Status != "" {
		t.Errorf("outcome %s, status %q, want invalid and none: the newest version counts for nothing", file.Outcome, file.Status)
	}
	if c := lineOf(file.Summary.Verdict, trust.Lifecycle); c.Outcome != trust.Invalid || c.Reason == "" {
		t.Errorf("%+v, want the life cycle to be what is wrong", c)
	}
	if file.Summary.Record != nil || file.Lines == nil || len(file.Lines) != 0 {
		t.Error("content of an invalid summary is shown")
	}
	if v := file.Versions[0].Verdict.Outcome; v != trust.Valid {
		t.Errorf("version 1 is %s because of the version after it", v)
	}
}

func TestADecisionOutOfTurnOnTheLedgerIsInvalidAndHasNoEffect(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	entry := w.File(w.Importer, "trade", recently(), filing.Filing{})
	liquidation := w.Make(w.Customs, "cbp", &model.EntryDisposition{
		Entry: entry.Pin(), Action: model.ActionLiquidate, Remarks: "As entered.", DecidedOn: model.DateOf(time.Now()),
	}, filing.Filing{})
	w.Write("cbp", liquidation.Record.ID, liquidation.Record) // nobody accepted what is liquidated

	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Invalid, "filed")
	if c := lineOf(file.Linked[0].Verdict, trust.Lifecycle); c.Outcome != trust.Invalid {
		t.Errorf("%+v of the liquidation, want invalid", c)
	}
}

// What only the document tells is unknown without it, and what is unknown is never called wrong.
func TestWithoutDocumentsTheStateIsTold(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	entry := w.File(w.Importer, "trade", recently(), filing.Filing{})
	w.Decide(entry, lifecycle.Reject, "Line 1: other goods.", "998")
	file := open(t, w, entry.Record.ID, gateway.Options{})
	wantOutcome(t, file, trust.Valid, "rejected")
	if c := lineOf(file.Linked[0].Verdict, trust.Lifecycle); c.Outcome != trust.Undetermined {
		t.Errorf("%+v, want undetermined: 998 needs remarks, which only the document has", c)
	}
	if file.Summary.Document != nil || file.Summary.Record == nil || len(file.Lines) != 0 {
		t.Error("without documents there is the record and nothing of the document")
	}
}

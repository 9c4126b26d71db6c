package api_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

// open reads an entry file.
func (s *site) open(path string) gateway.EntryFile {
	s.t.Helper()
	var file gateway.EntryFile
	s.do(get(path)).want(http.StatusOK, &file)
	return file
}

func check(v trust.Verdict, name string) trust.Check {
	i := slices.IndexFunc(v.Checks, func(c trust.Check) bool { return c.Name == name })
	if i < 0 {
		return trust.Check{Outcome: "missing"}
	}
	return v.Checks[i]
}

func TestAnEntryFileHoldsEverythingThatBelongsToTheEntry(t *testing.T) {
	s, certificate, entry := filed(t, options{})
	s.Decide(entry, lifecycle.Reject, "Line 1: other goods.", "998")
	file := s.open("/v1/entries/" + entry.Record.ID)
	if file.Outcome != trust.Valid || file.Status != "rejected" || len(file.Linked) != 2 || len(file.Lines) != 3 {
		t.Errorf("outcome %s, status %s, %d linked, %d lines: %v", file.Outcome, file.Status, len(file.Linked), len(file.Lines), file.Reasons)
	}
	for _, line := range file.Lines[:2] {
		if line.Certificate != certificate.Record.ID || line.ClaimStatus != "claimed" || line.Outcome != trust.Valid {
			t.Errorf("line %+v", line)
		}
	}
	whole(t, append(file.Linked, *file.Summary))
}

func TestAnEntryFileIsHadWithoutDocuments(t *testing.T) {
	s, _, entry := filed(t, options{})
	s.Decide(entry, lifecycle.Reject, "Line 1: other goods.", "998")
	bare := s.open("/v1/entries/" + entry.Record.ID + "?documents=false")
	if bare.Summary.Document != nil || bare.Summary.Record == nil || bare.Status != "rejected" {
		t.Errorf("without documents: %d bytes of document, status %s", len(bare.Summary.Document), bare.Status)
	}
}

// whole fails the test unless all of them are shown and valid.
func whole(t *testing.T, answers []gateway.Answer) {
	t.Helper()
	for _, a := range answers {
		if a.Record == nil || a.Document == nil || a.Verdict.Outcome != trust.Valid {
			t.Errorf("%s: %s, record %d and document %d bytes", a.Type, a.Verdict.Outcome, len(a.Record), len(a.Document))
		}
	}
}

// Clients escape what they like: the id of a record is the same.
func TestAnIDMayBeEscaped(t *testing.T) {
	s, _, entry := filed(t, options{})
	file := s.open("/v1/entries/" + url.QueryEscape(entry.Record.ID))
	if file.EntryID != entry.Record.ID {
		t.Errorf("entry %s, want %s", file.EntryID, entry.Record.ID)
	}
}

// The bytes on the evidence server's disk were changed: the document is not the recorded one, and is not shown.
func TestADocumentThatWasAlteredIsInvalid(t *testing.T) {
	s, certificate, entry := filed(t, options{})
	if err := s.Evidence.Alter(certificate.Document); err != nil {
		t.Fatal(err)
	}
	file := s.open("/v1/entries/" + entry.Record.ID)
	if file.Outcome != trust.Invalid || len(file.Reasons) != 1 {
		t.Errorf("outcome %s: %v", file.Outcome, file.Reasons)
	}
	altered := file.Linked[0]
	if altered.Record != nil || altered.Document != nil || check(altered.Verdict, trust.Evidence).Outcome != trust.Invalid {
		t.Errorf("the altered certificate: %s, record %d and document %d bytes", altered.Verdict.Outcome, len(altered.Record), len(altered.Document))
	}
	shown := s.open("/v1/entries/" + entry.Record.ID + "?include=invalid").Linked[0]
	if shown.Record == nil || shown.Document != nil || shown.Verdict.Outcome != trust.Invalid {
		t.Errorf("asked for: record %d and document %d bytes; the record stands, and the document is not it", len(shown.Record), len(shown.Document))
	}
}

func TestAnEvidenceServerThatIsDownMakesNothingInvalid(t *testing.T) {
	s, _, entry := filed(t, options{})
	s.Evidence.HTTP.Close()
	file := s.open("/v1/entries/" + entry.Record.ID)
	if check(file.Summary.Verdict, trust.Evidence).Outcome != trust.Undetermined || file.Summary.Record == nil {
		t.Errorf("%+v, record %d bytes", file.Summary.Verdict, len(file.Summary.Record))
	}
	if file.Outcome != trust.Undetermined || len(file.Reasons) != 2 {
		t.Errorf("outcome %s: %v, want both documents to be named", file.Outcome, file.Reasons)
	}
}

func TestAnOutageIsNeverAVerdict(t *testing.T) {
	s, _, entry := filed(t, options{})
	s.Stop("cbp")
	file := s.open("/v1/entries/" + entry.Record.ID)
	if file.Outcome != trust.Undetermined || file.Status != "filed" || file.Sources[0].State != gateway.Unavailable {
		t.Errorf("outcome %s, status %s, sources %+v", file.Outcome, file.Status, file.Sources)
	}
	s.Stop("trade")
	file = s.open("/v1/entries/" + entry.Record.ID)
	if file.Outcome != trust.Undetermined || file.Summary.State != gateway.Stale {
		t.Errorf("outcome %s, summary %s", file.Outcome, file.Summary.State)
	}
	s.do(get("/v1/entries/"+model.NewID())).problem(http.StatusServiceUnavailable, gateway.NotFoundSoFar)
}

// A node that gives the version before the newest as the newest.
func TestARolledBackSummaryIsAnAnswerWithItsVerdict(t *testing.T) {
	bent := &gatewaytest.Bent{}
	s := newSite(t, options{Options: gatewaytest.Options{Wrap: wrap(bent)}})
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	s.Decide(entry, lifecycle.Reject, "", "004")
	s.File(s.Importer, "trade", unclaimed(), filing.Filing{Previous: entry.Record})
	bent.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		ref.Version = 1
		return bent.Ledger.Get(ctx, ref)
	}
	file := s.open("/v1/entries/" + entry.Record.ID)
	if file.Outcome != trust.Invalid || file.Status != "" || file.Summary.Record != nil || len(file.Lines) != 0 {
		t.Errorf("outcome %s, status %q, record %d bytes", file.Outcome, file.Status, len(file.Summary.Record))
	}
	if c := check(file.Summary.Verdict, trust.Versions); c.Outcome != trust.Invalid {
		t.Errorf("%+v, want the versions to be what is wrong", c)
	}
}

// wrap puts a bent driver before the trade chain.
func wrap(bent *gatewaytest.Bent) func(string, driver.Ledger) driver.Ledger {
	return func(slug string, chain driver.Ledger) driver.Ledger {
		if slug != "trade" {
			return chain
		}
		bent.Ledger = chain
		return bent
	}
}

// unclaimed is an entry without a claim for preference.
func unclaimed() *model.EntrySummary {
	e := sample.Awaiting(model.USMCA, model.CertificateExpected{ID: model.NewID()})
	for i := range e.Lines {
		e.Lines[i].SPI, e.Lines[i].CertificateExpected = "", nil
	}
	return e
}

func roleOf(filerCode string) model.ParticipantRole {
	return model.ParticipantRole{Role: model.RoleBroker, FilerCode: filerCode}
}

// summaryOf is an entry under a filer code.
func summaryOf(filerCode string) *model.EntrySummary {
	e := unclaimed()
	e.FilerCode = filerCode
	ten := filerCode + "7654321"
	e.EntryNumber = ten + string(model.CheckDigit(ten))
	return e
}

package gateway_test

import (
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

// claims are the lines of a file that claim preference, which must all stand alike.
func claims(t *testing.T, file *gateway.EntryFile, status string, outcome trust.Outcome) []gateway.LineStatus {
	t.Helper()
	var all []gateway.LineStatus
	for _, line := range file.Lines {
		if line.ClaimStatus == "noClaim" {
			continue
		}
		all = append(all, line)
		if line.ClaimStatus != status || line.Outcome != outcome {
			t.Errorf("line %d: %s, certificate %s; want %s, %s", line.Number, line.ClaimStatus, line.Outcome, status, outcome)
		}
	}
	if len(all) != 2 {
		t.Fatalf("%d lines claim preference, want 2 of the sample's 3: %+v", len(all), file.Lines)
	}
	return all
}

// The importer reserves the certificate's record id, files, and the exporter records the certificate later: the claim
// stands then, and the summary keeps its version.
func TestAnExpectedCertificateMayComeLater(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	reserved := model.NewID()
	certificate := w.Make(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{ID: reserved})
	expected := model.CertificateExpected{ID: reserved, Digest: &certificate.Document.Digest}
	entry := w.File(w.Importer, "trade", sample.Awaiting(model.USMCA, expected), filing.Filing{})

	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	for _, line := range claims(t, file, "awaitingCertificate", trust.Undetermined) {
		wantFinding(t, line.Findings, model.CertificateAwaited)
	}

	if _, err := w.Gateway.Submit(w.Context(), "trade", certificate.Submission()); err != nil {
		t.Fatal(err)
	}
	file = open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	for _, line := range claims(t, file, "claimed", trust.Valid) {
		if slices.Contains(codes(line.Findings), model.DigestNotExpected) {
			t.Errorf("findings %v about the certificate that was expected", codes(line.Findings))
		}
	}
	if len(file.Versions) != 1 {
		t.Errorf("%d versions of the summary, want 1: it was not filed again", len(file.Versions))
	}
}

// It may come on any ledger: who certifies chooses the chain.
func TestAnExpectedCertificateIsFoundOnAnotherLedger(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{Also: another()})
	reserved := model.NewID()
	entry := w.File(w.Importer, "trade", sample.Awaiting(model.USMCA, model.CertificateExpected{ID: reserved}), filing.Filing{})
	w.File(w.Exporter, "other", sample.Certificate(model.USMCA), filing.Filing{ID: reserved})
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	claims(t, file, "claimed", trust.Valid)
}

func TestAnotherCertificateThanExpectedIsAFindingAndNoVerdict(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	reserved, digest := model.NewID(), ld.Sum([]byte("the certificate that was signed first"))
	expected := model.CertificateExpected{ID: reserved, Digest: &digest}
	entry := w.File(w.Importer, "trade", sample.Awaiting(model.USMCA, expected), filing.Filing{})
	w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{ID: reserved})

	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	for _, line := range claims(t, file, "claimed", trust.Valid) {
		wantFinding(t, line.Findings, model.DigestNotExpected)
	}
}

func TestACertificateOnALedgerThatIsNotConnectedLeavesTheEntryUndetermined(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	elsewhere := model.Pin{ID: model.NewID(), Ledger: model.NewID(), Version: 1, Digest: ld.Sum([]byte("elsewhere"))}
	entry := w.File(w.Importer, "trade", sample.Summary(model.USMCA, elsewhere), filing.Filing{})
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Undetermined, "filed")
	claims(t, file, "claimed", trust.Undetermined)
	if file.Summary.Verdict.Outcome != trust.Valid {
		t.Errorf("the summary itself is %s", file.Summary.Verdict.Outcome)
	}
	if len(entry.Receipt.Unchecked) == 0 {
		t.Error("the receipt does not say that coverage could not be checked")
	}
}

// The line pins the version that the filer saw, which goes on to count after the exporter replaced it.
func TestAReplacedCertificateStaysPinnedAndIsAFinding(t *testing.T) {
	w, certificate, entry := filed(t)
	w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{Previous: certificate.Record})
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	for _, line := range claims(t, file, "claimed", trust.Valid) {
		wantFinding(t, line.Findings, model.LinkSuperseded)
	}
	if v := file.Linked[0].Version; v != 1 {
		t.Errorf("version %d of the certificate counts, want the 1 that was pinned", v)
	}
}

// A certificate that covers something else is for a person to weigh: the records are all right.
func TestACertificateThatDoesNotCoverItsLinesIsAFinding(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	certificate := w.File(w.Exporter, "trade", otherGoods(), filing.Filing{})
	entry := w.Make(w.Importer, "trade", sample.Summary(model.USMCA, certificate.Pin()), filing.Filing{})
	w.Write("trade", entry.Record.ID, entry.Record) // the gateway would refuse it with the document
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	for _, line := range claims(t, file, "claimed", trust.Valid) {
		wantFinding(t, line.Findings, "certificate-does-not-cover")
	}
}

func otherGoods() *model.CertificateOfOrigin {
	c := sample.Certificate(model.USMCA)
	c.Goods = c.Goods[:1]
	c.Goods[0].HS = "950300"
	return c
}

// The document on the record's evidence server is not the one that the line pinned: the pin says which it was.
func TestACertificateWithAnotherDigestThanPinnedIsAFinding(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	certificate := w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{})
	pin := certificate.Pin()
	pin.Digest = ld.Sum([]byte("what the filer saw"))
	entry := w.File(w.Importer, "trade", sample.Summary(model.USMCA, pin), filing.Filing{})
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	wantFinding(t, file.Linked[0].Findings, "digest-other")
	if s := file.Linked[0].Findings[0].Severity; s != lifecycle.Warning {
		t.Errorf("severity %s, want somebody to look", s)
	}
}

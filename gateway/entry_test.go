package gateway_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

func TestAnEntryIsFoundByItsNumberAndEveryDocumentIsJudged(t *testing.T) {
	w, certificate, entry := filed(t)
	w.Decide(entry, lifecycle.Accept, "")

	found, err := w.Gateway.Find(w.Context(), sample.EntryUSMCA)
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Entries) != 1 || found.Entries[0] != entry.Record.ID {
		t.Fatalf("found %v, want %s", found.Entries, entry.Record.ID)
	}
	file, err := w.Gateway.Entry(w.Context(), found.Entries[0], withDocuments)
	if err != nil {
		t.Fatal(err)
	}
	if file.Outcome != trust.Valid {
		t.Fatalf("outcome %s: %v", file.Outcome, file.Reasons)
	}
	if file.Status != "accepted" {
		t.Errorf("status %s, want accepted", file.Status)
	}
	if len(file.Linked) != 2 {
		t.Fatalf("%d linked records, want the certificate and the disposition", len(file.Linked))
	}
	for _, a := range append(file.Linked, *file.Summary) {
		if a.Verdict.Outcome != trust.Valid || a.Document == nil {
			t.Errorf("%s: %s, document %d bytes: %+v", a.Type, a.Verdict.Outcome, len(a.Document), a.Verdict.Checks)
		}
	}
	for _, line := range file.Lines {
		if line.Certificate != "" && (line.Certificate != certificate.Record.ID || line.ClaimStatus != "claimed") {
			t.Errorf("line %d: certificate %s, %s", line.Number, line.Certificate, line.ClaimStatus)
		}
	}
}

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
	file := open(t, w, found.Entries[0], withDocuments)
	wantOutcome(t, file, trust.Valid, "accepted")
	if len(file.Linked) != 2 {
		t.Fatalf("%d linked records, want the certificate and the disposition", len(file.Linked))
	}
	for _, a := range append(file.Linked, *file.Summary) {
		if a.Verdict.Outcome != trust.Valid || a.Document == nil {
			t.Errorf("%s: %s, document %d bytes: %+v", a.Type, a.Verdict.Outcome, len(a.Document), a.Verdict.Checks)
		}
	}
	for _, line := range claims(t, file, "claimed", trust.Valid) {
		if line.Certificate != certificate.Record.ID {
			t.Errorf("line %d: certificate %s", line.Number, line.Certificate)
		}
	}
}

package gateway_test

import (
	"net/http"
	"testing"

	"github.com/ftagateway/ftagateway/trust"
)

// That a document was right once is known by its digest. That it can be had is found out at every answer, and its server
// writes down every time who took it.
func TestADocumentIsFetchedForEveryAnswer(t *testing.T) {
	w, certificate, entry := filed(t)
	before := w.Evidence.Asked.Load()
	for range 3 {
		wantOutcome(t, open(t, w, entry.Record.ID, withDocuments), trust.Valid, "filed")
	}
	if n := w.Evidence.Asked.Load() - before; n != 6 {
		t.Errorf("the evidence server was asked %d times for three answers with two documents each", n)
	}
	if err := w.Evidence.Alter(certificate.Document); err != nil {
		t.Fatal(err)
	}
	wantOutcome(t, open(t, w, entry.Record.ID, withDocuments), trust.Invalid, "filed")
	w.Evidence.Answer(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	wantOutcome(t, open(t, w, entry.Record.ID, withDocuments), trust.Undetermined, "filed")
}

package gatewaytest

import (
	"encoding/json"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
)

// Filed is a document that stands on a ledger.
type Filed struct {
	Document *model.Document
	Record   *model.Parsed
	Receipt  *gateway.SubmissionReceipt
}

// Pin names it as a line or a disposition would.
func (f Filed) Pin() model.Pin {
	return model.Pin{ID: f.Record.ID, Ledger: f.Record.Ledger, Version: f.Record.Version, Digest: f.Document.Digest}
}

// URI is the name of a ledger.
func (w *World) URI(slug string) string {
	for _, m := range w.Gateway.Members {
		if m.Slug() == slug {
			return m.Describe().URI
		}
	}
	w.t.Fatalf("no ledger %s", slug)
	return ""
}

// Make signs a document and its record without submitting them.
func (w *World) Make(p *filing.Partner, slug string, subject model.Subject, f filing.Filing) Filed {
	w.t.Helper()
	f.Ledger, f.At = w.URI(slug), time.Now()
	d := must(p.Sign(subject, f.At))(w.t)
	return Filed{Document: d, Record: must(p.File(w.Context(), d, f))(w.t)}
}

// Submission is a made document as it would be submitted.
func (f Filed) Submission() gateway.Submission {
	return gateway.Submission{Record: json.RawMessage(f.Record.Bytes), Document: json.RawMessage(f.Document.Bytes)}
}

// File makes a document, submits it, and expects it to be final.
func (w *World) File(p *filing.Partner, slug string, subject model.Subject, f filing.Filing) Filed {
	w.t.Helper()
	made := w.Make(p, slug, subject, f)
	receipt, err := w.Gateway.Submit(w.Context(), slug, made.Submission())
	if err != nil {
		w.t.Fatalf("submitting %s: %v", subject.DocumentType(), err)
	}
	if receipt.State != driver.Finally {
		w.t.Fatalf("submitting %s: state %s: %s", subject.DocumentType(), receipt.State, receipt.Reason)
	}
	made.Receipt = receipt
	return made
}

// Decide files CBP's decision on an entry.
func (w *World) Decide(entry Filed, action lifecycle.Event, remarks string, reasons ...string) Filed {
	w.t.Helper()
	return w.File(w.Customs, "cbp", &model.EntryDisposition{
		Entry: entry.Pin(), Action: string(action), ReasonCodes: reasons, Remarks: remarks, DecidedOn: model.DateOf(time.Now()),
	}, filing.Filing{})
}

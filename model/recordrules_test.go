package model_test

import (
	"fmt"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
)

func TestRecordOfADocument(t *testing.T) {
	doc := sign(t, sample.Summary(model.USMCA, pin("certificate")))
	r := record(t, doc, "file")
	if r.Record.Digest != doc.Digest || r.Evidence[0].Digest != doc.Digest || r.Type != doc.Type {
		t.Errorf("%+v is not about the document %s", r.Record, doc.Digest)
	}
	if len(r.Links) != 1 || r.Links[0] != pin("certificate").Link(model.RelCertificate) {
		t.Errorf("links %+v, want the one certificate of both lines", r.Links)
	}
	if r.Digest != ld.Sum(r.Bytes) {
		t.Errorf("digest %s is not that of the bytes", r.Digest)
	}
	sig, err := proof.Verify(r.Object, proof.AssertionMethod)
	if err != nil || sig.Key != r.Issuer || sig.Suite != proof.JCS2022 {
		t.Errorf("proof: %+v, %v", sig, err)
	}
	holds(t, model.CheckRecord(&r.Record, doc))
}

// What is on a ledger in another spelling is the same record: its digest is over the JCS bytes.
func TestRecordIsTheSameInAnySpelling(t *testing.T) {
	r := record(t, sign(t, sample.Certificate(model.USMCA)), "certify")
	spelled := replaced(`"certify"`, "\n \t\"\\u0063ertify\"")(r.Bytes)
	again, err := model.ParseRecord(spelled)
	if err != nil {
		t.Fatal(err)
	}
	if again.Digest != r.Digest || string(again.Bytes) != string(r.Bytes) {
		t.Errorf("%s\nwant\n%s", again.Bytes, r.Bytes)
	}
}

func TestChainOfVersions(t *testing.T) {
	first := record(t, sign(t, sample.Summary(model.USMCA, pin("certificate"))), "file")
	for _, c := range []struct {
		name   string
		change func(*model.Parsed)
		want   []broke
	}{
		{"next", func(*model.Parsed) {}, nil},
		{"of another id", func(p *model.Parsed) { p.ID = model.NewID() }, []broke{{"/id", "must stay", "chain"}}},
		{"of another type", func(p *model.Parsed) { p.Type = "CertificateOfOrigin" }, []broke{{"/type", "must stay", "chain"}}},
		{"of another ledger", func(p *model.Parsed) { p.Ledger = model.NewID() }, []broke{{"/ledger", "must stay", "chain"}}},
		{"the same version", func(p *model.Parsed) { p.Version = 1 }, []broke{{"/version", "one above", "chain"}}},
		{"a version left out", func(p *model.Parsed) { p.Version = 3 }, []broke{{"/version", "one above", "chain"}}},
		{"no previous", func(p *model.Parsed) { p.Previous = nil }, []broke{{"/previous", first.Digest.String(), "chain"}}},
		{"the document's digest for previous", func(p *model.Parsed) { d := first.Record.Digest; p.Previous = &d },
			[]broke{{"/previous", first.Digest.String(), "chain"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			next := second(t, first)
			c.change(next)
			holds(t, model.CheckNext(first, next), c.want...)
		})
	}
}

// A prior record that was altered in anything, its proof included, is not what the next one names.
func TestChainPinsTheWholePriorRecord(t *testing.T) {
	first := record(t, sign(t, sample.Summary(model.USMCA, pin("certificate"))), "file")
	next := second(t, first)
	forged, err := model.ParseRecord(replaced(`"created":"2026-11-20T14:00:00Z"`, `"created":"2026-11-20T14:00:01Z"`)(first.Bytes))
	if err != nil {
		t.Fatal(err)
	}
	holds(t, model.CheckNext(forged, next), broke{"/previous", forged.Digest.String(), "chain"})
}

func second(t *testing.T, first *model.Parsed) *model.Parsed {
	t.Helper()
	doc := sign(t, sample.SecondSummary(pin("certificate")))
	next, err := model.SignRecord(model.NextRecord(first, doc, model.Recording{Event: "refile", EvidenceID: model.NewID()}), signer())
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func TestRulesOfRecords(t *testing.T) {
	certificate, entry := pin("certificate").Link(model.RelCertificate), pin("entry").Link(model.RelEntry)
	otherVersion := certificate
	otherVersion.Version = 2
	for _, c := range []struct {
		name   string
		change func(*model.Record)
		want   []broke
	}{
		{"as it is", func(*model.Record) {}, nil},
		{"first evidence is something else", func(r *model.Record) { r.Evidence[0].Digest = ld.Sum(nil) },
			[]broke{{"/evidence/0/digest", "document itself", ""}}},
		{"evidence twice", func(r *model.Record) { r.Evidence = append(r.Evidence, r.Evidence[0]) },
			[]broke{{"/evidence/1/id", "twice", ""}}},
		{"a link twice", func(r *model.Record) { r.Links = append(r.Links, otherVersion) },
			[]broke{{"/links/1/id", "twice", ""}}},
		{"a summary that decides about an entry", func(r *model.Record) { r.Links = []model.Link{entry} },
			[]broke{{"/links/0/rel", "relation that a record of EntrySummary has", ""}}},
		{"a certificate with a link", func(r *model.Record) { r.Type = "CertificateOfOrigin" },
			[]broke{{"/links/0/rel", "relation", ""}}},
		{"a disposition about nothing", func(r *model.Record) { r.Type, r.Links = "EntryDisposition", nil },
			[]broke{{"/links", "exactly one", ""}}},
		{"a disposition about an entry", func(r *model.Record) { r.Type, r.Links = "EntryDisposition", []model.Link{entry} }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := model.NewRecord(sign(t, sample.Summary(model.USMCA, pin("certificate"))),
				model.Recording{Ledger: tradeLedger, Event: "file", EvidenceID: evidenceID})
			c.change(&r)
			_, err := model.SignRecord(r, signer())
			holds(t, faultsOf(t, err), c.want...)
		})
	}
}

func TestRecordAndDocumentBelongTogether(t *testing.T) {
	doc := sign(t, sample.Disposition(model.ActionReject, pin("entry")))
	for _, c := range []struct {
		name   string
		change func(*model.Record)
		want   []broke
	}{
		{"as it is", func(*model.Record) {}, nil},
		{"another type", func(r *model.Record) { r.Type = "EntrySummary" }, []broke{{"/type", "EntryDisposition", ""}}},
		{"another document", func(r *model.Record) { r.Digest = ld.Sum(nil) }, []broke{{"/digest", doc.Digest.String(), ""}}},
		{"another version of the entry", func(r *model.Record) { r.Links[0].Version = 2 }, []broke{{"/links", "names", ""}}},
		{"another decision", func(r *model.Record) { r.Event = "accept" }, []broke{{"/event", "reject", ""}}},
		{"another reason", func(r *model.Record) { r.Reason = []string{"005"} }, []broke{{"/reason", "reason codes", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := record(t, doc, model.ActionReject).Record
			c.change(&r)
			holds(t, model.CheckRecord(&r, doc), c.want...)
		})
	}
}

func TestRecordIsSignedByItsIssuer(t *testing.T) {
	r := model.NewRecord(sign(t, sample.Certificate(model.NAFTA)), model.Recording{Ledger: tradeLedger, Event: "certify", EvidenceID: evidenceID})
	other, err := key.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	r.Issuer = signingKey(t)
	if _, err := model.SignRecord(r, other); err == nil {
		t.Error("a record is signed for somebody else")
	}
	if _, err := model.SignRecord(r, signer()); err != nil {
		t.Errorf("a record is not signed for oneself: %v", err)
	}
}

// The steps that a record may hold are those of the life cycle.
func TestEventsOfRecordsAreStepsOfTheLifeCycle(t *testing.T) {
	steps := map[string]bool{}
	for _, m := range []lifecycle.Machine{lifecycle.Entry, lifecycle.Certificate} {
		for _, row := range lifecycle.Rows(m) {
			steps[string(row.Event)] = true
		}
	}
	events := load("Record")["properties"].(ld.Object)["event"].(ld.Object)["enum"].([]any)
	for _, event := range events {
		if !steps[event.(string)] {
			t.Errorf("%s is no step of an entry or a certificate", event)
		}
		delete(steps, event.(string))
	}
	if len(steps) > 0 {
		t.Errorf("steps that no record can hold: %v", steps)
	}
}

func ExampleSignRecord() {
	sum := sample.Summary(model.CAFTADR, model.Pin{ID: model.NewID(), Ledger: model.NewID(), Version: 1, Digest: ld.Sum([]byte("a certificate"))})
	at, _ := model.ParseInstant("2026-11-20T14:00:00Z")
	doc, err := model.SignDocument(sum, signer(), model.Signing{ValidFrom: at})
	if err != nil {
		fmt.Println(err)
		return
	}
	first, err := model.SignRecord(model.NewRecord(doc, model.Recording{Ledger: tradeLedger, Event: "file", EvidenceID: model.NewID()}), signer())
	if err != nil {
		fmt.Println(err)
		return
	}
	next, err := model.SignRecord(model.NextRecord(first, doc, model.Recording{Event: "correct", EvidenceID: model.NewID()}), signer())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(next.Type, "version", next.Version, "names", len(next.Links), "certificate")
	fmt.Println("follows:", model.CheckNext(first, next).Err() == nil)
	// Output:
	// EntrySummary version 2 names 1 certificate
	// follows: true
}

package filing_test

import (
	"bytes"
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/schemas"
)

// A partner signs, keeps and records; who was admitted fetches the very bytes; who was not gets nothing.
func TestWhoIsAdmittedReadsWhatWasFiled(t *testing.T) {
	p, customs, stranger := newHouse(t).partner(t), newReader(t), newReader(t)
	d := must(p.Sign(sample.Awaiting(model.CAFTADR, model.CertificateExpected{ID: model.NewID()}), noon))(t)
	r := must(p.File(t.Context(), d, filing.Filing{Ledger: ledger, At: noon}))(t)
	must(customs.holdings.Add(must(p.Admit(customs.did, time.Time{}))(t)))(t)

	if got, err := customs.fetch(t.Context(), r); err != nil || !bytes.Equal(got, d.Bytes) {
		t.Errorf("%.60q, %v", got, err)
	}
	var failure *client.Failure
	if _, err := stranger.fetch(t.Context(), r); !errors.As(err, &failure) {
		t.Errorf("a stranger: %v, want a failure", err)
	}
	if len(r.Lookups) != 1 {
		t.Errorf("lookups %v: the partner's keys were not used", r.Lookups)
	}
}

// An admission reads and no more, and does not outlast its collection.
func TestAdmissionIsNoWiderThanTheCollection(t *testing.T) {
	p := newHouse(t).partner(t)
	c := must(p.Admit(newReader(t).did, time.Time{}))(t)
	if len(c.Actions) != 1 || c.Actions[0] != evidence.Read || c.Target != p.Collection.Target || !c.Expires.Equal(p.Collection.Expires) {
		t.Errorf("%v on %s until %s", c.Actions, c.Target, c.Expires)
	}
	var faults schemas.Faults
	if _, err := p.Admit(newReader(t).did, p.Collection.Expires.Add(time.Minute)); !errors.As(err, &faults) {
		t.Errorf("longer than the collection: %v", err)
	}
	if _, err := filing.Admit(p.Collection, signer(t), newReader(t).did, time.Time{}); !errors.As(err, &faults) {
		t.Errorf("by another's key: %v", err)
	}
	if _, err := p.Admit("did:web:cbp.example", time.Time{}); err == nil || !strings.Contains(err.Error(), "reader") {
		t.Errorf("a reader without a key: %v", err)
	}
}

// A subject that breaks a rule is not signed, and all faults come at once.
func TestSignRefuses(t *testing.T) {
	p := &filing.Partner{Issuer: signer(t)}
	wrong := sample.Awaiting(model.CAFTADR, model.CertificateExpected{ID: model.NewID()})
	wrong.EntryNumber, wrong.Lines[0].SPI = "XQ900417228", "S"
	_, err := p.Sign(wrong, noon)
	var faults schemas.Faults
	if !errors.As(err, &faults) || len(faults) < 2 {
		t.Fatal(err)
	}
	if text := faults.Error(); !strings.Contains(text, "/entryNumber") || !strings.Contains(text, "/lines/0/spi") {
		t.Error(text)
	}
}

// Where the evidence server cannot be asked, there is no record: it would point to nothing.
func TestNoRecordWithoutEvidence(t *testing.T) {
	p := newHouse(t).partner(t)
	gone := httptest.NewServer(nil)
	gone.Close()
	p.Collection = must(filing.Collect(signer(t), gone.URL, evidence.NewCollection(), p.Issuer, time.Now().Add(time.Hour)))(t)
	d := certificate(t, p.Issuer)
	r, err := p.File(context.Background(), d, filing.Filing{Ledger: ledger, At: noon})
	var failure *client.Failure
	if r != nil || !errors.As(err, &failure) || !strings.Contains(err.Error(), "evidence server") {
		t.Errorf("%v, %v", r, err)
	}
}

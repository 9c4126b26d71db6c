package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
)

// submission is a made document as it is submitted.
func submission(slug string, made gatewaytest.Filed) call {
	return post("/v1/ledgers/"+slug+"/records", made.Submission())
}

func TestARecordIsSubmittedAndStandsOnItsLedger(t *testing.T) {
	s := newSite(t, options{})
	made := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
	var receipt gateway.SubmissionReceipt
	created := s.do(submission("trade", made)).want(http.StatusCreated, &receipt)
	if receipt.State != driver.Finally || receipt.Record != made.Record.ID || receipt.Digest != made.Record.Digest || receipt.Tx == "" {
		t.Errorf("receipt %+v", receipt)
	}
	if s.Count("trade") != 1 {
		t.Errorf("%d versions on the ledger, want 1", s.Count("trade"))
	}
	again := s.do(submission("trade", made)).want(http.StatusCreated, nil)
	if !bytes.Equal(again.Body, created.Body) || s.Count("trade") != 1 {
		t.Errorf("a repeat answers\n%s\nafter\n%s\nand %d versions stand", again.Body, created.Body, s.Count("trade"))
	}
	later := s.do(get(created.Header.Get("Location"))).want(http.StatusOK, nil)
	if !bytes.Equal(later.Body, created.Body) {
		t.Errorf("its Location answers\n%s", later.Body)
	}
}

func TestAnIdempotencyKeyWithOtherContentIsAConflict(t *testing.T) {
	s := newSite(t, options{})
	one := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
	other := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
	s.do(submission("trade", one).with("Idempotency-Key", "filing-1")).want(http.StatusCreated, nil)
	s.do(submission("trade", one).with("Idempotency-Key", "filing-1")).want(http.StatusCreated, nil)
	s.do(submission("trade", other).with("Idempotency-Key", "filing-1")).problem(http.StatusConflict, gateway.Conflict)
	if s.Count("trade") != 1 {
		t.Errorf("%d versions, want 1", s.Count("trade"))
	}
	p := s.do(submission("trade", other).with("Idempotency-Key", string(bytes.Repeat([]byte("x"), 300)))).problem(http.StatusUnprocessableEntity, gateway.BadInput)
	if !p.points("Idempotency-Key") {
		t.Errorf("%+v, want the header to be named", p)
	}
}

// The node is slow: the caller is told where to ask, and the record is written once.
func TestASlowLedgerIsAnsweredForLater(t *testing.T) {
	bent := &gatewaytest.Bent{}
	s := newSite(t, options{Options: gatewaytest.Options{Wrap: wrap(bent)}})
	made := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
	bent.OnAppend = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		if _, err := bent.Ledger.Append(ctx, w); err != nil {
			return nil, err
		}
		return &driver.Receipt{Tx: "pending-tx", State: driver.Pending}, nil
	}
	var receipt gateway.SubmissionReceipt
	accepted := s.do(submission("trade", made)).want(http.StatusAccepted, &receipt)
	if receipt.State != driver.Pending || receipt.Tx != "pending-tx" {
		t.Errorf("receipt %+v", receipt)
	}
	bent.Heal()
	s.do(get(accepted.Header.Get("Location"))).want(http.StatusOK, &receipt)
	if receipt.State != driver.Finally || s.Count("trade") != 1 {
		t.Errorf("receipt %+v, %d versions", receipt, s.Count("trade"))
	}
	s.do(submission("trade", made)).want(http.StatusCreated, nil)
}

// The ledger refused after the receipt was given: the receipt says so, and the record is refused from then on.
func TestARefusalAfterTheReceiptIsToldByIt(t *testing.T) {
	bent := &gatewaytest.Bent{}
	s := newSite(t, options{Options: gatewaytest.Options{Wrap: wrap(bent)}})
	made := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
	bent.Fail(driver.Errorf(driver.Unavailable, "dial tcp 10.9.8.7:26657: connect: connection refused"))
	accepted := s.do(submission("trade", made)).want(http.StatusAccepted, nil)
	bent.Heal()
	s.WriteRaw("trade", made.Record.ID, []byte(`{"somebody":"was first"}`))
	var receipt gateway.SubmissionReceipt
	s.do(get(accepted.Header.Get("Location"))).want(http.StatusOK, &receipt)
	if receipt.State != driver.Rejected || receipt.Reason == "" {
		t.Errorf("receipt %+v", receipt)
	}
	s.do(submission("trade", made)).problem(http.StatusConflict, gateway.Refused)
}

func TestWithoutItsDocumentTheReceiptSaysWhatWasNotChecked(t *testing.T) {
	s := newSite(t, options{})
	made := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
	var receipt gateway.SubmissionReceipt
	s.do(post("/v1/ledgers/trade/records", map[string]json.RawMessage{"record": made.Record.Bytes})).want(http.StatusCreated, &receipt)
	if len(receipt.Unchecked) == 0 {
		t.Error("the receipt does not say what was not checked")
	}
}

// What must not stand on the ledger is refused by its place, and never repeated.
func TestWhatMustNotBeDisclosedIsRefusedAndNotRepeated(t *testing.T) {
	s := newSite(t, options{})
	summary := unclaimed()
	made := s.Make(s.Importer, "trade", summary, filing.Filing{})
	r := made.Record.Record
	r.Proof = nil
	r.Evidence = append(r.Evidence, model.Evidence{ID: model.NewID(), Digest: ld.Sum([]byte(summary.EntryNumber)), MediaType: "application/pdf"})
	signed, err := model.SignRecord(r, s.Importer.Issuer)
	if err != nil {
		t.Fatal(err)
	}
	made.Record = signed
	answer := s.do(submission("trade", made))
	p := answer.problem(http.StatusUnprocessableEntity, gateway.BadInput)
	if !p.points("/record/evidence/1/digest") || s.Count("trade") > 0 {
		t.Errorf("%+v, and %d versions", p, s.Count("trade"))
	}
	for _, secret := range []string{summary.EntryNumber, ld.Sum([]byte(summary.EntryNumber)).String(), summary.ImporterOfRecord.Name} {
		if bytes.Contains(answer.Body, []byte(secret)) || strings.Contains(s.log.String(), secret) {
			t.Errorf("the answer or the log holds %s\n%s", secret, answer.Body)
		}
	}
}

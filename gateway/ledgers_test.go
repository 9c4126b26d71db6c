package gateway_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

// A sick ledger is told as such, and does not make the gateway sick; without any that can be asked, it is.
func TestALedgersStateIsTold(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	health := func() map[string]string {
		all := map[string]string{}
		for _, s := range w.Gateway.Ledgers() {
			all[s.Ledger] = s.Health
		}
		return all
	}
	if h := health(); h["trade"] != "unasked" || h["cbp"] != "unasked" || !w.Gateway.Ready() {
		t.Errorf("%v before anything was asked, ready %t", h, w.Gateway.Ready())
	}
	state, err := w.Gateway.Ledger(w.Context(), "trade")
	if err != nil || state.Health != "ok" || state.AsOf == nil || state.LastGood == nil || state.URI != w.URI("trade") {
		t.Errorf("%+v, %v", state, err)
	}
	w.Stop("trade")
	state, err = w.Gateway.Ledger(w.Context(), "trade")
	if err != nil || state.Health != "failing" || state.LastError != string(driver.Unavailable) || !w.Gateway.Ready() {
		t.Errorf("%+v, %v, ready %t", state, err, w.Gateway.Ready())
	}
	w.Stop("cbp")
	if _, err := w.Gateway.Ledger(w.Context(), "cbp"); err != nil || w.Gateway.Ready() {
		t.Errorf("%v, ready %t with no ledger that answers", err, w.Gateway.Ready())
	}
}

func TestAGatewayNeedsItsParts(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	for name, without := range map[string]func(*gateway.Config){
		"participants": func(c *gateway.Config) { c.Participants = nil },
		"witness log":  func(c *gateway.Config) { c.Witness = nil },
		"signer":       func(c *gateway.Config) { c.Signer = nil },
		"store":        func(c *gateway.Config) { c.Store = nil },
	} {
		c := w.Config
		without(&c)
		if _, err := gateway.New(c); err == nil {
			t.Errorf("a gateway was made without %s", name)
		}
	}
}

// The evidence server is not the ledger: what it lies about makes a document invalid, and its outage makes nothing so.
func TestADocumentIsHeldAgainstItsRecord(t *testing.T) {
	w, certificate, entry := filed(t)
	if err := w.Evidence.Alter(certificate.Document); err != nil {
		t.Fatal(err)
	}
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Invalid, "filed")
	if c := lineOf(file.Linked[0].Verdict, trust.Evidence); c.Outcome != trust.Invalid || file.Linked[0].Document != nil {
		t.Errorf("%+v, document %d bytes", c, len(file.Linked[0].Document))
	}
	w.Evidence.HTTP.Close()
	file = open(t, w, entry.Record.ID, withDocuments)
	if file.Outcome == trust.Invalid || len(file.Lines) != 0 {
		t.Errorf("outcome %s of records whose documents cannot be had: %v", file.Outcome, file.Reasons)
	}
	if c := lineOf(file.Summary.Verdict, trust.Evidence); c.Outcome != trust.Undetermined {
		t.Errorf("%+v, want undetermined", c)
	}
}

func TestOnlyWhatMayPassIsToBeTriedAgain(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	_, err := w.Gateway.Submit(w.Context(), "trade", gateway.Submission{Record: []byte(`{}`)})
	if problemOf(t, err, gateway.BadInput).Retryable() {
		t.Error("faults in what the caller sent are to be tried again")
	}
	b.Fail(&driver.Error{Code: driver.NotReady, RetryAfter: 7 * time.Second})
	_, err = w.Gateway.LedgerRecord(w.Context(), "trade", model.NewID(), 0, gateway.Options{})
	if p := problemOf(t, err, gateway.Code(driver.NotReady)); !p.Retryable() || p.RetryAfter != 7*time.Second {
		t.Errorf("%+v, want it to be tried again in 7 s", p)
	}
}

func TestAProblemKeepsItsCause(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	_, err := w.Gateway.LedgerRecord(w.Context(), "trade", model.NewID(), 0, gateway.Options{})
	var d *driver.Error
	if !errors.As(err, &d) || d.Code != driver.NotFound {
		t.Errorf("%v, want the driver's error inside", err)
	}
	p := problemOf(t, err, gateway.NotFound)
	if p.Ledger != "trade" || p.Retryable() {
		t.Errorf("%+v", p)
	}
	for _, id := range []string{"", "urn:uuid:", "6d0a1f5e-27d4-4c39-8b8e-2f6a4f1d9c11", "urn:uuid:6D0A1F5E-27D4-4C39-8B8E-2F6A4F1D9C11"} {
		_, err := w.Gateway.Record(w.Context(), id, gateway.Options{})
		problemOf(t, err, gateway.BadInput)
	}
}

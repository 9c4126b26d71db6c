package gateway_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

func TestALedgersStateIsTold(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	for _, s := range w.Gateway.Ledgers(t.Context()).Ledgers {
		if s.Health != "unasked" || s.AsOf != nil || s.LastGood != nil || s.Customs != (s.Ledger == "cbp") {
			t.Errorf("%+v before it was asked", s)
		}
	}
}

func TestWhereALedgerStandsIsAsked(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	if s := stateOf(t, w, "trade"); s.Health != "ok" || s.AsOf == nil || s.LastGood == nil || s.URI != w.URI("trade") {
		t.Errorf("%+v", s)
	}
	w.Stop("trade")
	if s := stateOf(t, w, "trade"); s.Health != "failing" || s.LastError != string(driver.Unavailable) {
		t.Errorf("%+v while it is down", s)
	}
}

func TestALedgersBreakerIsTold(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{Limits: adapters.Limits{Rest: 50 * time.Millisecond, Tries: 1}})
	if b := stateOf(t, w, "trade").Breaker; b.State != "closed" || b.Since.IsZero() || b.Successes != 1 || b.Failures != 0 {
		t.Errorf("%+v of a ledger that is well", b)
	}
	w.Stop("trade")
	for range adapters.DefaultLimits.Failures {
		_ = stateOf(t, w, "trade")
	}
	if b := w.Gateway.Ledgers(t.Context()).Ledgers[1].Breaker; b.State == "closed" || b.Failures != adapters.DefaultLimits.Failures {
		t.Errorf("%+v of a ledger that is down", b)
	}
}

func stateOf(t *testing.T, w *gatewaytest.World, slug string) *gateway.LedgerState {
	t.Helper()
	s, err := w.Gateway.Ledger(w.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A sick ledger does not make the gateway sick; without any that can be asked, it is.
func TestOneLedgerIsEnoughToBeReady(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	for _, c := range []struct {
		down  string
		ready bool
	}{{"", true}, {"trade", true}, {"cbp", false}} {
		if c.down != "" {
			w.Stop(c.down)
			_, _ = w.Gateway.Ledger(w.Context(), c.down) // it is noticed when it is asked
		}
		if got := w.Gateway.Ready(); got != c.ready {
			t.Errorf("with %q down too: ready %t", c.down, got)
		}
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
	if file.Outcome != trust.Undetermined || len(file.Lines) != 0 {
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

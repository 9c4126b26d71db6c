package gateway_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

// refusal is a submission that must not be taken.
type refusal struct {
	slug    string // trade if empty
	make    func(w *gatewaytest.World) gateway.Submission
	code    gateway.Code
	pointer string // among the faults, or at the beginning of the detail
}

// edit changes the text of a part after it was signed.
func edit(part json.RawMessage, old, by string) json.RawMessage {
	return json.RawMessage(strings.Replace(string(part), old, by, 1))
}

func fresh(w *gatewaytest.World) gateway.Submission {
	return w.Make(w.Importer, "trade", unclaimed(), filing.Filing{}).Submission()
}

// standing is an entry on the trade ledger.
func standing(w *gatewaytest.World) gatewaytest.Filed {
	return w.File(w.Importer, "trade", recently(), filing.Filing{})
}

func decision(entry gatewaytest.Filed, action string) *model.EntryDisposition {
	d := &model.EntryDisposition{Entry: entry.Pin(), Action: action, DecidedOn: model.DateOf(time.Now())}
	if action == model.ActionReject {
		d.ReasonCodes = []string{"004"}
	}
	return d
}

var refusals = map[string]refusal{
	"a record that was altered": {make: func(w *gatewaytest.World) gateway.Submission {
		s := fresh(w)
		s.Record = edit(s.Record, `"issued":"202`, `"issued":"203`)
		return s
	}, code: gateway.BadInput, pointer: "/record/proof"},
	"a document that was altered": {make: func(w *gatewaytest.World) gateway.Submission {
		s := fresh(w)
		s.Document = edit(s.Document, `"remarks":"Line 3`, `"remarks":"Line 2`)
		return s
	}, code: gateway.BadInput, pointer: "/record/digest"},
	"a document of another record": {make: func(w *gatewaytest.World) gateway.Submission {
		s := fresh(w)
		s.Document = fresh(w).Document
		return s
	}, code: gateway.BadInput, pointer: "/record/digest"},
	"a document that is none": {make: func(w *gatewaytest.World) gateway.Submission {
		s := fresh(w)
		s.Document = json.RawMessage(`[]`)
		return s
	}, code: gateway.BadInput, pointer: "/document"},
	"a media type that is not the document's": {make: func(w *gatewaytest.World) gateway.Submission {
		s := fresh(w)
		s.MediaType = "text/html"
		return s
	}, code: gateway.BadInput, pointer: "/mediaType"},
	"an issuer that nobody vouches for": {make: func(w *gatewaytest.World) gateway.Submission {
		return w.Make(w.Stranger(), "trade", unclaimed(), filing.Filing{}).Submission()
	}, code: gateway.RuleBroken, pointer: "/record/issuer"},
	"a role that may not take the step": {make: func(w *gatewaytest.World) gateway.Submission {
		other := *w.Importer
		other.Issuer, other.Collection = w.Exporter.Issuer, w.Exporter.Collection
		return w.Make(&other, "trade", unclaimed(), filing.Filing{}).Submission()
	}, code: gateway.RuleBroken, pointer: "/record/issuer"},
	"an entry that CBP would not find by its number": {make: func(w *gatewaytest.World) gateway.Submission {
		other := *w.Importer
		other.Lookup = w.Stranger().Lookup
		return w.Make(&other, "trade", unclaimed(), filing.Filing{}).Submission()
	}, code: gateway.BadInput, pointer: "/document"},
	"a second version of nothing": {make: func(w *gatewaytest.World) gateway.Submission {
		first := w.Make(w.Importer, "trade", recently(), filing.Filing{})
		return w.Make(w.Importer, "trade", recently(), filing.Filing{Previous: first.Record}).Submission()
	}, code: gateway.Conflict, pointer: "/record/version"},
	"a third version after the first": {make: func(w *gatewaytest.World) gateway.Submission {
		second := w.Make(w.Importer, "trade", recently(), filing.Filing{Previous: standing(w).Record})
		return w.Make(w.Importer, "trade", recently(), filing.Filing{Previous: second.Record}).Submission()
	}, code: gateway.Conflict, pointer: "/record/version"},
	"a second version that follows another first one": {make: func(w *gatewaytest.World) gateway.Submission {
		before := standing(w)
		other := w.Make(w.Importer, "trade", recently(), filing.Filing{ID: before.Record.ID})
		return w.Make(w.Importer, "trade", recently(), filing.Filing{Previous: other.Record}).Submission()
	}, code: gateway.BadInput, pointer: "/record/previous"},
	"a first version where one stands": {make: func(w *gatewaytest.World) gateway.Submission {
		return w.Make(w.Importer, "trade", recently(), filing.Filing{ID: standing(w).Record.ID}).Submission()
	}, code: gateway.Conflict, pointer: ""},
	"a refiling of what was not rejected": {make: func(w *gatewaytest.World) gateway.Submission {
		return w.Make(w.Importer, "trade", recently(), filing.Filing{Previous: standing(w).Record}).Submission()
	}, code: gateway.RuleBroken, pointer: "/record/event"},
	"a first version that begins with a later step": {make: func(w *gatewaytest.World) gateway.Submission {
		return w.Make(w.Importer, "trade", recently(), filing.Filing{Event: lifecycle.Refile}).Submission()
	}, code: gateway.RuleBroken, pointer: "/record/event"},
	"a step of another type of record": {make: func(w *gatewaytest.World) gateway.Submission {
		return w.Make(w.Importer, "trade", recently(), filing.Filing{Event: lifecycle.Certify}).Submission()
	}, code: gateway.UnknownEvent, pointer: "/record/event"},
	"customs' step by a filer, on the filer's own record": {make: func(w *gatewaytest.World) gateway.Submission {
		return w.Make(w.Importer, "trade", recently(), filing.Filing{Previous: standing(w).Record, Event: lifecycle.Accept}).Submission()
	}, code: gateway.UnknownEvent, pointer: "/record/event"},
	"a decision of customs on a partner's ledger": {make: func(w *gatewaytest.World) gateway.Submission {
		return w.Make(w.Customs, "trade", decision(standing(w), model.ActionAccept), filing.Filing{}).Submission()
	}, code: gateway.RuleBroken, pointer: "customs' decisions"},
	"a partner's record on customs' ledger": {slug: "cbp", make: func(w *gatewaytest.World) gateway.Submission {
		return w.Make(w.Importer, "cbp", unclaimed(), filing.Filing{}).Submission()
	}, code: gateway.RuleBroken, pointer: "customs' decisions"},
	"a decision by somebody else than customs": {slug: "cbp", make: func(w *gatewaytest.World) gateway.Submission {
		return w.Make(w.Importer, "cbp", decision(standing(w), model.ActionAccept), filing.Filing{}).Submission()
	}, code: gateway.RuleBroken, pointer: "/record/issuer"},
	"a decision on no entry": {slug: "cbp", make: func(w *gatewaytest.World) gateway.Submission {
		nothing := w.Make(w.Importer, "trade", recently(), filing.Filing{})
		return w.Make(w.Customs, "cbp", decision(nothing, model.ActionAccept), filing.Filing{}).Submission()
	}, code: gateway.RuleBroken, pointer: "the entry"},
	"a decision on a version that is no longer the newest": {slug: "cbp", make: func(w *gatewaytest.World) gateway.Submission {
		old := standing(w)
		w.Decide(old, lifecycle.Reject, "", "004")
		w.File(w.Importer, "trade", recently(), filing.Filing{Previous: old.Record})
		return w.Make(w.Customs, "cbp", decision(old, model.ActionAccept), filing.Filing{}).Submission()
	}, code: gateway.Conflict, pointer: "/record/links"},
	"a second version of a decision": {slug: "cbp", make: func(w *gatewaytest.World) gateway.Submission {
		entry := standing(w)
		first := w.Decide(entry, lifecycle.Accept, "")
		cancel := decision(entry, model.ActionCancel)
		cancel.Remarks = "At the filer's request."
		return w.Make(w.Customs, "cbp", cancel, filing.Filing{Previous: first.Record}).Submission()
	}, code: gateway.RuleBroken, pointer: "/record/version"},
	"a certificate that does not cover its lines": {make: func(w *gatewaytest.World) gateway.Submission {
		certificate := w.File(w.Exporter, "trade", otherGoods(), filing.Filing{})
		return w.Make(w.Importer, "trade", sample.Summary(model.USMCA, certificate.Pin()), filing.Filing{}).Submission()
	}, code: gateway.BadInput, pointer: "/document/credentialSubject/lines/0/hts"},
	"a record for another ledger": {slug: "trade", make: func(w *gatewaytest.World) gateway.Submission {
		return w.Make(w.Exporter, "cbp", sample.Certificate(model.USMCA), filing.Filing{}).Submission()
	}, code: gateway.BadInput, pointer: "/record/ledger"},
}

func TestWhatMustNotStandOnALedgerIsRefused(t *testing.T) {
	for name, c := range refusals {
		if c.slug == "" {
			c.slug = "trade"
		}
		t.Run(name, func(t *testing.T) { refuse(t, c) })
	}
}

// refuse submits what must be refused, and counts what stands on the ledgers before and after.
func refuse(t *testing.T, c refusal) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	s := c.make(w)
	before := w.Count("trade") + w.Count("cbp")
	_, err := w.Gateway.Submit(w.Context(), c.slug, s)
	p := problemOf(t, err, c.code)
	if !points(p, c.pointer) {
		t.Errorf("%v, want %s to be named", p, c.pointer)
	}
	if after := w.Count("trade") + w.Count("cbp"); after != before {
		t.Errorf("%d versions were written", after-before)
	}
}

func points(p *gateway.Problem, pointer string) bool {
	for _, f := range p.Faults {
		if strings.HasPrefix(f.Pointer, pointer) {
			return true
		}
	}
	return strings.HasPrefix(p.Detail, pointer)
}

// What must hold and cannot be checked now is refused, and may be tried again.
func TestWhatCannotBeCheckedNowIsToBeTriedAgain(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	entry := standing(w)
	rejection := w.Make(w.Customs, "cbp", decision(entry, model.ActionReject), filing.Filing{}).Submission()
	replacement := w.Make(w.Importer, "trade", recently(), filing.Filing{Previous: entry.Record}).Submission()
	down := driver.Errorf(driver.Unavailable, "dial tcp 10.1.2.3:26657: connect: connection refused")
	b.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) { return nil, down }
	for slug, s := range map[string]gateway.Submission{"cbp": rejection, "trade": replacement} {
		_, err := w.Gateway.Submit(w.Context(), slug, s)
		if p := problemOf(t, err, gateway.NotChecked); !p.Retryable() {
			t.Errorf("%s: %v is not to be tried again", slug, p)
		}
	}
}

// Without its document, a record is taken under the rules that it can be held to; the receipt says which were not asked.
func TestWithoutItsDocumentTheReceiptSaysWhatWasNotChecked(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	s := fresh(w)
	s.Document = nil
	receipt, err := w.Gateway.Submit(w.Context(), "trade", s)
	if err != nil || receipt.State != driver.Finally || len(receipt.Unchecked) < 2 {
		t.Errorf("%+v, %v; want it final, and what was not checked", receipt, err)
	}
}

// All that is wrong is said at once.
func TestAllFaultsAreToldAtOnce(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	s := fresh(w)
	obj, err := ld.Parse(s.Record, ld.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	obj["type"], obj["version"], obj["colour"] = "Invoice", "one", "blue"
	s.Record, _ = ld.JCS(obj)
	_, err = w.Gateway.Submit(w.Context(), "trade", s)
	p := problemOf(t, err, gateway.BadInput)
	for _, pointer := range []string{"/record/type", "/record/version", "/record/colour"} {
		if !points(p, pointer) {
			t.Errorf("%s is not among %v", pointer, p.Faults)
		}
	}
}

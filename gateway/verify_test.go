package gateway_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

// chain is a record of three versions in hand, which stands on no ledger.
func chain(w *gatewaytest.World) []gatewaytest.Filed {
	all := []gatewaytest.Filed{w.Make(w.Importer, "trade", recently(), filing.Filing{})}
	for range 2 {
		all = append(all, w.Make(w.Importer, "trade", recently(), filing.Filing{Previous: all[len(all)-1].Record}))
	}
	return all
}

func raw(all ...gatewaytest.Filed) []json.RawMessage {
	var records []json.RawMessage
	for _, f := range all {
		records = append(records, json.RawMessage(f.Record.Bytes))
	}
	return records
}

func TestWhatIsInHandIsJudged(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	all := chain(w)
	one, two, three := all[0], all[1], all[2]
	stranger := w.Make(w.Stranger(), "trade", recently(), filing.Filing{})
	for name, c := range map[string]struct {
		bundle           gateway.Bundle
		record, document trust.Outcome // empty: not in the bundle
		pointer          string        // of a fault
	}{
		"a record":   {gateway.Bundle{Record: one.Record.Bytes}, trust.Valid, "", ""},
		"a document": {gateway.Bundle{Document: one.Document.Bytes}, "", trust.Valid, ""},
		"both":       {gateway.Bundle{Record: one.Record.Bytes, Document: one.Document.Bytes}, trust.Valid, trust.Valid, ""},
		"a record with the versions before it": {gateway.Bundle{Record: three.Record.Bytes, Previous: raw(one, two)},
			trust.Valid, "", ""},
		"a version is missing before it": {gateway.Bundle{Record: three.Record.Bytes, Previous: raw(one)},
			trust.Invalid, "", "/record/version"},
		"a version is missing among those before it": {gateway.Bundle{Record: three.Record.Bytes, Previous: raw(one, one, two)},
			trust.Invalid, "", "/previous/1/version"},
		"a version before it is no record": {gateway.Bundle{Record: three.Record.Bytes, Previous: []json.RawMessage{[]byte(`7`)}},
			trust.Invalid, "", "/previous/0"},
		"a document of another record": {gateway.Bundle{Record: one.Record.Bytes, Document: two.Document.Bytes},
			trust.Valid, trust.Invalid, "/record/digest"},
		"an altered record": {gateway.Bundle{Record: edit(one.Record.Bytes, `"issued":"202`, `"issued":"203`)},
			trust.Invalid, "", "/record/proof"},
		"an altered document": {gateway.Bundle{Document: edit(one.Document.Bytes, `Line 3`, `Line 2`)},
			"", trust.Invalid, "/document/proof"},
		"a document that breaks a rule": {gateway.Bundle{Document: edit(one.Document.Bytes, `"entryNumber":"ABC`, `"entryNumber":"ABD`)},
			"", trust.Invalid, "/document/credentialSubject/entryNumber"},
		"a record that is none":              {gateway.Bundle{Record: []byte(`{}`)}, trust.Invalid, "", "/record"},
		"a record that nobody vouches for":   {gateway.Bundle{Record: stranger.Record.Bytes}, trust.Undetermined, "", ""},
		"a document that nobody vouches for": {gateway.Bundle{Document: stranger.Document.Bytes}, "", trust.Undetermined, ""},
	} {
		t.Run(name, func(t *testing.T) {
			v, err := w.Gateway.Verify(c.bundle)
			if err != nil {
				t.Fatal(err)
			}
			if got := outcomeOf(v.Record); got != c.record {
				t.Errorf("record %q, want %q: %+v", got, c.record, v.Record)
			}
			if got := outcomeOf(v.Document); got != c.document {
				t.Errorf("document %q, want %q: %+v", got, c.document, v.Document)
			}
			if !hasFault(v, c.pointer) {
				t.Errorf("faults %v, want one of %q", v.Faults, c.pointer)
			}
		})
	}
}

func outcomeOf(v *trust.Verdict) trust.Outcome {
	if v == nil {
		return ""
	}
	return v.Outcome
}

func hasFault(v *gateway.Verified, pointer string) bool {
	for _, f := range v.Faults {
		if pointer != "" && strings.HasPrefix(f.Pointer, pointer) {
			return true
		}
	}
	return pointer == "" && len(v.Faults) == 0
}

// Part of a chain is no proof that nothing was taken out before it.
func TestPartOfAChainIsNotTheWholeOfIt(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	all := chain(w)
	v, err := w.Gateway.Verify(gateway.Bundle{Record: all[2].Record.Bytes, Previous: raw(all[1])})
	if err != nil {
		t.Fatal(err)
	}
	if c := lineOf(*v.Record, trust.Versions); c.Outcome != trust.Undetermined || !strings.Contains(c.Reason, "before version 2") {
		t.Errorf("%+v, want undetermined", c)
	}
}

func TestACompromisedKeyIsToldOfWhatIsInHand(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	one := chain(w)[0]
	w.Revoke(time.Now().Add(-time.Minute), model.RevokedCompromised)
	v, err := w.Gateway.Verify(gateway.Bundle{Record: one.Record.Bytes, Document: one.Document.Bytes})
	if err != nil || v.Record.Outcome != trust.Invalid || v.Document.Outcome != trust.Invalid {
		t.Errorf("%+v, %v: want both invalid", v, err)
	}
}

func TestNothingInHandIsNoBundle(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	_, err := w.Gateway.Verify(gateway.Bundle{})
	problemOf(t, err, gateway.BadInput)
	_, err = w.Gateway.Verify(gateway.Bundle{Document: []byte(`{}`), Previous: []json.RawMessage{[]byte(`{}`)}})
	if p := problemOf(t, err, gateway.BadInput); !points(p, "/previous") {
		t.Errorf("%v, want /previous to be named: nothing follows it", p)
	}
}

package api_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

func TestWhatIsInHandIsJudgedWithoutAskingAnybody(t *testing.T) {
	s := newSite(t, options{})
	one := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
	two := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{Previous: one.Record})
	stranger := s.Make(s.Stranger(), "trade", unclaimed(), filing.Filing{})
	s.Stop("trade")
	s.Stop("cbp")
	s.Evidence.HTTP.Close()
	raw := func(b []byte) json.RawMessage { return b }
	for name, c := range map[string]struct {
		bundle           gateway.Bundle
		record, document trust.Outcome
	}{
		"a record and its document":      {gateway.Bundle{Record: one.Record.Bytes, Document: one.Document.Bytes}, trust.Valid, trust.Valid},
		"a record and the one before":    {gateway.Bundle{Record: two.Record.Bytes, Previous: []json.RawMessage{raw(one.Record.Bytes)}}, trust.Valid, ""},
		"a record after another":         {gateway.Bundle{Record: two.Record.Bytes, Previous: []json.RawMessage{raw(stranger.Record.Bytes)}}, trust.Invalid, ""},
		"a document of another record":   {gateway.Bundle{Record: one.Record.Bytes, Document: two.Document.Bytes}, trust.Valid, trust.Invalid},
		"what nobody vouches for":        {gateway.Bundle{Record: stranger.Record.Bytes}, trust.Undetermined, ""},
		"a document that is no document": {gateway.Bundle{Document: []byte(`{}`)}, "", trust.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			var got gateway.Verified
			s.do(post("/v1/verify", c.bundle)).want(http.StatusOK, &got)
			if outcome(got.Record) != c.record || outcome(got.Document) != c.document {
				t.Errorf("record %q and document %q, want %q and %q: %v", outcome(got.Record), outcome(got.Document), c.record, c.document, got.Faults)
			}
			if invalid := c.record == trust.Invalid || c.document == trust.Invalid; invalid != (len(got.Faults) > 0) {
				t.Errorf("faults %v", got.Faults)
			}
		})
	}
	for _, l := range s.Gateway.Ledgers(t.Context()).Ledgers {
		if l.Health != "unasked" {
			t.Errorf("ledger %s was asked: %s", l.Ledger, l.Health)
		}
	}
}

func outcome(v *trust.Verdict) trust.Outcome {
	if v == nil {
		return ""
	}
	return v.Outcome
}

func TestABundleThatHoldsNothingIsFaulty(t *testing.T) {
	s := newSite(t, options{})
	for body, pointer := range map[string]string{
		`{}`:                              "",
		`{"previous":[{}]}`:               "",
		`{"document":{},"previous":[{}]}`: "/previous",
		`{"record":{},"previous":{}}`:     "/previous",
		`{"record":{},"records":[]}`:      "/records",
	} {
		if p := s.do(post("/v1/verify", []byte(body))).problem(http.StatusUnprocessableEntity, gateway.BadInput); !p.points(pointer) {
			t.Errorf("%s: %+v, want %s to be named", body, p, pointer)
		}
	}
}

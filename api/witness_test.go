package api_test

import (
	"bytes"
	"net/http"
	"net/url"
	"testing"

	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust/key"
)

func TestTheWitnessLogIsReadPageByPage(t *testing.T) {
	s, certificate, entry := filed(t, options{})
	decision := s.Decide(entry, lifecycle.Accept, "")
	want := map[string]bool{certificate.Record.ID: true, entry.Record.ID: true, decision.Record.ID: true}
	seen, after := uint64(0), ""
	for {
		var page witness.Page
		s.do(get("/v1/witness?limit=2&after="+url.QueryEscape(after))).want(http.StatusOK, &page)
		if len(page.Entries) == 0 {
			break
		}
		for _, e := range page.Entries {
			if seen++; e.Seq != seen || !want[e.ID] || e.Relation != witness.First {
				t.Errorf("entry %+v", e)
			}
		}
		after = page.Next
	}
	if seen != 3 {
		t.Errorf("%d entries, want 3", seen)
	}
	var page witness.Page
	s.do(get("/v1/witness?ledger=cbp")).want(http.StatusOK, &page)
	if len(page.Entries) != 1 || page.Entries[0].ID != decision.Record.ID {
		t.Errorf("customs' ledger: %+v", page.Entries)
	}
}

// The export is signed by the gateway, and its last line says so.
func TestTheExportIsSigned(t *testing.T) {
	s, _, _ := filed(t, options{})
	a := s.do(get("/v1/witness/export")).want(http.StatusOK, nil)
	by := must(key.DID(s.Config.Signer))(t)
	statement := must(witness.VerifyExport(bytes.NewReader(a.Body), by))(t)
	if statement.First != 1 || statement.Last != 2 {
		t.Errorf("%+v, want it about 2 entries", statement)
	}
	if _, err := witness.VerifyExport(bytes.NewReader(a.Body[:len(a.Body)/2]), by); err == nil {
		t.Error("half an export verifies")
	}
}

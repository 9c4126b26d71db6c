package api_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/schemas"
)

func TestLedgersAreTold(t *testing.T) {
	s := newSite(t, options{})
	var all struct{ Ledgers []gateway.LedgerState }
	s.do(get("/v1/ledgers")).want(http.StatusOK, &all)
	if len(all.Ledgers) != 2 || !all.Ledgers[0].Customs || all.Ledgers[1].Customs || all.Ledgers[1].Health != "unasked" {
		t.Errorf("%+v, want cbp, which is customs', and trade, both not asked", all.Ledgers)
	}
	var trade gateway.LedgerState
	s.do(get("/v1/ledgers/trade")).want(http.StatusOK, &trade)
	if trade.Health != "ok" || trade.AsOf == nil || trade.LastGood == nil {
		t.Errorf("%+v, want it to have been asked", trade)
	}
	s.Stop("trade")
	s.do(get("/v1/ledgers/trade")).want(http.StatusOK, &trade)
	if trade.Health != "failing" || trade.LastError != string(driver.Unavailable) {
		t.Errorf("%+v, want its failure to be part of the answer", trade)
	}
}

// One sick ledger does not make the gateway sick; when none is left, it cannot answer, and lives on.
func TestHealthAndReadiness(t *testing.T) {
	s := newSite(t, options{})
	alive := func() { s.t.Helper(); s.do(get("/healthz")).want(http.StatusOK, nil) }
	alive()
	s.do(get("/readyz")).want(http.StatusOK, nil)
	s.Stop("trade")
	s.do(get("/v1/ledgers/trade")).want(http.StatusOK, nil)
	s.do(get("/readyz")).want(http.StatusOK, nil)
	s.Stop("cbp")
	s.do(get("/v1/ledgers/cbp")).want(http.StatusOK, nil)
	if p := s.do(get("/readyz")).problem(http.StatusServiceUnavailable, api.CodeNoLedger); !p.Retryable {
		t.Errorf("%+v, want it to be tried again", p)
	}
	alive()
	s.Start("cbp")
	s.do(get("/v1/ledgers/cbp")).want(http.StatusOK, nil)
	s.do(get("/readyz")).want(http.StatusOK, nil)
}

func TestWhatIsPlannedSaysThatItIsNotOffered(t *testing.T) {
	s := newSite(t, options{})
	for _, c := range []call{get("/v1/events"), get("/v1/events?after=x&wait=25")} {
		s.do(c).problem(http.StatusNotImplemented, gateway.NotOffered)
	}
}

func TestTheVocabularyIsServed(t *testing.T) {
	s := newSite(t, options{})
	for path, url := range map[string]string{
		"/contexts/fta-v1": "https://w3id.org/fta/v1", "/contexts/credentials-v2": "https://www.w3.org/ns/credentials/v2",
		"/contexts/security-data-integrity-v2": "https://w3id.org/security/data-integrity/v2",
	} {
		want, _ := schemas.Context(url)
		if got := s.do(get(path)).want(http.StatusOK, nil); !bytes.Equal(got.Body, want) {
			t.Errorf("%s is not %s", path, url)
		}
	}
	for _, name := range schemas.SchemaNames() {
		want, _ := schemas.Schema(name)
		for _, path := range []string{"/schemas/" + name, "/schemas/" + name + ".json"} {
			if got := s.do(get(path)).want(http.StatusOK, nil); !bytes.Equal(got.Body, want) {
				t.Errorf("%s is not the schema %s", path, name)
			}
		}
	}
	if got := s.do(get("/v1/openapi.json")).want(http.StatusOK, nil); !bytes.Equal(got.Body, api.OpenAPI()) {
		t.Error("the description that is served is another")
	}
	if got := s.do(get("/metrics")).want(http.StatusOK, nil); !bytes.Contains(got.Body, []byte("fta_test_total")) {
		t.Errorf("metrics: %.200s", got.Body)
	}
	for _, path := range []string{"/contexts/fta-v2", "/schemas/Invoice.json", "/schemas/..%2fcodes%2fspi", "/contexts/%2e%2e"} {
		s.do(get(path)).problem(http.StatusNotFound, api.CodeNoRoute)
	}
}

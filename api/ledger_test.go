package api_test

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
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

// unheard is a ledger of which nothing is known until it answers, as behind the ledger protocol.
type unheard struct {
	driver.Ledger
	answered *atomic.Bool
}

func (u unheard) Describe() driver.Description {
	d := u.Ledger.Describe()
	d.Unreached = !u.answered.Load()
	d.Abilities = append(d.Abilities, "history")
	return d
}

func (u unheard) Head(ctx context.Context) (driver.Head, error) {
	h, err := u.Ledger.Head(ctx)
	u.answered.Store(err == nil)
	return h, err
}

// What a ledger can do is not told before it has said so, and nothing is told that the gateway makes no use of.
func TestWhatIsNotKnownOfALedgerIsNotTold(t *testing.T) {
	s := newSite(t, options{Options: gatewaytest.Options{Wrap: func(slug string, chain driver.Ledger) driver.Ledger {
		return unheard{chain, new(atomic.Bool)}
	}}})
	var all struct{ Ledgers []map[string]any }
	s.do(get("/v1/ledgers")).want(http.StatusOK, &all)
	for _, l := range all.Ledgers {
		for _, name := range []string{"kind", "via", "abilities", "finality", "writeMode", "maxBody"} {
			if value, told := l[name]; told {
				t.Errorf("%s: %s is %v, and the ledger was never reached", l["ledger"], name, value)
			}
		}
		if l["health"] != "unasked" || l["policy"] == nil {
			t.Errorf("%v", l)
		}
	}
	var trade gateway.LedgerState
	s.do(get("/v1/ledgers/trade")).want(http.StatusOK, &trade)
	if trade.Kind == "" || !slices.Contains(trade.Abilities, "read") || slices.Contains(trade.Abilities, "history") || trade.MaxBody == 0 {
		t.Errorf("%+v", trade)
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

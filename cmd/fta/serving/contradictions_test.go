package serving_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/cmd/fta/serving"
	"github.com/ftagateway/ftagateway/gateway/witness"
)

// denied are the metrics that a gateway serves.
func denied(g *serving.Gateway) string {
	w := httptest.NewRecorder()
	promhttp.HandlerFor(g.Metrics, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return w.Body.String()
}

func wantDenied(t *testing.T, g *serving.Gateway, lines ...string) {
	t.Helper()
	text := denied(g)
	for _, line := range lines {
		if !strings.Contains(text, "fta_ledger_contradictions_total{"+line+"\n") {
			t.Errorf("no line %s in\n%s", line, text)
		}
	}
}

// Contradictions are 0 before there is one, also of a ledger that a reload adds; and a process that is started anew, and a
// reload, count on where the one before was.
func TestContradictionsAreCountedOn(t *testing.T) {
	c := settings(t)
	g, _ := open(t, c)
	wantDenied(t, g, `kind="rolled-back",ledger="trade"} 0`, `kind="altered",ledger="trade"} 0`, `kind="vanished",ledger="cbp"} 0`)
	for _, version := range []uint64{1, 2, 2} {
		fact := witness.Contradiction{Kind: witness.Altered, By: "trade", ID: "urn:uuid:5f6ee4cf-1e43-4b0e-9d5e-0a86b2a0f2f5", Version: version}
		if _, err := g.Witness.Note(fact); err != nil {
			t.Fatal(err)
		}
	}
	next, err := g.Next(t.Context(), with(c, "extra", config.Ledger{URL: "memory:"}))
	if err != nil {
		t.Fatal(err)
	}
	wantDenied(t, next, `kind="altered",ledger="trade"} 2`, `kind="altered",ledger="extra"} 0`)
	for _, old := range []*serving.Gateway{g, next} {
		if err := old.Close(); err != nil {
			t.Fatal(err)
		}
	}
	again, _ := open(t, c)
	wantDenied(t, again, `kind="altered",ledger="trade"} 2`, `kind="rolled-back",ledger="trade"} 0`)
}

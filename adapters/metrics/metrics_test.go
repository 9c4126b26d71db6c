package metrics_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/ftagateway/ftagateway/adapters/breaker"
	"github.com/ftagateway/ftagateway/adapters/bulkhead"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/metrics"
	"github.com/ftagateway/ftagateway/adapters/rate"
)

func TestCallsAreCountedByLedgerMethodAndCode(t *testing.T) {
	reg := prometheus.NewRegistry()
	for _, slug := range []string{"trade", "cbp"} {
		calls, err := metrics.New(reg) // as two ledgers do that are opened one after the other
		if err != nil {
			t.Fatal(err)
		}
		for _, answer := range []error{nil, driver.Errorf(driver.Unavailable, "down"), errors.New("a driver's raw error")} {
			got := calls.Ledger(slug).Around(t.Context(), "Read", 0, func(context.Context) error { return answer })
			if !errors.Is(got, answer) {
				t.Errorf("answered %v, want %v", got, answer)
			}
		}
	}
	text := scrape(reg)
	for _, line := range append(oneOfEach("trade"), oneOfEach("cbp")...) {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no line %s in\n%s", line, text)
		}
	}
}

// oneOfEach are the lines of a ledger that was read three times, with another outcome each.
func oneOfEach(slug string) []string {
	lines := []string{`fta_ledger_call_duration_seconds_count{ledger="` + slug + `",method="Read"} 3`}
	for _, code := range []string{"ok", "unavailable", "unknown"} {
		lines = append(lines, `fta_ledger_calls_total{code="`+code+`",ledger="`+slug+`",method="Read"} 1`)
	}
	return lines
}

// scrape gives what a Prometheus server would read.
func scrape(reg *prometheus.Registry) string {
	w := httptest.NewRecorder()
	promhttp.HandlerFor(reg, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return w.Body.String()
}

func TestCallsUnderWayAreInFlight(t *testing.T) {
	reg := prometheus.NewRegistry()
	calls, err := metrics.New(reg)
	if err != nil {
		t.Fatal(err)
	}
	inFlight := func(want string) {
		if line := `fta_ledger_calls_in_flight{ledger="trade"} ` + want; !strings.Contains(scrape(reg), line+"\n") {
			t.Errorf("no line %s", line)
		}
	}
	err = calls.Ledger("trade").Around(t.Context(), "Read", 0, func(context.Context) error { inFlight("1"); return nil })
	if err != nil {
		t.Error(err)
	}
	inFlight("0")
}

func TestAForeignMetricOfTheSameNameIsAnError(t *testing.T) {
	reg := prometheus.NewRegistry()
	reg.MustRegister(prometheus.NewCounter(prometheus.CounterOpts{Name: "fta_ledger_calls_total", Help: "Another."}))
	if _, err := metrics.New(reg); err == nil {
		t.Error("no error, though the name is taken by something else")
	}
}

func TestWithoutARegistry(t *testing.T) {
	calls, err := metrics.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := calls.Ledger("trade").Around(t.Context(), "Read", 0, func(context.Context) error { return nil }); err != nil {
		t.Error(err)
	}
}

func TestWhatStandsBetweenCallsAndTheChainIsCounted(t *testing.T) {
	reg := prometheus.NewRegistry()
	calls, err := metrics.New(reg)
	if err != nil {
		t.Fatal(err)
	}
	l := calls.Ledger("trade")
	for before, state := range map[string]string{"": "closed", "half-open": "open"} { // neither is the opening of one that was well
		l.Breaker(before, state)
	}
	l.Breaker("closed", "open")
	l.Retried("Get")
	l.Shared("Head")
	for _, err := range []error{breaker.ErrOpen, bulkhead.ErrFull, rate.ErrLimited, errors.New("the chain's own")} {
		_ = l.Around(t.Context(), "Read", 0, func(context.Context) error { return &driver.Error{Code: driver.Unavailable, Err: err} })
	}
	text := scrape(reg)
	for _, line := range []string{
		`fta_ledger_breaker_state{ledger="trade"} 2`,
		`fta_ledger_breaker_openings_total{ledger="trade"} 1`,
		`fta_ledger_retries_total{ledger="trade",method="Get"} 1`,
		`fta_ledger_shared_total{ledger="trade",method="Head"} 1`,
		`fta_ledger_refusals_total{by="breaker",ledger="trade"} 1`,
		`fta_ledger_refusals_total{by="bulkhead",ledger="trade"} 1`,
		`fta_ledger_refusals_total{by="rate",ledger="trade"} 1`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no line %s in\n%s", line, text)
		}
	}
}

// What a ledger's cache says of itself and what is scraped are one number, also after the ledger was opened anew.
func TestACachesReadsAreCountedOnce(t *testing.T) {
	reg := prometheus.NewRegistry()
	for range 2 {
		caches, err := metrics.NewCaches(reg)
		if err != nil {
			t.Fatal(err)
		}
		c := caches.Ledger("trade")
		c.Hits.Inc()
		c.Misses.Inc()
		c.Hits.Inc()
		if line := fmt.Sprintf(`fta_ledger_cache_reads_total{from="cache",ledger="trade"} %d`, c.Hits.Value()); !strings.Contains(scrape(reg), line+"\n") {
			t.Errorf("no line %s in\n%s", line, scrape(reg))
		}
		if c.Hits.Value() != 2*c.Misses.Value() {
			t.Errorf("%d hits, %d misses", c.Hits.Value(), c.Misses.Value())
		}
	}
	if line := `fta_ledger_cache_reads_total{from="ledger",ledger="trade"} 2`; !strings.Contains(scrape(reg), line+"\n") {
		t.Errorf("no line %s in\n%s", line, scrape(reg))
	}
}

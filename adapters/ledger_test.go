package adapters_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust"
)

func limits(l adapters.Limits) func(*adapters.Config, *adapters.Env) {
	return func(c *adapters.Config, _ *adapters.Env) { c.Limits = l }
}

// hang makes a node accept reads and never answer them.
func hang(n *node) *node {
	n.get = func(ctx context.Context, _ driver.Ref) (*driver.Entry, error) {
		<-ctx.Done()
		return nil, driver.FromContext(ctx)
	}
	return n
}

func TestASickLedgerCostsAReaderNoMoreThanItsLimits(t *testing.T) {
	for name, c := range map[string]struct {
		limits adapters.Limits
		want   time.Duration
		chance time.Duration // what is left to it of the time between two attempts
	}{
		"the attempt's": {adapters.Limits{Budget: 5 * time.Second, Attempt: 2 * time.Second, Tries: 1}, 2 * time.Second, 0},
		"the budget":    {adapters.Limits{Budget: time.Second, Attempt: 2 * time.Second}, time.Second, 0},
		"by default":    {adapters.Limits{}, 4 * time.Second, 100 * time.Millisecond}, // a third attempt would not fit
	} {
		synctest.Test(t, func(t *testing.T) {
			l := open(t, hang(newNode(t)), limits(c.limits))
			began := time.Now()
			_, err := l.Read(t.Context(), id, 0)
			took := time.Since(began)
			if driver.CodeOf(err) != driver.DeadlineExceeded || took < c.want || took > c.want+c.chance {
				t.Errorf("%s: %v after %s, want deadline-exceeded after %s", name, err, took, c.want)
			}
		})
	}
}

func TestWaitingForAPlaceSaysNothingOfTheChain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := open(t, hang(newNode(t)), limits(adapters.Limits{Budget: time.Hour, Attempt: time.Minute, Concurrency: 1}))
		first := make(chan error)
		go func() { _, err := l.Read(t.Context(), id, 0); first <- err }()
		synctest.Wait()
		hurried, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.Read(hurried, id, 0); driver.CodeOf(err) != driver.DeadlineExceeded {
			t.Errorf("%v for a caller with a second, want deadline-exceeded", err)
		}
		if h := l.Health(); h != (adapters.Health{}) {
			t.Errorf("health %+v, though no answer came yet", h)
		}
		if err := <-first; driver.CodeOf(err) != driver.DeadlineExceeded {
			t.Errorf("the first: %v", err)
		}
	})
}

func TestWhoFindsNoPlaceIsTurnedAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := hang(newNode(t))
		stuck := n.get
		n.get = func(context.Context, driver.Ref) (*driver.Entry, error) { // a driver that overruns its deadline
			ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
			defer cancel()
			return stuck(ctx, driver.Ref{})
		}
		l := open(t, n, limits(adapters.Limits{Budget: 5 * time.Second, Attempt: 2 * time.Second, Concurrency: 1}))
		done := make(chan struct{})
		go func() { _, _ = l.Read(t.Context(), id, 0); close(done) }()
		synctest.Wait()
		_, err := l.Read(t.Context(), other, 0)
		var full *driver.Error
		if !errors.As(err, &full) || full.Code != driver.ResourceExhausted || full.RetryAfter == 0 {
			t.Errorf("%v, want resource-exhausted with a time to try again", err)
		}
		<-done
	})
}

func TestHealthIsTheChainsLastAnswer(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	l := open(t, n, limits(adapters.Limits{Tries: 1}))
	if h := l.Health(); h != (adapters.Health{}) {
		t.Errorf("before the first call: %+v", h)
	}
	read(t, l, 0)
	n.chain.Stop()
	_, _ = l.Head(ctx)
	want := adapters.Health{LastSuccess: noon, LastFailure: noon, LastError: driver.Unavailable, Failures: 1}
	if h := l.Health(); h != want {
		t.Errorf("%+v, want %+v", h, want)
	}
}

func TestCallsAreCountedAsTheirCallersSeeThem(t *testing.T) {
	reg := prometheus.NewRegistry()
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	l := open(t, n, anchored(n), func(_ *adapters.Config, e *adapters.Env) { e.Metrics = reg })
	read(t, l, 0) // one call, though the chain is asked for the entry and for a proof
	_, _ = l.Read(ctx, other, 0)
	_, _ = l.Read(ctx, "ABC12345676", 0)
	w := httptest.NewRecorder()
	promhttp.HandlerFor(reg, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, code := range []string{"ok", "not-found", "invalid"} {
		line := `fta_ledger_calls_total{code="` + code + `",ledger="trade",method="Read"} 1` + "\n"
		if !strings.Contains(w.Body.String(), line) {
			t.Errorf("no line %s", line)
		}
	}
	if strings.Contains(w.Body.String(), "ABC12345676") {
		t.Error("the metrics show what was asked for")
	}
}

func TestAfterClose(t *testing.T) {
	l := open(t, newNode(t))
	if err := errors.Join(l.Close(), l.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Read(ctx, id, 0); driver.CodeOf(err) != driver.Canceled {
		t.Errorf("%v, want canceled", err)
	}
}

func TestOpen(t *testing.T) {
	l, err := adapters.Open(ctx, adapters.Config{Slug: "trade", URL: "memory:"}, adapters.Env{Signer: issuer})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	uri, err := l.URI(ctx)
	if d := l.Describe(); err != nil || uri == "" || d.URI != uri || d.Kind != "memory" || d.Slug != l.Slug() || d.Policy != "public" {
		t.Errorf("%+v, %q, %v", d, uri, err)
	}
	if _, err := adapters.Open(ctx, adapters.Config{Slug: "trade", URL: "carrier-pigeon://x"}, adapters.Env{}); driver.CodeOf(err) != driver.Invalid {
		t.Errorf("an unknown scheme: %v, want invalid", err)
	}
	bad := adapters.Config{Slug: "trade", URL: "memory:", Policy: "secret"}
	if _, err := adapters.Open(ctx, bad, adapters.Env{}); err == nil {
		t.Error("an unknown policy: no error")
	}
}

func TestAConfigurationThatCanNeverWorkIsToldWhole(t *testing.T) {
	_, err := adapters.New(newNode(t), adapters.Config{
		Slug: "Trade Ledger", Finality: "maybe", Require: []string{"luck"}, Limits: adapters.Limits{Attempt: -1},
	}, adapters.Env{})
	for _, want := range []string{`slug "Trade Ledger"`, `finality "maybe"`, `require "luck"`, "limits"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %s in %v", want, err)
		}
	}
	reg := prometheus.NewRegistry()
	reg.MustRegister(prometheus.NewCounter(prometheus.CounterOpts{Name: "fta_ledger_calls_total", Help: "Another."}))
	if _, err := adapters.New(newNode(t), adapters.Config{Slug: "trade"}, adapters.Env{Metrics: reg}); err == nil {
		t.Error("a metric's name is taken: no error")
	}
}

func TestWhatIsDescribedIsTheCallersCopy(t *testing.T) {
	l := open(t, newNode(t))
	d := l.Describe()
	if !slices.Equal(d.Require, adapters.DefaultRequire) || len(d.Abilities) == 0 {
		t.Fatalf("%+v", d)
	}
	d.Require[0], d.Abilities[0], d.ProofTypes[0] = "x", "x", "x"
	again := l.Describe()
	if again.Require[0] != trust.Schema || again.Abilities[0] == "x" || again.ProofTypes[0] == "x" || adapters.DefaultRequire[0] == "x" {
		t.Errorf("a caller changed it: %+v", again)
	}
}

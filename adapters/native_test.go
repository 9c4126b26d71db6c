package adapters_test

import (
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
	"github.com/ftagateway/ftagateway/adapters/memory"
)

// What is no record stands there as it does on the chain, for whoever reads it by another mapping.
func TestNativeIsTheChainItself(t *testing.T) {
	n := newNode(t)
	n.put(t, "0077123", []byte("<entry/>"), []byte("\xff\x00"))
	l := open(t, n).Native()
	e, err := l.Get(ctx, driver.Ref{Key: "0077123"})
	if err != nil || e.Version != 2 || string(e.Body) != "\xff\x00" {
		t.Fatalf("%+v, %v", e, err)
	}
	if page, err := l.Versions(ctx, "0077123", 0, 0); err != nil || len(page) != 2 {
		t.Errorf("%d versions, %v", len(page), err)
	}
	if b, err := l.Changes(ctx, "", 0, 0); err != nil || len(b.Entries) != 2 {
		t.Errorf("%+v, %v", b, err)
	}
	p, err := l.Prove(ctx, e)
	if err != nil || driver.Verify(e, p, n.chain.Anchors()).Outcome != driver.Verified {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestNativeFindsTheChainsOwnKeys(t *testing.T) {
	n := newNode(t)
	of := driver.Lookup{Name: "lookup", Value: "x"}
	if _, err := n.Ledger.Append(ctx, &driver.Write{Key: "0077123", Body: []byte("{}"), Lookups: []driver.Lookup{of}}); err != nil {
		t.Fatal(err)
	}
	keys, next, err := open(t, n).Native().Find(ctx, of, "", 0)
	if err != nil || next != "" || !slices.Equal(keys, []string{"0077123"}) {
		t.Errorf("%v, %q, %v", keys, next, err)
	}
}

// writing is a Ledger over a chain that takes anything.
func writing(t *testing.T, native, testing bool) (*adapters.Ledger, *memory.Ledger) {
	chain := memory.New(memory.Options{URI: trade, ForTesting: testing})
	return open(t, chain, func(c *adapters.Config, _ *adapters.Env) { c.NativeWrites = native }), chain
}

// Unless the operator and the chain both say that it may, and what is written is a record.
func TestNativeIsReadOnly(t *testing.T) {
	w := &driver.Write{Key: id, Body: record(t, nil).Bytes}
	for name, c := range map[string]struct {
		native, testing bool
		want            driver.Code
	}{
		"by default":                   {want: driver.Unsupported},
		"where only the chain says so": {testing: true, want: driver.Unsupported},
		"where only the operator does": {native: true, want: driver.Unsupported},
		"unless both do":               {native: true, testing: true},
	} {
		l, chain := writing(t, c.native, c.testing)
		writes := c.want == ""
		if d := l.Native().Describe(); d.Can(driver.AbilityAppend) != writes || (d.WriteMode == driver.WriteNone) == writes {
			t.Errorf("%s: %v, %s", name, d.Abilities, d.WriteMode)
		}
		r, err := l.Native().Append(ctx, w)
		if driver.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := chain.Get(ctx, driver.Ref{Key: id}); (err == nil) != writes {
			t.Errorf("%s: the chain has it: %v", name, err)
		}
		if !writes {
			r = &driver.Receipt{Tx: "x"}
		}
		if _, err := l.Native().Receipt(ctx, r.Tx); driver.CodeOf(err) != c.want {
			t.Errorf("%s: receipt: %v", name, err)
		}
	}
}

func TestNativeDisclosesNoMoreThanARecord(t *testing.T) {
	l, chain := writing(t, true, true)
	body := strings.Replace(string(record(t, nil).Bytes), `"event"`, `"entryNumber":"ABC20261105","event"`, 1)
	if _, err := l.Native().Append(ctx, &driver.Write{Key: id, Body: []byte(body)}); driver.CodeOf(err) != driver.Invalid {
		t.Errorf("%v", err)
	}
	if _, err := chain.Get(ctx, driver.Ref{Key: id}); driver.CodeOf(err) != driver.NotFound {
		t.Errorf("the chain has it: %v", err)
	}
}

// A reader of the chain itself is bounded, counted and remembered as every other is.
func TestNativeHasTheLedgersLimits(t *testing.T) {
	counted := prometheus.NewRegistry()
	synctest.Test(t, func(t *testing.T) {
		l := open(t, hang(newNode(t)), limits(adapters.Limits{Attempt: time.Second}), func(_ *adapters.Config, e *adapters.Env) { e.Metrics = counted })
		began := time.Now()
		_, err := l.Native().Get(t.Context(), driver.Ref{Key: id})
		if driver.CodeOf(err) != driver.DeadlineExceeded || time.Since(began) != time.Second {
			t.Errorf("%v after %s", err, time.Since(began))
		}
		if h := l.Health(); h.LastError != driver.DeadlineExceeded {
			t.Errorf("%+v", h)
		}
	})
	w := httptest.NewRecorder()
	promhttp.HandlerFor(counted, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	line := `fta_ledger_calls_total{code="deadline-exceeded",ledger="trade",method="NativeGet"} 1` + "\n"
	if !strings.Contains(w.Body.String(), line) {
		t.Errorf("no line %s", line)
	}
}

func TestClosingNativeClosesNothing(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	l := open(t, n)
	if err := l.Native().Close(); err != nil {
		t.Fatal(err)
	}
	read(t, l, 0)
	if _, err := l.Native().Head(ctx); err != nil {
		t.Error(err)
	}
}

package ledgerhttp_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/conformance"
)

// gateway serves a ledger under a name, and opens the driver that reads it.
func gateway(t testing.TB, name string, l driver.Ledger) driver.Ledger {
	t.Helper()
	return through(t, ledgerhttp.New(l, ledgerhttp.Options{Gateway: name}))
}

func through(t testing.TB, h http.Handler) driver.Ledger {
	t.Helper()
	server := httptest.NewServer(h)
	l, err := driver.Open(t.Context(), "ledger+"+server.URL, driver.Env{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		l.Close()
		server.Close()
	})
	return l
}

// TestTwoGatewaysInARow change nothing of what the chain says, proofs and its own name included.
func TestTwoGatewaysInARow(t *testing.T) {
	origin := memory.New(memory.Options{ForTesting: true, MaxBody: 4 << 10})
	second := httptest.NewServer(ledgerhttp.New(gateway(t, "first", origin), ledgerhttp.Options{Gateway: "second"}))
	t.Cleanup(second.Close)
	open := func(ctx context.Context) (driver.Ledger, error) {
		return driver.Open(ctx, "ledger+"+second.URL, driver.Env{})
	}
	report := conformance.Test(t, conformance.Harness{Open: open, Reopen: open, Anchors: origin.Chain().Anchors,
		Author: origin.Author()}, conformance.Options{Seed: 1})
	if report.Summary.Pass < 60 {
		t.Errorf("%+v", report.Summary)
	}
	l, err := open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if uri := l.Describe().URI; uri != origin.Describe().URI {
		t.Errorf("the origin %s arrives as %s", origin.Describe().URI, uri)
	}
}

// TestGatewaysThatReadThroughEachOtherAreRefused at the first turn, and not when time runs out.
func TestGatewaysThatReadThroughEachOtherAreRefused(t *testing.T) {
	var asked atomic.Int32
	circle := &swapped{Ledger: memory.New(memory.Options{})}
	h := ledgerhttp.New(circle, ledgerhttp.Options{Gateway: "first"})
	first := through(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		h.ServeHTTP(w, r)
	}))
	second := gateway(t, "second", first)
	circle.Ledger = second // from now on first reads through second, which reads through first
	before := asked.Load()
	_, err := first.Head(protocol.WithHop(t.Context(), "outside"))
	if driver.CodeOf(err) != driver.Unavailable || !strings.Contains(err.Error(), "unavailable") {
		t.Errorf("%v", err)
	}
	if n := asked.Load() - before; n != 2 {
		t.Errorf("the first gateway was asked %d times, want the first and the one that it refused", n)
	}
}

// swapped is a ledger that becomes another one.
type swapped struct{ driver.Ledger }

// TestACallThatBeginsHereComesBackToNobody: what a gateway's own reads carry is enough for it to refuse its own question.
func TestACallThatBeginsHereComesBackToNobody(t *testing.T) {
	l := gateway(t, "us", memory.New(memory.Options{}))
	if _, err := l.Head(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := l.Head(protocol.WithHop(t.Context(), "us"))
	if driver.CodeOf(err) != driver.Unavailable {
		t.Errorf("%v", err)
	}
}

// TestARowHasAnEnd.
func TestARowHasAnEnd(t *testing.T) {
	var l driver.Ledger = memory.New(memory.Options{})
	for n := range 5 {
		l = gateway(t, string(rune('a'+n)), l)
	}
	if _, err := l.Head(t.Context()); err != nil {
		t.Errorf("five gateways: %v", err)
	}
	l = gateway(t, "f", l)
	if _, err := l.Head(t.Context()); driver.CodeOf(err) != driver.Unavailable {
		t.Errorf("six gateways: %v", err)
	}
}

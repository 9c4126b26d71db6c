package ledgerhttp_test

import (
	"context"
	"crypto/ed25519"
	"net/http/httptest"
	"testing"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	_ "github.com/ftagateway/ftagateway/adapters/remote"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/conformance"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestEveryAnswerIsDocumented plays the conformance suite through the handler, whose every answer is held against the
// OpenAPI document on the way.
func TestEveryAnswerIsDocumented(t *testing.T) {
	chain := memory.NewChain(memory.Options{ForTesting: true, PageSize: 10, MaxBody: 4 << 10, FinalAfter: 1})
	inner, err := chain.Connect(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(documented(t, ledgerhttp.New(inner, ledgerhttp.Options{})))
	defer server.Close()
	open := func(ctx context.Context) (driver.Ledger, error) {
		return driver.Open(ctx, "ledger+"+server.URL, driver.Env{})
	}
	conformance.Test(t, conformance.Harness{
		Open: open, Reopen: open, Anchors: chain.Anchors,
		Advance: func(context.Context) error {
			chain.Advance()
			return nil
		},
		Outage: func() (restore func()) {
			chain.Stop()
			return chain.Start
		},
	}, conformance.Options{Seed: 1})
}

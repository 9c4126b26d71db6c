package memory_test

import (
	"context"
	"crypto/ed25519"
	"testing"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/trust/did"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestConformance(t *testing.T) {
	chain := memory.NewChain(memory.Options{ForTesting: true, PageSize: 10})
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	open := func(context.Context) (driver.Ledger, error) { return chain.Connect(key) }
	conformance.Test(t, conformance.Harness{
		Open:    open,
		Reopen:  open,
		Another: func(context.Context) (driver.Ledger, error) { return memory.New(memory.Options{}), nil },
		Outage: func() (restore func()) {
			chain.Stop()
			return chain.Start
		},
		Author:       driver.Author{Kind: "did", ID: did.FromEd25519(key.Public().(ed25519.PublicKey))},
		Anchors:      chain.Anchors,
		OtherAnchors: memory.NewChain(memory.Options{}).Anchors,
	}, conformance.Options{})
}

package journal_test

import (
	"context"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/trust/key"

	_ "example.com/acme/ledger/journal"
)

func TestConformance(t *testing.T) {
	signer, _ := key.NewSigner() // fails only where there is no randomness
	author, _ := key.DID(signer)
	open := func(file string) func(context.Context) (driver.Ledger, error) {
		return func(ctx context.Context) (driver.Ledger, error) {
			return driver.Open(ctx, "journal://"+file+"?testing=1", driver.Env{Signer: signer})
		}
	}
	ours := open(t.TempDir() + "/journal")
	conformance.Test(t, conformance.Harness{
		Open: ours, Reopen: ours, Another: open(t.TempDir() + "/another"),
		Author: driver.Author{Kind: "did", ID: author},
	}, conformance.Options{})
}

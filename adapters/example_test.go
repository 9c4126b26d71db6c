package adapters_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	_ "github.com/ftagateway/ftagateway/adapters/memory" // the driver for "memory:"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
)

// A filer's signed record goes onto a ledger, and comes back with what was checked.
func Example() {
	ctx := context.Background()
	filer := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
	ledger, err := adapters.Open(ctx, adapters.Config{Slug: "trade", URL: "memory:"}, adapters.Env{Signer: filer})
	if err != nil {
		panic(err)
	}
	defer ledger.Close()
	home, err := ledger.URI(ctx)
	if err != nil {
		panic(err)
	}

	document := ld.Sum([]byte("the entry summary, as its filer signed it"))
	record, err := model.SignRecord(model.Record{
		ID: "urn:uuid:0d9c1c5e-95a4-4c9a-8b1f-6f2f1f3f9a01", Type: model.TypeEntrySummary, Ledger: home, Version: 1,
		Event: "file", Issued: model.At(time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)), Digest: document,
		Evidence: []model.Evidence{{ID: "urn:uuid:5b0f2f7e-2f5c-4d3a-9a55-3f6a1b2c3d04", Digest: document, MediaType: "application/vc"}},
	}, filer)
	if err != nil {
		panic(err)
	}
	receipt, err := ledger.Submit(ctx, record, "")
	if err != nil {
		panic(err)
	}
	fmt.Println("written:", receipt.State)

	reading, err := ledger.Read(ctx, record.ID, 0)
	if err != nil {
		panic(err)
	}
	fmt.Println("read: version", reading.Record.Version)
	for _, check := range reading.Checks {
		fmt.Println("-", check.Name, check.Outcome)
	}
	// Output:
	// written: final
	// read: version 1
	// - schema valid
	// - proof valid
	// - inclusion notOffered
}

package lookup_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/model/lookup"
)

// The filer writes the commitment into its record; customs comes to the same one from the other side, and asks the ledger
// for it.
func Example() {
	filer, _ := ecdh.X25519().GenerateKey(rand.Reader)
	customs, _ := ecdh.X25519().GenerateKey(rand.Reader)
	issued := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	ledger, number := "urn:uuid:0d6cf4a5-6a37-4a8c-9a53-0b7f3f0e6a11", "00261103162"

	key, _ := lookup.Derive(filer, customs.PublicKey(), "002", lookup.Epoch(issued))
	onLedger, _ := key.Entry(ledger, number)

	for _, year := range lookup.Epochs(issued.AddDate(1, 0, 0), 5) {
		key, _ := lookup.Derive(customs, filer.PublicKey(), "002", year)
		asked, _ := key.Entry(ledger, number)
		fmt.Println(year, asked == onLedger, key)
	}
	// Output:
	// 2027 false lookup.Key(redacted)
	// 2026 true lookup.Key(redacted)
	// 2025 false lookup.Key(redacted)
	// 2024 false lookup.Key(redacted)
	// 2023 false lookup.Key(redacted)
	// 2022 false lookup.Key(redacted)
}

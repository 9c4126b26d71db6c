package witness_test

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/key"
)

// A ledger shows version 2 of a record, and later version 1 as its newest.
func Example() {
	s := store.Memory()
	defer s.Close()
	log, _ := witness.Open(s.Sub("witness"), time.Now)
	show := func(version uint64, text string) witness.Seen {
		seen, _ := log.See(witness.Observation{
			Ledger: "urn:uuid:5d2a3c60-0f1a-4a8e-8d1e-0c8a9f1d2b30", ID: "urn:uuid:0d6cf4a5-6a37-4a8c-9a53-0b7f3f0e6a11",
			Version: version, Digest: ld.Sum([]byte(text)),
		})
		return seen
	}
	fmt.Println(show(1, "filed").Relation)
	fmt.Println(show(2, "corrected").Relation)

	asked := log.End()
	seen := show(1, "filed")
	fmt.Println(seen.Relation, seen.Newest.Version, seen.RolledBack(asked))
	// Output:
	// first
	// newer
	// older 2 true
}

func ExampleVerifyExport() {
	s := store.Memory()
	defer s.Close()
	log, _ := witness.Open(s.Sub("witness"), time.Now)
	_, _ = log.See(witness.Observation{Ledger: "urn:uuid:1", ID: "urn:uuid:2", Version: 1, Digest: ld.Sum([]byte("filed"))})

	gateway := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	did, _ := key.DID(gateway)
	var export bytes.Buffer
	_ = log.Export(&export, "", gateway)

	statement, err := witness.VerifyExport(&export, did)
	fmt.Println(statement.First, statement.Last, err)
	// Output:
	// 1 1 <nil>
}

package proof_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/proof"
)

func Example() {
	filer := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)) // see package key for a real one
	operation := ld.Object{
		"@context": []any{"https://w3id.org/webledger/v1", "https://w3id.org/security/data-integrity/v2"},
		"type":     "CreateWebLedgerRecord",
		"record":   ld.Object{"id": "urn:example:1", "amount": "100.00"},
	}
	signed, err := proof.Sign(operation, filer, proof.Options{Created: time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)})
	if err != nil {
		fmt.Println(err)
		return
	}
	signature, err := proof.Verify(signed, proof.AssertionMethod)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(signature.Suite, signature.Key)

	signed["record"] = ld.Object{"id": "urn:example:1", "amount": "900.00"}
	_, err = proof.Verify(signed, proof.AssertionMethod)
	fmt.Println(errors.Is(err, proof.ErrInvalid))
	// Output:
	// eddsa-jcs-2022 did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp
	// true
}

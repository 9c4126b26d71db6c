package proof_test

import (
	"crypto/ed25519"
	"fmt"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// summary is a document with as many lines as are asked for, under contexts that both suites can sign.
func summary(lines int) ld.Object {
	var list []any
	for i := range lines {
		list = append(list, ld.Object{
			"urn:number": float64(i + 1), "urn:hts": "8471.30.0100", "urn:description": "Portable machines",
			"urn:quantity": []any{ld.Object{"urn:value": "10", "urn:unit": "NO"}}, "urn:value": "1000.00",
		})
	}
	return ld.Object{
		"@context": []any{"https://w3id.org/webledger/v1", contextIntegrity}, "id": "urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a01",
		"type": "WebLedgerRecord", "creator": "did:example:filer", "urn:lines": list,
	}
}

func BenchmarkVerify(b *testing.B) {
	for _, suite := range []string{proof.JCS2022, proof.RDFC2022} {
		for _, lines := range []int{0, 5, 100} {
			b.Run(fmt.Sprintf("%s/%d lines", suite, lines), func(b *testing.B) { benchmarkVerify(b, suite, lines) })
		}
	}
}

func benchmarkVerify(b *testing.B, suite string, lines int) {
	doc, err := proof.Sign(summary(lines), seeded(7), proof.Options{Suite: suite, Created: created})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := proof.Verify(doc, proof.AssertionMethod); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEd25519 is what no proof can be cheaper than.
func BenchmarkEd25519(b *testing.B) {
	private := seeded(7)
	message := make([]byte, 64)
	signature := ed25519.Sign(private, message)
	public, ok := private.Public().(ed25519.PublicKey)
	for b.Loop() {
		if !ok || !ed25519.Verify(public, message, signature) {
			b.Fatal("invalid")
		}
	}
}

func BenchmarkSign(b *testing.B) {
	doc := summary(5)
	for b.Loop() {
		if _, err := proof.Sign(doc, seeded(7), proof.Options{Created: created}); err != nil {
			b.Fatal(err)
		}
	}
}

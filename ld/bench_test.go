package ld_test

import (
	"encoding/json"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
)

// record has about the shape and size of what a ledger holds.
func record() []byte {
	return []byte(`{"@context":["https://w3id.org/security/data-integrity/v2","https://w3id.org/fta/v1"],"digest":"uEiAwLp9hJ0aW1kq0o6m1cYx2rZ8m7n4V1f2yqk3s5t7u9A","event":"file","evidence":[{"digest":"uEiAwLp9hJ0aW1kq0o6m1cYx2rZ8m7n4V1f2yqk3s5t7u9A","id":"urn:uuid:4f6b8f0e-8f6e-4a5e-9f3b-1d2c3b4a5e6f","mediaType":"application/vc"}],"id":"urn:uuid:9f6b8f0e-8f6e-4a5e-9f3b-1d2c3b4a5e6f","issued":"2026-11-20T14:00:00Z","issuer":"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK","ledger":"urn:uuid:1f6b8f0e-8f6e-4a5e-9f3b-1d2c3b4a5e6f","links":[{"digest":"uEiAwLp9hJ0aW1kq0o6m1cYx2rZ8m7n4V1f2yqk3s5t7u9A","id":"urn:uuid:3f6b8f0e-8f6e-4a5e-9f3b-1d2c3b4a5e6f","ledger":"urn:uuid:1f6b8f0e-8f6e-4a5e-9f3b-1d2c3b4a5e6f","rel":"certificate","version":1}],"lookups":["uAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],"proof":{"@context":["https://w3id.org/security/data-integrity/v2","https://w3id.org/fta/v1"],"created":"2026-11-20T14:00:00Z","cryptosuite":"eddsa-jcs-2022","proofPurpose":"assertionMethod","proofValue":"z3P1tXhS8Y7m8Y1c9R9mJ8dQ7a9i3o7d9u9n3v1w5x7y9z2A4C6E8G9J2L4N6Q8S9U2W4Y6a8c9e2g4i6k8m9o2q4s6u8w9y2","type":"DataIntegrityProof","verificationMethod":"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"},"type":"EntrySummary","version":1}`)
}

func BenchmarkParse(b *testing.B) {
	data := record()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := ld.Parse(data, ld.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecoder is what encoding/json needs for the same bytes, with none of the checks.
func BenchmarkDecoder(b *testing.B) {
	data := record()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		var v map[string]any
		if err := json.Unmarshal(data, &v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJCS(b *testing.B) {
	doc, err := ld.Parse(record(), ld.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := ld.JCS(doc); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCanonical sets the two canonical forms of one document of five lines side by side.
func BenchmarkCanonical(b *testing.B) {
	for name, canonicalize := range map[string]func(ld.Object) ([]byte, error){
		"JCS":  func(o ld.Object) ([]byte, error) { return ld.JCS(o) },
		"RDFC": ld.RDFC,
	} {
		b.Run(name, func(b *testing.B) {
			doc := summary(5)
			for b.Loop() {
				if _, err := canonicalize(doc); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

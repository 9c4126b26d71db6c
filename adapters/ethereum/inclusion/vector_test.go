package inclusion_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/inclusion"
	"github.com/ftagateway/ftagateway/api"
)

// vector is a proof that was recorded from a real geth (v1.16.9), with its anchors; see TestGethsProofsOutliveIt.
func vector(t *testing.T) (*api.Proven, driver.Anchors) {
	t.Helper()
	var told api.Proven
	data, err := os.ReadFile(filepath.Join("testdata", "geth.proof.json"))
	if err == nil {
		err = json.Unmarshal(data, &told)
	}
	if err != nil {
		t.Fatal(err)
	}
	anchors, err := os.ReadFile(filepath.Join("testdata", "geth.anchors.json"))
	if err != nil {
		t.Fatal(err)
	}
	return &told, anchors
}

// TestARecordedProofStaysValid: proofs are kept as evidence for years, and later versions of the verifier must read them.
func TestARecordedProofStaysValid(t *testing.T) {
	told, anchors := vector(t)
	want(t, driver.Verify(told.Entry(), told.Proof, anchors), driver.Verified, "; the header is checkpoint")
	if told.Version != 2 || string(told.Body) != `{"event":"correct"}` {
		t.Errorf("%+v", told)
	}
}

// TestEachBitOfARecordedProof: whichever part of a proof is turned, it does not show another entry, and what is hashed does
// not hold any more.
func TestEachBitOfARecordedProof(t *testing.T) {
	told, anchors := vector(t)
	for _, list := range []func(p *parts) [][]byte{
		func(p *parts) [][]byte { return p.Headers },
		func(p *parts) [][]byte { return p.Transactions },
		func(p *parts) [][]byte { return p.Receipts },
	} {
		whole := partsOf(t, told.Proof)
		for i, part := range list(&whole) {
			for at := 0; at < len(part); at += 3 {
				p := partsOf(t, told.Proof)
				list(&p)[i][at] ^= 1 << (at % 8)
				if r := inclusion.Verify(told.Entry(), p.proof(t), anchors); r.Outcome == driver.Verified || r.Reason == "" {
					t.Fatalf("byte %d of part %d: %+v", at, i, r)
				}
			}
		}
	}
}

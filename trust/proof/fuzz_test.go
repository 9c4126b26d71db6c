package proof_test

import (
	"errors"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// FuzzVerify holds that any document gets one of three answers, and that one which verifies still does, and says the
// same, after it was canonicalised.
func FuzzVerify(f *testing.F) {
	for _, v := range loadVectors(f).Vectors {
		f.Add([]byte(v.Signed))
		f.Add([]byte(v.Document))
	}
	f.Add([]byte(`{"proof":{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022"}}`))
	f.Add([]byte(`{"proof":[{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := ld.Parse(data, ld.Limits{Members: 300})
		if err != nil {
			return
		}
		got, err := proof.Verify(doc, proof.AssertionMethod)
		if err != nil {
			if got != nil || errors.Is(err, proof.ErrInvalid) == errors.Is(err, proof.ErrUnsupported) {
				t.Fatalf("got %+v, %v", got, err)
			}
			return
		}
		canonical, err := ld.JCS(doc)
		if err != nil {
			t.Fatal(err)
		}
		again, err := proof.Verify(parse(t, canonical), proof.AssertionMethod)
		if err != nil || *again != *got {
			t.Fatalf("canonicalised: got %+v, %v; before %+v", again, err, got)
		}
	})
}

package inclusion_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/inclusion"
)

// FuzzVerify: no proof of any content is taken for one of an entry that the chain does not have, and none makes the verifier
// panic, or work for long.
func FuzzVerify(f *testing.F) {
	b := newBlock(f, 4)
	after := b.headersAfter(2)
	f.Add([]byte(b.prove(f, 3).Data))
	f.Add([]byte(b.prove(f, 0, after...).Data))
	f.Add([]byte(`{"headers":["+QIB"],"transaction":1,"transactions":["wICA"],"receipts":["w4CA"]}`))
	f.Add([]byte(`{}`))
	trusted := quorumOf(f, object{"checkpoints": []object{{"number": 1000, "hash": b.Header.Hash()}, {"number": 1002, "hash": after[1].Hash()}}})
	forged := b.entry(3)
	forged.Body[0] ^= 1
	f.Fuzz(func(t *testing.T, data []byte) {
		p := &driver.Proof{Type: inclusion.ProofType, Data: data}
		if r := inclusion.Verify(forged, p, trusted); r.Outcome == driver.Verified || r.Reason == "" {
			t.Fatalf("%+v for a body that is not on the chain", r)
		}
		if r := inclusion.Verify(b.entry(3), p, trusted); r.Outcome == driver.Undetermined && r.Reason == "" {
			t.Fatalf("%+v", r)
		}
	})
}

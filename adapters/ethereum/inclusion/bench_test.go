package inclusion_test

import (
	"fmt"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/inclusion"
)

// BenchmarkVerify checks the proof of a transaction in the middle of a block, and tells the proof's size.
func BenchmarkVerify(b *testing.B) {
	for _, n := range []int{1, 20, 300} {
		b.Run(fmt.Sprintf("block of %d", n), func(b *testing.B) {
			block := newBlock(b, n)
			e, p, a := block.entry(n/2), block.prove(b, n/2), anchors(b, nil, block.Header)
			for b.Loop() {
				if r := inclusion.Verify(e, p, a); r.Outcome != driver.Verified {
					b.Fatalf("%+v", r)
				}
			}
			b.ReportMetric(float64(len(p.Data)), "proof-bytes")
		})
	}
}

package adapters_test

import (
	"bytes"
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// BenchmarkRead is what stands between a caller and the chain once the bytes are known: the difference of the others to
// "driver" is to stay below 15 µs.
func BenchmarkRead(b *testing.B) {
	n := newNode(b)
	n.put(b, id, bodies(versions(b, 2))...)
	b.Run("driver", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := n.Ledger.Get(ctx, driver.Ref{Key: id}); err != nil {
				b.Fatal(err)
			}
		}
	})
	for name, l := range map[string]*adapters.Ledger{"ledger": open(b, n.Ledger), "ledger with inclusion": open(b, n.Ledger, anchored(n))} {
		if _, err := l.History(ctx, id); err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r, err := l.Read(ctx, id, 0); err != nil || len(r.Checks) != 3 {
					b.Fatal(r, err)
				}
			}
		})
	}
	// The same record in ever another spelling: parsed, held against its schema and verified each time.
	spellings := 0
	n.alter = func(e *driver.Entry) {
		spellings++
		e.Body = append(e.Body, bytes.Repeat([]byte(" "), spellings%500)...)
	}
	l := open(b, n, sharing(adapters.NewChecks(1))) // keeps next to nothing
	b.Run("ledger, digest not known", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := l.Read(ctx, id, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
}

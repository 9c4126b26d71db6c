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
	measure(b, "driver", func() error { _, err := n.Ledger.Get(ctx, driver.Ref{Key: id}); return err })

	plain, proving := open(b, n.Ledger), open(b, n.Ledger, anchored(n))
	for _, l := range []*adapters.Ledger{plain, proving} {
		if _, err := l.History(ctx, id); err != nil { // so that the link is known as well
			b.Fatal(err)
		}
	}
	measure(b, "ledger", func() error { _, err := plain.Read(ctx, id, 0); return err })
	measure(b, "ledger with inclusion", func() error { _, err := proving.Read(ctx, id, 0); return err })

	// The same record in ever another spelling: parsed, held against its schema and verified each time.
	spellings := 0
	n.alter = func(e *driver.Entry) {
		spellings++
		e.Body = append(e.Body, bytes.Repeat([]byte(" "), spellings%500)...)
	}
	unknown := open(b, n, sharing(adapters.NewChecks(1))) // keeps next to nothing
	measure(b, "ledger, digest not known", func() error { _, err := unknown.Read(ctx, id, 0); return err })
}

func measure(b *testing.B, name string, once func() error) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := once(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

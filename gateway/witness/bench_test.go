package witness_test

import (
	"crypto/rand"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/gateway/witness"
)

func onDisk(b *testing.B) *witness.Log {
	b.Helper()
	s, err := store.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	l, err := witness.Open(s.Sub("witness"), time.Now)
	if err != nil {
		b.Fatal(err)
	}
	return l
}

// BenchmarkKnown is the read that shows what is known to be the newest: nearly every one.
func BenchmarkKnown(b *testing.B) {
	l, o := onDisk(b), shown(1, "a")
	mustSee(b, l, o)
	b.ReportAllocs()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if seen, err := l.See(o); seen.Relation != witness.Same || err != nil {
				b.Error(seen.Relation, err)
			}
		}
	})
}

// BenchmarkHistory reads an older version on purpose.
func BenchmarkHistory(b *testing.B) {
	l, o := onDisk(b), shown(1, "a")
	mustSee(b, l, o)
	mustSee(b, l, shown(2, "b"))
	b.ReportAllocs()
	for b.Loop() {
		if seen, err := l.See(o); seen.Relation != witness.Older || err != nil {
			b.Fatal(seen.Relation, err)
		}
	}
}

// BenchmarkNew brings records that were never seen, from many readers at once.
func BenchmarkNew(b *testing.B) {
	l := onDisk(b)
	b.SetParallelism(32)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			mustSee(b, l, named("urn:uuid:"+rand.Text(), shown(1, "a")))
		}
	})
}

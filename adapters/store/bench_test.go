package store_test

import (
	"fmt"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/store"
)

func BenchmarkApply(b *testing.B) {
	kv := openDir(b, b.TempDir()).Sub("bench")
	b.RunParallel(func(p *testing.PB) {
		for n := 0; p.Next(); n++ {
			mustApply(b, kv, set(fmt.Sprint(n), "value"))
		}
	})
}

func BenchmarkGet(b *testing.B) {
	s := store.Memory()
	defer s.Close()
	mustApply(b, s, set("key", "value"))
	for b.Loop() {
		if _, ok, err := s.Get([]byte("key")); !ok || err != nil {
			b.Fatal(ok, err)
		}
	}
}

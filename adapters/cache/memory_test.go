package cache_test

import (
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/cachetest"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

func TestMemoryIsAStore(t *testing.T) {
	m := cache.NewMemory(1 << 20)
	cachetest.Run(t, func(t *testing.T) cache.Store { return m.For(t.Name()) })
}

// With room for a few items, most of what is noted is dropped at any time; with much, nothing is.
func TestMemoryServesNothingOld(t *testing.T) {
	for _, room := range []uint64{3000, 1 << 20} {
		t.Run(strconv.FormatUint(room, 10), func(t *testing.T) {
			cachetest.Random(t, func(*testing.T) cache.Store { return cache.NewMemory(room).For("trade") })
		})
	}
}

// What is said of the memory that is taken is about what is taken.
func TestMemoryTellsItsWeight(t *testing.T) {
	for _, size := range []int{0, 200, 4000} {
		before := heap()
		m := cache.NewMemory(1 << 30)
		s := m.For("trade")
		lease, err := s.Lead(t.Context(), cache.Lease{}, time.Minute)
		if err == nil {
			err = s.Begin(t.Context(), lease, "chain", cache.Progress{At: time.Now()})
		}
		if err != nil {
			t.Fatal(err)
		}
		const entries = 10_000
		seen, _ := s.State(t.Context())
		for i := range entries {
			e := &driver.Entry{
				Key: "urn:uuid:2c5b3cf5-3a63-4f6c-9a0a-" + strconv.Itoa(1e11+i), Version: 1, Body: make([]byte, size),
				Author:   driver.Author{Kind: "did", ID: "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK" + strconv.Itoa(i)},
				Position: driver.Position{Tx: strconv.Itoa(1e15 + i), Final: true},
				Cursor:   driver.Cursor("1d580a0ff30208dec3fa81f8ddded2d164e1ecb99c42b0772e32c28693ac875d." + strconv.Itoa(i)),
			}
			if err := s.Fill(t.Context(), seen, e.Key, e); err != nil {
				t.Fatal(err)
			}
		}
		taken, told := heap()-before, m.Bytes()
		t.Logf("bodies of %d bytes: %d bytes an entry, told as %d", size, taken/entries, told/entries)
		if float64(told) < 0.75*float64(taken) || float64(told) > 1.5*float64(taken) {
			t.Errorf("bodies of %d bytes take %d bytes, told as %d", size, taken, told)
		}
		runtime.KeepAlive(m)
	}
}

// heap answers how much is in use.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

package cachetest

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// ofClocks is how far a store may be off that tells the time by a clock of its own.
const ofClocks = 250 * time.Millisecond

func applied(t *testing.T, s cache.Store) {
	lease := led(t, s)
	fill(t, s, state(t, s), "a", entry("a", 1))
	fill(t, s, state(t, s), "b", nil)
	to := place(3)
	to.Behind = true
	must(t, s.Apply(t.Context(), lease, place(1).Cursor, []*driver.Entry{entry("a", 2), entry("b", 1), entry("a", 3)}, to))
	known(t, s, "a", 3)
	known(t, s, "b", 1)
	if st := state(t, s); st.Cursor != to.Cursor || st.Block != to.Block || !st.Behind || st.Epoch != 1 {
		t.Errorf("state %+v, want %+v in epoch 1", st, to)
	}
	if e, err := s.Version(t.Context(), chain, "a", 2); e == nil || err != nil {
		t.Errorf("%+v, %v, want the version in between", e, err)
	}
}

func gap(t *testing.T, s cache.Store) {
	lease := led(t, s)
	before := state(t, s)
	err := s.Apply(t.Context(), lease, place(2).Cursor, []*driver.Entry{entry("a", 3)}, place(3))
	if !errors.Is(err, cache.ErrGap) {
		t.Errorf("%v, want %v", err, cache.ErrGap)
	}
	unknown(t, s, "a")
	if after := state(t, s); after.Cursor != before.Cursor || after.Epoch != before.Epoch {
		t.Errorf("state %+v, was %+v", after, before)
	}
}

func contradicted(t *testing.T, s cache.Store) {
	lease := led(t, s)
	for i, spoil := range []func(*driver.Entry){
		func(e *driver.Entry) { e.Contradiction = "the block says otherwise" },
		func(e *driver.Entry) { e.Final = false },
	} {
		key := strconv.Itoa(i)
		fill(t, s, state(t, s), key, entry(key, 1))
		e := entry(key, 2)
		spoil(e)
		apply(t, s, lease, uint64(i+1), uint64(i+2), e)
		unknown(t, s, key)
		if e, err := s.Version(t.Context(), chain, key, 2); e != nil || err != nil {
			t.Errorf("%+v, %v, want nothing", e, err)
		}
	}
}

func emptyBatch(t *testing.T, s cache.Store) {
	lease := led(t, s)
	fill(t, s, state(t, s), "a", entry("a", 1))
	apply(t, s, lease, 1, 9)
	known(t, s, "a", 1)
	if st := state(t, s); st.Block.Height != 9 || st.Cursor != place(9).Cursor {
		t.Errorf("state %+v, want that of block 9", st)
	}
}

func newEpoch(t *testing.T, s cache.Store) {
	lease := led(t, s)
	fill(t, s, state(t, s), "a", entry("a", 1))
	fill(t, s, state(t, s), "b", nil)
	old := state(t, s)
	must(t, s.Begin(t.Context(), lease, "another chain", place(7)))
	unknown(t, s, "a")
	unknown(t, s, "b")
	if st := state(t, s); st.Epoch <= old.Epoch || st.ChainID != "another chain" || st.Block.Height != 7 {
		t.Errorf("state %+v after %+v", st, old)
	}
	if e, err := s.Version(t.Context(), chain, "a", 1); e == nil || err != nil {
		t.Errorf("%+v, %v, want the version, which stays", e, err)
	}
}

func byChain(t *testing.T, s cache.Store) {
	led(t, s)
	must(t, s.Keep(t.Context(), chain, entry("a", 2)))
	for _, c := range []struct {
		chain, key string
		version    uint64
		want       bool
	}{
		{chain, "a", 2, true}, {"another", "a", 2, false}, {"", "a", 2, false}, {chain, "b", 2, false},
		{chain, "a", 1, false}, {chain, "a", 0, false},
	} {
		e, err := s.Version(t.Context(), c.chain, c.key, c.version)
		must(t, err)
		if (e != nil) != c.want {
			t.Errorf("%+v: %+v", c, e)
		}
	}
	unknown(t, s, "a")
}

func keptAgain(t *testing.T, s cache.Store) {
	led(t, s)
	must(t, s.Keep(t.Context(), chain, entry("a", 1)))
	other := entry("a", 1)
	other.Body = []byte("what the chain really says")
	must(t, s.Keep(t.Context(), chain, other))
	got, err := s.Version(t.Context(), chain, "a", 1)
	must(t, err)
	same(t, got, other)
}

// oneMoment applies version after version, each with the place of its number, while others read: never may a state come
// with a pointer of another.
func oneMoment(t *testing.T, s cache.Store) {
	const last = 200
	lease := led(t, s)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for n := uint64(0); n < last && !t.Failed(); {
				p, st, err := s.Newest(t.Context(), "a")
				if err != nil {
					t.Error(err)
					return
				}
				n, _ = strconv.ParseUint(strings.TrimPrefix(string(st.Cursor), "after "), 10, 64)
				if p.Known && p.Entry.Version != n {
					t.Errorf("version %d with the state after block %d", p.Entry.Version, n)
				}
			}
		})
	}
	for n := uint64(2); n <= last; n++ {
		apply(t, s, lease, n-1, n, entry("a", n))
	}
	readers.Wait()
}

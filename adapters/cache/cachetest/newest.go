package cachetest

import (
	"testing"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

func empty(t *testing.T, s cache.Store) {
	if st := state(t, s); st.Epoch != 0 || st.ChainID != "" || !st.At.IsZero() || st.Cursor != "" {
		t.Errorf("state %+v, want none", st)
	}
	unknown(t, s, "a")
	if e, err := s.Version(t.Context(), chain, "a", 1); e != nil || err != nil {
		t.Errorf("%+v, %v, want nothing", e, err)
	}
}

func filled(t *testing.T, s cache.Store) {
	led(t, s)
	fill(t, s, state(t, s), "a", entry("a", 1))
	known(t, s, "a", 1)
	p, st, err := s.Newest(t.Context(), "a")
	must(t, err)
	same(t, p.Entry, entry("a", 1))
	if st.Epoch == 0 || st.ChainID != chain || st.Cursor != place(1).Cursor || st.Block != place(1).Block || st.Behind {
		t.Errorf("state %+v, want that of block 1", st)
	}
	if age := place(1).At.Sub(st.At); age < -ofClocks || age > ofClocks {
		t.Errorf("the state is of %s, %s away", st.At, age)
	}
	e, err := s.Version(t.Context(), chain, "a", 1)
	must(t, err)
	same(t, e, entry("a", 1))
}

func absent(t *testing.T, s cache.Store) {
	led(t, s)
	fill(t, s, state(t, s), "a", nil)
	p, _, err := s.Newest(t.Context(), "a")
	must(t, err)
	if !p.Known || !p.Absent || p.Entry != nil {
		t.Errorf("%+v, want an absence", p)
	}
	unknown(t, s, "b")
}

func whole(t *testing.T, s cache.Store) {
	led(t, s)
	gone := entry("a", 2)
	gone.Body, gone.Deleted = nil, true
	bare := entry("a", 3)
	bare.Author, bare.Tx, bare.Cursor = driver.Author{}, "", ""
	odd := entry("\x00ä|:{}/\n", 4)
	odd.Body = []byte{0, 255, '\n'}
	for _, e := range []*driver.Entry{gone, bare, odd} {
		must(t, s.Keep(t.Context(), chain, e))
		got, err := s.Version(t.Context(), chain, e.Key, e.Version)
		must(t, err)
		same(t, got, e)
	}
}

func fillOfAnotherEpoch(t *testing.T, s cache.Store) {
	lease := led(t, s)
	seen := state(t, s)
	must(t, s.Begin(t.Context(), lease, chain, place(1)))
	fill(t, s, seen, "a", entry("a", 1))
	unknown(t, s, "a")
}

func fillBeforeChange(t *testing.T, s cache.Store) {
	lease := led(t, s)
	seen := state(t, s)
	apply(t, s, lease, 1, 2, entry("a", 2))
	fill(t, s, seen, "a", entry("a", 1))
	known(t, s, "a", 2)

	seen = state(t, s)
	lie := entry("b", 3)
	lie.Contradiction = "the block says otherwise"
	apply(t, s, lease, 2, 3, lie)
	fill(t, s, seen, "b", nil)
	unknown(t, s, "b")
}

func fillBeforeForget(t *testing.T, s cache.Store) {
	led(t, s)
	seen := state(t, s)
	must(t, s.Forget(t.Context(), "a"))
	fill(t, s, seen, "a", entry("a", 1))
	unknown(t, s, "a")
	fill(t, s, state(t, s), "a", entry("a", 1))
	known(t, s, "a", 1)
}

func fillBesideChange(t *testing.T, s cache.Store) {
	lease := led(t, s)
	seen := state(t, s)
	apply(t, s, lease, 1, 2, entry("b", 2))
	fill(t, s, seen, "a", entry("a", 1))
	known(t, s, "a", 1)
}

func neverDown(t *testing.T, s cache.Store) {
	lease := led(t, s)
	fill(t, s, state(t, s), "a", entry("a", 5))
	fill(t, s, state(t, s), "a", entry("a", 4))
	known(t, s, "a", 5)
	fill(t, s, state(t, s), "a", nil)
	known(t, s, "a", 5)
	apply(t, s, lease, 1, 4, entry("a", 4))
	known(t, s, "a", 5)
}

func forgotten(t *testing.T, s cache.Store) {
	led(t, s)
	fill(t, s, state(t, s), "a", entry("a", 1))
	fill(t, s, state(t, s), "b", entry("b", 1))
	must(t, s.Forget(t.Context(), "a"))
	must(t, s.Forget(t.Context(), "never kept"))
	unknown(t, s, "a")
	known(t, s, "b", 1)
	if e, err := s.Version(t.Context(), chain, "a", 1); e == nil || err != nil {
		t.Errorf("%+v, %v, want the version, which stays", e, err)
	}
}

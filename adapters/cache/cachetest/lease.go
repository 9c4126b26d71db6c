package cachetest

import (
	"errors"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

func oneLease(t *testing.T, s cache.Store) {
	first := led(t, s)
	if _, err := s.Lead(t.Context(), cache.Lease{}, leaseTime); !errors.Is(err, cache.ErrLed) {
		t.Errorf("a second one asked for it: %v, want %v", err, cache.ErrLed)
	}
	if _, err := s.Lead(t.Context(), cache.Lease{Token: first.Token + 1}, leaseTime); !errors.Is(err, cache.ErrLed) {
		t.Errorf("one with a token that was never given: %v, want %v", err, cache.ErrLed)
	}
	renewed, err := s.Lead(t.Context(), first, leaseTime)
	if err != nil || renewed.Token != first.Token {
		t.Errorf("renewed %+v as %+v, %v", first, renewed, err)
	}
	if first.GivenBack {
		t.Error("nobody had the lease before who could have given it back")
	}
}

func givenBack(t *testing.T, s cache.Store) {
	first := led(t, s)
	if _, err := s.Lead(t.Context(), first, 0); err != nil {
		t.Fatal(err)
	}
	second, err := s.Lead(t.Context(), cache.Lease{}, leaseTime)
	if err != nil || second.Token <= first.Token || !second.GivenBack {
		t.Errorf("%+v after %+v, %v", second, first, err)
	}
	if st := state(t, s); st.Epoch != 1 || st.Cursor != place(1).Cursor {
		t.Errorf("state %+v, want what was left behind", st)
	}
	if _, err := s.Lead(t.Context(), first, 0); !errors.Is(err, cache.ErrLed) {
		t.Errorf("the one before gives back another's: %v, want %v", err, cache.ErrLed)
	}
	if _, err := s.Lead(t.Context(), cache.Lease{}, leaseTime); !errors.Is(err, cache.ErrLed) {
		t.Errorf("it was given back by another: %v", err)
	}
}

func ranOut(t *testing.T, s cache.Store) {
	first, err := s.Lead(t.Context(), cache.Lease{}, time.Millisecond)
	must(t, err)
	second := soon(t, s)
	if second.Token <= first.Token || second.GivenBack {
		t.Errorf("%+v after %+v", second, first)
	}
}

// soon gets the lease when another's runs out.
func soon(t *testing.T, s cache.Store) cache.Lease {
	t.Helper()
	for until := time.Now().Add(10 * time.Second); time.Now().Before(until); time.Sleep(time.Millisecond) {
		lease, err := s.Lead(t.Context(), cache.Lease{}, leaseTime)
		if err == nil {
			return lease
		}
		if !errors.Is(err, cache.ErrLed) {
			t.Fatal(err)
		}
	}
	t.Fatal("the lease does not run out")
	return cache.Lease{}
}

func fenced(t *testing.T, s cache.Store) {
	first, err := s.Lead(t.Context(), cache.Lease{}, time.Millisecond)
	must(t, err)
	second := soon(t, s)
	must(t, s.Begin(t.Context(), second, chain, place(1)))
	for _, by := range []cache.Lease{first, {}, {Token: second.Token + 1}} {
		if err := s.Begin(t.Context(), by, chain, place(5)); !errors.Is(err, cache.ErrFenced) {
			t.Errorf("an epoch by %+v: %v, want %v", by, err, cache.ErrFenced)
		}
		err := s.Apply(t.Context(), by, place(1).Cursor, []*driver.Entry{entry("a", 2)}, place(2))
		if !errors.Is(err, cache.ErrFenced) {
			t.Errorf("a batch by %+v: %v, want %v", by, err, cache.ErrFenced)
		}
	}
	unknown(t, s, "a")
	if st := state(t, s); st.Block.Height != 1 {
		t.Errorf("state %+v, want that of the one with the lease", st)
	}
	apply(t, s, second, 1, 2, entry("a", 2))
	known(t, s, "a", 2)
}

package cache_test

import (
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// What was answered holds as long as it would be answered again, and the chain is asked neither way.
func TestWhatWasAnsweredHoldsUntilItChanges(t *testing.T) {
	c := newChain()
	write(t, c, "a", 0)
	l := over(t, c, cache.Options{})
	get(t, l, "a")
	e := get(t, l, "a")
	asked, hits := c.gets.Load(), l.Health(t.Context()).Hits
	if seen, ok := l.Holds(t.Context(), e); !ok || seen.Block.Height == 0 || seen.At.IsZero() {
		t.Fatalf("%+v, %t", seen, ok)
	}
	if h := l.Health(t.Context()); h.Hits != hits+1 {
		t.Errorf("%d hits, want one more than %d", h.Hits, hits)
	}
	for name, terms := range map[string]cache.Terms{"no cache": {NoCache: true}, "younger": {MaxAge: new(time.Duration)}} {
		if _, ok := l.Holds(cache.WithTerms(t.Context(), terms), e); ok {
			t.Errorf("%s: it is said to hold (TermsOf, in Holds)", name)
		}
	}
	write(t, l, "a", 1)
	if _, ok := l.Holds(t.Context(), e); ok {
		t.Error("it was written here, and is said to hold")
	}
	followed(t, l, write(t, c, "a", 2).Pos.Height)
	if _, ok := l.Holds(t.Context(), e); ok || c.gets.Load() != asked {
		t.Errorf("a newer one was applied, and it holds: %t; asked %d times", ok, c.gets.Load()-asked)
	}
	if _, ok := l.Holds(t.Context(), &driver.Entry{Key: "b", Version: 1}); ok {
		t.Error("what nobody wrote is said to hold")
	}
}

// Where nobody follows any more, nothing holds (gone, in Holds).
func TestNothingHoldsAfterClose(t *testing.T) {
	c := newChain()
	write(t, c, "a", 0)
	l := over(t, c, cache.Options{})
	get(t, l, "a")
	e := get(t, l, "a")
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, ok := l.Holds(t.Context(), e); ok {
		t.Error("it is said to hold")
	}
}

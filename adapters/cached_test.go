package adapters_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust"
)

// liar is a store that alters what it kept.
type liar struct {
	cache.Store
	alter func(*driver.Entry)
}

func (s *liar) lie(e *driver.Entry) *driver.Entry {
	if e == nil || s.alter == nil {
		return e
	}
	altered := *e
	altered.Body = append([]byte(nil), e.Body...)
	s.alter(&altered)
	return &altered
}

func (s *liar) Newest(ctx context.Context, key string) (cache.Pointer, cache.State, error) {
	p, st, err := s.Store.Newest(ctx, key)
	p.Entry = s.lie(p.Entry)
	return p, st, err
}

func (s *liar) Version(ctx context.Context, chainID, key string, version uint64) (*driver.Entry, error) {
	e, err := s.Store.Version(ctx, chainID, key, version)
	return s.lie(e), err
}

// cached has a Ledger answer from a store, by the time of day.
func cached(s cache.Store) func(*adapters.Config, *adapters.Env) {
	return func(c *adapters.Config, e *adapters.Env) {
		c.MaxAge, e.Now = 10*time.Second, time.Now
		e.Newest = func(string) cache.Store { return s }
	}
}

func live(t *testing.T, l *adapters.Ledger) {
	t.Helper()
	for until := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if h, on := l.Cached(ctx); on && h.Live {
			return
		}
		if time.Now().After(until) {
			t.Fatal("the ledger is not followed")
		}
	}
}

// A store that alters what it kept makes no answer wrong, and no ledger a liar: the ledger is asked (doubtful, in Read).
func TestWhatAStoreAltersIsAskedOfTheLedger(t *testing.T) {
	n := newNode(t)
	all := versions(t, 2)
	n.put(t, id, all[0].Bytes, all[1].Bytes)
	s := &liar{Store: cache.NewMemory(1 << 20).For("trade")}
	l := open(t, n, cached(s))
	live(t, l)
	for _, version := range []uint64{0, 1} {
		read(t, l, version)
		if r := read(t, l, version); r.Entry.Seen == nil {
			t.Fatal("nothing is cached")
		}
		for name, alter := range map[string]func(*driver.Entry){
			"a byte":          func(e *driver.Entry) { e.Body[len(e.Body)/2] ^= 1 },
			"the whole":       func(e *driver.Entry) { e.Body = []byte("{}") },
			"the version":     func(e *driver.Entry) { e.Version += 3 },
			"the key":         func(e *driver.Entry) { e.Key = "urn:uuid:6b4e2b4e-61b2-4b5f-8f3c-0d8f0a7e3c11" },
			"a contradiction": func(e *driver.Entry) { e.Contradiction = "made up" },
		} {
			s.alter = alter
			r := read(t, l, version)
			for _, c := range r.Checks {
				if c.Outcome == trust.Invalid {
					t.Errorf("%s of version %d is altered: %+v", name, version, c)
				}
			}
			if r.Entry.Seen != nil {
				t.Errorf("%s of version %d is altered, and the ledger was not asked", name, version)
			}
			s.alter = nil
		}
	}
}

func TestACachedReadingSpeaksOfTheBlockThatWasFollowedTo(t *testing.T) {
	n := newNode(t)
	n.put(t, id, versions(t, 1)[0].Bytes)
	n.put(t, "urn:uuid:6b4e2b4e-61b2-4b5f-8f3c-0d8f0a7e3c11", []byte("another"))
	l := open(t, n, cached(cache.NewMemory(1<<20).For("trade")))
	live(t, l)
	if at := read(t, l, 0).AsOf(); at.Height != 1 {
		t.Errorf("the ledger's own answer speaks of block %d, want that of the entry", at.Height)
	}
	if at := read(t, l, 0).AsOf(); at.Height != 2 || !at.Final {
		t.Errorf("the cached answer is as of %+v, want block 2", at)
	}
}

// Without MaxAge a ledger is asked every time, and nobody follows it.
func TestNothingIsCachedUnlessItIsAskedFor(t *testing.T) {
	n := newNode(t)
	n.put(t, id, versions(t, 1)[0].Bytes)
	l := open(t, n)
	for range 3 {
		if r := read(t, l, 0); r.Entry.Seen != nil {
			t.Errorf("%+v", r.Entry.Seen)
		}
	}
	if _, on := l.Cached(ctx); on {
		t.Error("the ledger is followed")
	}
}

// Whoever reads below the records has a cache of his own, and proofs are asked for beside what they prove.
func TestWhatAsksTheLedgerInAnyCase(t *testing.T) {
	n := newNode(t)
	n.put(t, id, versions(t, 1)[0].Bytes)
	l := open(t, n, anchored(n), cached(cache.NewMemory(1<<20).For("trade")))
	live(t, l)
	read(t, l, 0)
	if r := read(t, l, 0); r.Entry.Seen == nil {
		t.Fatal("nothing is cached")
	}
	if e, err := l.Native().Get(ctx, driver.Ref{Key: id}); err != nil || e.Seen != nil {
		t.Errorf("below the records: %+v, %v", e, err)
	}
	if e, _, err := l.Prove(ctx, id, 0); err != nil || e.Seen != nil {
		t.Errorf("proven: %+v, %v", e, err)
	}
	once := adapters.WithTerms(ctx, adapters.Terms{OnlyIfCached: true})
	if _, err := l.Read(once, id, 0); err != nil {
		t.Errorf("only if cached: %v", err)
	}
	if _, err := l.Versions(once, id, 0, 0); !errors.Is(err, adapters.ErrNotCached) {
		t.Errorf("versions only if cached: %v", err)
	}
}

package cache_test

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

func TestTheSecondReadDoesNotAskTheChain(t *testing.T) {
	c := newChain()
	write(t, c, "a", 0)
	l := over(t, c, cache.Options{})
	for _, version := range []uint64{0, 1} {
		before := c.gets.Load()
		ref := driver.Ref{Key: "a", Version: version}
		first, err := l.Get(t.Context(), ref)
		second, err2 := l.Get(t.Context(), ref)
		if err != nil || err2 != nil || second.Seen == nil || !bytes.Equal(first.Body, second.Body) {
			t.Errorf("%+v and then %+v: %v, %v", first, second, err, err2)
		}
		if n := c.gets.Load() - before; n > 1 {
			t.Errorf("version %d: the chain was asked %d times", version, n)
		}
	}
	if h := l.Health(t.Context()); h.Hits == 0 || h.Misses == 0 || !h.Live {
		t.Errorf("%+v", h)
	}
}

// What is answered belongs to the caller, and so did what the chain answered.
func TestACallerMayChangeWhatIsAnswered(t *testing.T) {
	c := newChain()
	write(t, c, "a", 0)
	l := over(t, c, cache.Options{})
	for range 3 {
		e := get(t, l, "a")
		if e.Body[0] != 1 {
			t.Fatal("another caller's change is seen")
		}
		e.Body[0], e.Author.Evidence[0] = 99, 99
	}
}

func TestTheNewestOfABlockThatMayGoAwayIsAsked(t *testing.T) {
	c := newChain()
	write(t, c, "a", 0)
	l := over(t, c, cache.Options{})
	for range 2 {
		e, err := l.Get(t.Context(), driver.Ref{Key: "a", Finality: driver.Latest})
		if err != nil || e.Seen != nil {
			t.Errorf("%+v, %v", e, err)
		}
	}
}

func TestWhatTheChainContradictsIsNotKept(t *testing.T) {
	c := newChain()
	write(t, c, "a", 0)
	l := over(t, c, cache.Options{})
	for name, spoil := range map[string]func(*driver.Entry){
		"contradicted": func(e *driver.Entry) { e.Contradiction = "the block says otherwise" },
		"not final":    func(e *driver.Entry) { e.Final = false },
		"another key":  func(e *driver.Entry) { e.Key = "b" },
	} {
		c.bend(func(c *chain) {
			c.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
				e, err := c.Ledger.Get(ctx, ref)
				spoil(e)
				return e, err
			}
		})
		for _, version := range []uint64{0, 1, 0, 1} {
			e, err := l.Get(t.Context(), driver.Ref{Key: "a", Version: version})
			if err != nil || e.Seen != nil {
				t.Errorf("%s: %+v, %v", name, e, err)
			}
		}
	}
}

// Who wrote reads what he wrote, also where the follower has not come to it, and from no node that lags behind it.
func TestWhoWroteReadsWhatHeWrote(t *testing.T) {
	c := newChain()
	l := over(t, c, cache.Options{})
	followed(t, l, write(t, l, "a", 0).Pos.Height)
	c.bend(func(c *chain) {
		c.changes = waiting
	})
	write(t, c, "b", 0) // ends the poll; the next one never does
	followed(t, l, 2)
	for version := uint64(1); version < 4; version++ {
		r := write(t, l, "a", version)
		if e := get(t, l, "a"); e.Version != version+1 {
			t.Errorf("version %d, want %d", e.Version, version+1)
		}
		c.bend(func(c *chain) { c.get = c.asOf(r.Pos.Height - 1) })
		if e, err := l.Get(t.Context(), driver.Ref{Key: "a"}); driver.CodeOf(err) != driver.NotReady {
			t.Errorf("a node that lags behind the write answered %+v, %v", e, err)
		}
		c.bend(func(c *chain) { c.get = nil })
	}
}

// The same where it is not known what became of it.
func TestWhatMayHaveBeenWrittenIsAskedFor(t *testing.T) {
	c := newChain()
	l := over(t, c, cache.Options{})
	followed(t, l, write(t, c, "a", 0).Pos.Height)
	c.bend(func(c *chain) { c.changes, c.pending = waiting, true })
	write(t, c, "b", 0)
	followed(t, l, 2) // ends the poll; the next one never does
	if e := get(t, l, "a"); e.Seen == nil {
		t.Fatal("it is not cached")
	}
	write(t, l, "a", 1)
	if e := get(t, l, "a"); e.Version != 2 {
		t.Errorf("version %d, want 2", e.Version)
	}
}

func TestTermsOfARead(t *testing.T) {
	var now clock
	c := newChain()
	write(t, c, "a", 0)
	l := over(t, c, cache.Options{Now: now.now, Bound: time.Hour})
	old, young := time.Minute, 10*time.Minute
	read := func(terms cache.Terms) (*driver.Entry, error) {
		return l.Get(cache.WithTerms(t.Context(), terms), driver.Ref{Key: "a"})
	}
	if _, err := read(cache.Terms{OnlyIfCached: true}); !errors.Is(err, cache.ErrNotCached) || !driver.IsOutage(err) {
		t.Errorf("%v, want %v", err, cache.ErrNotCached)
	}
	if n := c.gets.Load(); n != 0 {
		t.Errorf("the chain was asked %d times, and was not to be", n)
	}
	get(t, l, "a")
	now.pass(5 * time.Minute)
	for name, w := range map[string]struct {
		terms  cache.Terms
		cached bool
	}{
		"none": {cache.Terms{}, true}, "older": {cache.Terms{MaxAge: &old}, false}, "younger": {cache.Terms{MaxAge: &young}, true},
		"no cache": {cache.Terms{NoCache: true}, false}, "only if cached": {cache.Terms{OnlyIfCached: true}, true},
	} {
		if e, err := read(w.terms); err != nil || (e.Seen != nil) != w.cached {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
	ctx := cache.WithTerms(t.Context(), cache.Terms{OnlyIfCached: true})
	if _, err := l.Versions(ctx, "a", 0, 0); !errors.Is(err, cache.ErrNotCached) {
		t.Errorf("versions: %v", err)
	}
	if _, err := l.Head(ctx); !errors.Is(err, cache.ErrNotCached) {
		t.Errorf("head: %v", err)
	}
}

// sick is a store that fails, or does not answer.
type sick struct {
	cache.Store
	hangs bool
}

func (s sick) fail(ctx context.Context) error {
	if s.hangs {
		<-ctx.Done()
		return ctx.Err()
	}
	return errors.New("out of order")
}

func (s sick) State(ctx context.Context) (cache.State, error) { return cache.State{}, s.fail(ctx) }

func (s sick) Newest(ctx context.Context, _ string) (cache.Pointer, cache.State, error) {
	return cache.Pointer{}, cache.State{}, s.fail(ctx)
}

func (s sick) Forget(ctx context.Context, _ string) error { return s.fail(ctx) }

func (s sick) Lead(ctx context.Context, _ cache.Lease, _ time.Duration) (cache.Lease, error) {
	return cache.Lease{}, s.fail(ctx)
}

func TestASickStoreCostsABoundedWaitAndNoAnswer(t *testing.T) {
	for name, hangs := range map[string]bool{"fails": false, "hangs": true} {
		t.Run(name, func(t *testing.T) {
			c := newChain()
			write(t, c, "a", 0)
			l := cache.New(c, sick{hangs: hangs}, cache.Options{Bound: time.Second, Wait: 20 * time.Millisecond})
			defer l.Close()
			began := time.Now()
			for _, version := range []uint64{0, 1} {
				if e, err := l.Get(t.Context(), driver.Ref{Key: "a", Version: version}); err != nil || e.Version != 1 {
					t.Errorf("%+v, %v", e, err)
				}
			}
			write(t, l, "a", 1)
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

// Close ends the follower while it waits for news, and while it waits to try again.
func TestCloseEndsTheFollowerAtOnce(t *testing.T) {
	for name, change := range map[string]func(c *chain){
		"waiting": func(*chain) {},
		"failing": func(c *chain) {
			c.changes = func(context.Context, driver.Cursor) (*driver.Batch, error) { return nil, errors.New("broken") }
		},
		"no changes": func(c *chain) { c.without = []driver.Ability{driver.AbilityChanges} },
	} {
		t.Run(name, func(t *testing.T) {
			c := newChain()
			change(c)
			l := cache.New(c, cache.NewMemory(1<<20).For("trade"), cache.Options{Bound: time.Hour})
			if name == "waiting" {
				eventually(t, "it waits", func() bool { return c.polls.Load() > 0 })
			}
			began := time.Now()
			if err := l.Close(); err != nil {
				t.Error(err)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

// A follower that has nothing to do asks a few times within the bound, and no more.
func TestAnIdleFollowerAsksSeldom(t *testing.T) {
	c := newChain()
	l := over(t, c, cache.Options{Bound: 800 * time.Millisecond})
	eventually(t, "it polls", func() bool { return c.polls.Load() >= 8 })
	if h := l.Health(t.Context()); !h.Live {
		t.Errorf("%+v", h)
	}
	before, began := c.polls.Load(), time.Now()
	eventually(t, "a second passes", func() bool { return time.Since(began) > time.Second })
	if n := c.polls.Load() - before; n > 7 {
		t.Errorf("%d polls in a second", n)
	}
}

package cache_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/metrics"
)

// The tests here hold the seven points of the package's comment where they are the decorator's and the follower's; what
// is the Store's is held by cachetest. Each was seen to fail without the line that it names.

// Points 1 and 3: what the follower brings is the newest at once, and asks the chain nothing (note, in memory.apply).
func TestWhatTheFollowerBringsIsServedWithoutAsking(t *testing.T) {
	c := newChain()
	l := over(t, c, cache.Options{})
	for version := range uint64(3) {
		r := write(t, c, "a", version)
		followed(t, l, r.Pos.Height)
		if e := get(t, l, "a"); e.Version != version+1 || e.Seen == nil {
			t.Errorf("version %d with %+v, want version %d from the cache", e.Version, e.Seen, version+1)
		}
	}
	if n := c.gets.Load(); n != 0 {
		t.Errorf("the chain was asked %d times", n)
	}
}

// Point 2: the chain is asked pinned to the block that was followed to (ref.AtLeast, in askNewest), so that a node that
// lags behind fills in nothing old.
func TestANodeThatLagsBehindFillsInNothing(t *testing.T) {
	c := newChain()
	write(t, c, "a", 0)
	last := write(t, c, "a", 1).Pos.Height
	l := over(t, c, cache.Options{})
	c.bend(func(c *chain) { c.get = c.asOf(last - 1) })
	if e, err := l.Get(t.Context(), driver.Ref{Key: "a"}); driver.CodeOf(err) != driver.NotReady {
		t.Errorf("a node at block %d answered %+v, %v", last-1, e, err)
	}
	c.bend(func(c *chain) { c.get = nil })
	if e := get(t, l, "a"); e.Version != 2 {
		t.Errorf("version %d, want 2", e.Version)
	}
}

// asOf answers as a node does that has come to a block and no further.
func (c *chain) asOf(height uint64) func(context.Context, driver.Ref) (*driver.Entry, error) {
	return func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		if ref.AtLeast > height {
			return nil, driver.Errorf(driver.NotReady, "block %d is not here yet", ref.AtLeast)
		}
		all, err := c.Ledger.Versions(ctx, ref.Key, 0, 0)
		if err != nil {
			return nil, err
		}
		var newest *driver.Entry
		for _, e := range all {
			if e.Height <= height {
				newest = e
			}
		}
		if newest == nil {
			return nil, driver.Errorf(driver.NotFound, "not here at block %d", height)
		}
		return newest, nil
	}
}

// Point 2: what was asked before a change and comes after it is not kept (touched.since, in memory.Fill): the pointer that
// the change set was dropped meanwhile.
func TestAnAnswerThatAChangeOvertookIsNotKept(t *testing.T) {
	c := newChain()
	write(t, c, "a", 0)
	l := over(t, c, cache.Options{})
	asked, answer := make(chan struct{}), make(chan struct{})
	c.bend(func(c *chain) {
		c.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
			e, err := c.Ledger.Get(ctx, ref)
			close(asked)
			<-answer
			return e, err
		}
	})
	slow := make(chan *driver.Entry)
	go func() { slow <- get(t, l, "a") }()
	<-asked
	c.bend(func(c *chain) { c.get = nil })
	followed(t, l, write(t, c, "a", 1).Pos.Height)
	l.Forget(t.Context(), "a")
	close(answer)
	if e := <-slow; e.Version != 1 {
		t.Errorf("version %d, want the one that was asked for in time", e.Version)
	}
	if e := get(t, l, "a"); e.Version != 2 {
		t.Errorf("version %d, want 2", e.Version)
	}
}

// Point 2: who has read a version is not given an older one afterwards (answered.note, in askNewest), although the pointer
// that a change set meanwhile is of before.
func TestNobodyReadsWhatIsOlderThanWhatHeHasRead(t *testing.T) {
	c := newChain()
	l := over(t, c, cache.Options{})
	wrote, told, tell := make(chan struct{}), make(chan struct{}), make(chan struct{})
	c.bend(func(c *chain) {
		c.changes = func(ctx context.Context, after driver.Cursor) (*driver.Batch, error) {
			<-wrote
			c.bend(func(c *chain) { c.changes = waiting })
			batch, err := c.Ledger.Changes(ctx, after, 0, 0)
			close(told)
			<-tell
			return batch, err
		}
	})
	followed(t, l, write(t, c, "b", 0).Pos.Height) // ends the poll under way
	first := write(t, c, "a", 0).Pos.Height
	close(wrote)
	<-told
	write(t, c, "a", 1)
	c.bend(func(c *chain) {
		c.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
			e, err := c.Ledger.Get(ctx, ref)
			close(tell)
			followed(t, l, first)
			return e, err
		}
	})
	if e := get(t, l, "a"); e.Version != 2 {
		t.Fatalf("version %d, want 2", e.Version)
	}
	c.bend(func(c *chain) { c.get = nil })
	if e := get(t, l, "a"); e.Version != 2 {
		t.Errorf("version %d after version 2", e.Version)
	}
}

// Point 4: a pointer is served only while the follower's last word is young (age < Bound, in live), and says the block
// that it speaks of (given, in found.answer).
func TestNothingIsServedWhenTheFollowersLastWordIsOld(t *testing.T) {
	var now clock
	c := newChain()
	height := write(t, c, "a", 0).Pos.Height
	l := over(t, c, cache.Options{Now: now.now, Bound: 2 * time.Second})
	c.bend(func(c *chain) {
		c.changes = func(ctx context.Context, _ driver.Cursor) (*driver.Batch, error) {
			return nil, driver.Errorf(driver.Unavailable, "the changes cannot be had")
		}
	})
	failing := c.polls.Load() + 2 // the poll that was under way has ended by then
	eventually(t, "the follower fails", func() bool { return c.polls.Load() >= failing })
	get(t, l, "a")
	e := get(t, l, "a")
	if e.Seen == nil || e.Seen.Block.Height != height || now.now().Sub(e.Seen.At) > 2*time.Second {
		t.Fatalf("%+v, want block %d", e.Seen, height)
	}
	if seen, ok := l.Holds(t.Context(), e); !ok || seen.Block.Height != height {
		t.Errorf("it holds: %t, as of %+v", ok, seen)
	}
	write(t, c, "a", 1) // which nobody follows
	now.pass(2 * time.Second)
	if _, ok := l.Holds(t.Context(), e); ok {
		t.Error("what was answered is said to hold (fits, in Holds)")
	}
	if e := get(t, l, "a"); e.Seen != nil || e.Version != 2 {
		t.Errorf("version %d with %+v, want the chain's own answer", e.Version, e.Seen)
	}
	if h := l.Health(t.Context()); h.Live || h.Age < 2*time.Second {
		t.Errorf("%+v", h)
	}
}

// Point 4: what the chain says is as old as the question (asked, in progress), and what a node says that lags behind what
// was said before says nothing of now (b.Head.Height, in progress).
func TestAWordIsAsOldAsTheQuestion(t *testing.T) {
	for name, w := range map[string]struct {
		lag uint64
		age time.Duration
	}{"in time": {0, time.Minute}, "from a node that lags": {1, time.Hour + time.Minute}} {
		t.Run(name, func(t *testing.T) {
			var now clock
			c := newChain()
			height := write(t, c, "a", 0).Pos.Height
			l := over(t, c, cache.Options{Now: now.now, Bound: 3 * time.Hour})
			asked, answer := make(chan driver.Cursor), make(chan *driver.Batch)
			c.bend(func(c *chain) {
				c.changes = func(ctx context.Context, after driver.Cursor) (*driver.Batch, error) {
					select {
					case asked <- after:
						return <-answer, nil
					case <-ctx.Done():
						return nil, driver.FromContext(ctx)
					}
				}
			})
			followed(t, l, write(t, c, "a", 1).Pos.Height) // ends the poll under way
			now.pass(time.Hour)
			after := <-asked
			answer <- &driver.Batch{Next: after} // which says nothing
			<-asked
			now.pass(time.Minute)
			answer <- &driver.Batch{Next: after, Head: driver.Block{Height: height + 1 - w.lag, Hash: "hash"}}
			<-asked // the next poll: the answer was applied
			if age := l.Health(t.Context()).Age.Round(time.Minute); age != w.age {
				t.Errorf("the last word is %s old, want %s", age, w.age)
			}
			answer <- &driver.Batch{Next: after}
		})
	}
}

// Point 2: while the follower is catching up, what the chain answers at the block that was reached before may be older
// than what was applied (seen.Behind, in askNewest).
func TestNothingIsFilledWhileTheFollowerCatchesUp(t *testing.T) {
	c := newChain()
	write(t, c, "a", 0)
	l := over(t, c, cache.Options{})
	written := make(chan struct{})
	c.bend(func(c *chain) {
		c.changes = func(ctx context.Context, after driver.Cursor) (*driver.Batch, error) {
			<-written
			c.bend(func(c *chain) { c.changes = waiting })
			return c.Ledger.Changes(ctx, after, 1, 0)
		}
	})
	followed(t, l, write(t, c, "b", 0).Pos.Height) // ends the poll under way
	write(t, c, "a", 1)
	write(t, c, "a", 2)
	close(written)
	eventually(t, "the follower catches up", func() bool { return l.Health(t.Context()).State.Behind })
	l.Forget(t.Context(), "a")
	c.bend(func(c *chain) { c.get = c.asOf(l.Health(context.Background()).State.Block.Height) })
	for range 2 {
		if e, err := l.Get(t.Context(), driver.Ref{Key: "a"}); err != nil || e.Seen != nil {
			t.Errorf("%+v, %v", e, err)
		}
	}
}

// Point 4: a word from a time that is yet to come is that of another clock (age > -Bound/5, in live).
func TestAWordOfAnotherClockIsNotTrusted(t *testing.T) {
	var now clock
	c := newChain()
	write(t, c, "a", 0)
	l := over(t, c, cache.Options{Now: now.now})
	get(t, l, "a")
	now.pass(-time.Hour)
	if e := get(t, l, "a"); e.Seen != nil {
		t.Errorf("%+v is from an hour ahead", e.Seen)
	}
}

// Point 5: a cursor that the chain does not know any more begins a new epoch (lost, in follower.step).
func TestALostCursorBeginsANewEpoch(t *testing.T) {
	for name, lose := range map[string]error{
		"cursor": driver.Errorf(driver.CursorInvalid, "no cursor of this chain"), "gap": cache.ErrGap, "lease": cache.ErrFenced,
	} {
		t.Run(name, func(t *testing.T) {
			c := newChain()
			write(t, c, "a", 0)
			l := over(t, c, cache.Options{})
			answered := get(t, l, "a")
			before := l.Health(t.Context()).State.Epoch
			c.bend(func(c *chain) {
				c.changes = func(context.Context, driver.Cursor) (*driver.Batch, error) {
					c.bend(func(c *chain) { c.changes = nil })
					return nil, lose
				}
			})
			write(t, c, "b", 0) // ends the poll
			eventually(t, "a new epoch", func() bool { return l.Health(t.Context()).State.Epoch == before+1 })
			if _, ok := l.Holds(t.Context(), answered); ok {
				t.Error("what was answered before is said to hold (found.known, in Holds)")
			}
			if e := get(t, l, "a"); e.Seen != nil {
				t.Errorf("%+v is of the epoch before", e.Seen)
			}
		})
	}
}

// Point 5: another chain under the same name begins a new epoch, and what was kept of the one before is not answered
// (ChainID, in look).
func TestAnotherChainIsAnotherEpoch(t *testing.T) {
	first, second := newChain(), newChain()
	write(t, first, "a", 0)
	write(t, second, "b", 0)
	s := cache.NewMemory(1 << 20).For("trade")
	l := overStore(t, first, s, cache.Options{})
	get(t, l, "a")
	if e, err := l.Get(t.Context(), driver.Ref{Key: "a", Version: 1}); err != nil || e.Seen == nil {
		t.Fatalf("%+v, %v", e, err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	second.changes = waiting // it is the head that tells
	l = overStore(t, second, s, cache.Options{})
	eventually(t, "the other chain is followed", func() bool { return l.Health(t.Context()).State.Epoch == 2 })
	for _, version := range []uint64{0, 1} {
		if e, err := l.Get(t.Context(), driver.Ref{Key: "a", Version: version}); driver.CodeOf(err) != driver.NotFound {
			t.Errorf("version %d: %+v, %v, want what the other chain says", version, e, err)
		}
	}
}

// waiting answers no changes.
func waiting(ctx context.Context, _ driver.Cursor) (*driver.Batch, error) {
	<-ctx.Done()
	return nil, driver.FromContext(ctx)
}

// heights is a gauge that keeps what it was set to last.
type heights struct {
	prometheus.Gauge
	last atomic.Uint64
}

func (h *heights) Set(v float64) { h.last.Store(uint64(v)) }

// metrics tells heights to h, and the rest to nobody.
func (h *heights) metrics(t *testing.T) *metrics.Cache {
	t.Helper()
	nowhere, err := metrics.NewCaches(nil)
	if err != nil {
		t.Fatal(err)
	}
	m := nowhere.Ledger("trade")
	m.Height = h
	return m
}

// Point 6: of two that share a store one follows (ErrLed, in follower.lead), and both serve; when it ends, the other goes
// on from where it was, without asking for everything anew.
func TestTwoReplicasShareOneFollower(t *testing.T) {
	one, other := newChain(), &chain{}
	other.Ledger = connect(t, one)
	write(t, one, "a", 0)
	s := cache.NewMemory(1 << 20).For("trade")
	leader := overStore(t, one, s, cache.Options{Bound: 2 * time.Second})
	told := &heights{}
	second := overStore(t, other, s, cache.Options{Bound: 2 * time.Second, Metrics: told.metrics(t)})
	get(t, leader, "a")
	if e := get(t, second, "a"); e.Seen == nil {
		t.Error("the second does not serve what the first was told")
	}
	height := write(t, one, "a", 1).Pos.Height
	followed(t, second, height)
	if e := get(t, second, "a"); e.Version != 2 || e.Seen == nil {
		t.Errorf("%+v", e)
	}
	eventually(t, "the second tells how far the first has followed", func() bool { return told.last.Load() == height })
	if n := other.polls.Load(); n != 0 {
		t.Errorf("the second asked for changes %d times", n)
	}
	if err := leader.Close(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the second follows", func() bool { return other.polls.Load() > 0 })
	followed(t, second, write(t, other, "b", 0).Pos.Height)
	if st := second.Health(t.Context()).State; st.Epoch != 1 {
		t.Errorf("%+v, want the first epoch to go on", st)
	}
}

// Point 7: an absence is kept only where the chain could be pinned (Can, in askNewest), and told with the block.
func TestAnAbsenceIsKeptWithItsBlock(t *testing.T) {
	c := newChain()
	height := write(t, c, "a", 0).Pos.Height
	l := over(t, c, cache.Options{})
	_, err := l.Get(t.Context(), driver.Ref{Key: "b"})
	if driver.CodeOf(err) != driver.NotFound || cache.SeenOf(err) != nil {
		t.Fatalf("%v", err)
	}
	_, err = l.Get(t.Context(), driver.Ref{Key: "b"})
	if seen := cache.SeenOf(err); driver.CodeOf(err) != driver.NotFound || seen == nil || seen.Block.Height != height {
		t.Errorf("%v, want an absence up to block %d", err, height)
	}
	followed(t, l, write(t, c, "b", 0).Pos.Height)
	if e := get(t, l, "b"); e.Version != 1 || e.Seen == nil {
		t.Errorf("%+v", e)
	}
}

func TestNoAbsenceIsKeptOfAChainThatCannotBePinned(t *testing.T) {
	c := newChain()
	c.without = []driver.Ability{driver.AbilityPin}
	l := over(t, c, cache.Options{})
	for range 3 {
		_, err := l.Get(t.Context(), driver.Ref{Key: "b"})
		if driver.CodeOf(err) != driver.NotFound || cache.SeenOf(err) != nil {
			t.Errorf("%v", err)
		}
	}
	followed(t, l, write(t, c, "b", 0).Pos.Height)
	if e := get(t, l, "b"); e.Seen == nil {
		t.Error("what the follower brought is not served")
	}
}

// Point 7: NotReady is no absence (CodeOf(err) == NotFound, in askNewest).
func TestNothingIsKeptOfAChainThatIsNotReady(t *testing.T) {
	c := newChain()
	l := over(t, c, cache.Options{})
	c.bend(func(c *chain) {
		c.get = func(context.Context, driver.Ref) (*driver.Entry, error) {
			return nil, driver.Errorf(driver.NotReady, "catching up")
		}
	})
	for range 2 {
		_, err := l.Get(t.Context(), driver.Ref{Key: "b"})
		if driver.CodeOf(err) != driver.NotReady || errors.Is(err, cache.ErrNotCached) {
			t.Errorf("%v", err)
		}
	}
}

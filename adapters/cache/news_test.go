package cache_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// patient is longer than a follower waits for news.
const patient = time.Minute

// counted is a chain that counts the questions for news of others than the follower, and may fail the follower's.
type counted struct {
	*chain
	others atomic.Int64
	fails  atomic.Bool
}

func (c *counted) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	if wait > patient/2 {
		c.others.Add(1)
		return c.Ledger.Changes(ctx, after, limit, wait)
	}
	if c.fails.Load() {
		return nil, driver.Errorf(driver.Unavailable, "the changes cannot be had")
	}
	b, err := c.chain.Changes(ctx, after, limit, wait)
	if c.fails.Load() {
		return nil, driver.Errorf(driver.Unavailable, "the changes cannot be had")
	}
	return b, err
}

// beside has another one wait for news after a place, and answers what he is told. It plays in a bubble, so that he waits
// for certain before anything happens.
func beside(t *testing.T, l *cache.Ledger, after driver.Cursor, limit int) chan *driver.Batch {
	t.Helper()
	told := make(chan *driver.Batch, 1)
	go func() {
		b, err := l.Changes(t.Context(), after, limit, patient)
		if err != nil {
			t.Error(err)
		}
		told <- b
	}()
	synctest.Wait()
	return told
}

func inBubble(t *testing.T, play func(t *testing.T, c *counted, l *cache.Ledger)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		c := &counted{chain: newChain()}
		write(t, c, "before", 0)
		// The follower takes its time before it asks again, so that whoever was told comes first.
		l := over(t, c, cache.Options{Now: func() time.Time { time.Sleep(time.Millisecond); return time.Now() }})
		time.Sleep(time.Second) // until it asks
		play(t, c, l)
	})
}

func standing(t *testing.T, l *cache.Ledger) driver.Cursor {
	t.Helper()
	return l.Health(t.Context()).State.Cursor
}

func TestWhoeverStandsWhereTheFollowerStandsSharesItsQuestion(t *testing.T) {
	inBubble(t, func(t *testing.T, c *counted, l *cache.Ledger) {
		ctx, cancel := context.WithCancel(t.Context())
		one, other := goesOn(ctx, l, standing(t, l)), goesOn(ctx, l, standing(t, l))
		for version := range uint64(20) {
			time.Sleep(10 * time.Second) // the follower is told several times that there is nothing
			began := time.Now()
			r := write(t, c, "a", version)
			b, same := <-one, <-other
			if len(b.Entries) != 1 || b.Entries[0].Version != version+1 || b.Head.Height != r.Pos.Height || time.Since(began) > time.Second {
				t.Fatalf("%+v after %v", b, time.Since(began))
			}
			if e := get(t, l, "a"); e.Version != version+1 || e.Seen == nil {
				t.Fatalf("version %d with %+v: what is told of is not in the cache yet", e.Version, e.Seen)
			}
			b.Entries[0].Body[0]++
			if same.Entries[0].Body[0] == b.Entries[0].Body[0] {
				t.Error("two who were told share an entry")
			}
		}
		cancel()
		if n := c.others.Load(); n != 0 {
			t.Errorf("the chain was asked %d times beside the follower", n)
		}
	})
}

// goesOn goes on from a place, from batch to batch without a pause, until ctx ends.
func goesOn(ctx context.Context, l *cache.Ledger, at driver.Cursor) chan *driver.Batch {
	told := make(chan *driver.Batch)
	go func() {
		for {
			b, err := l.Changes(ctx, at, 50, patient)
			if err != nil {
				return // ctx has ended
			}
			if at = b.Next; len(b.Entries) > 0 {
				told <- b
			}
		}
	}()
	return told
}

func TestWhoeverWaitsForNewsAsksWhereTheFollowerDoesNot(t *testing.T) {
	for name, tc := range map[string]struct {
		limit  int
		after  func(t *testing.T, c *counted, l *cache.Ledger) driver.Cursor
		happen func(t *testing.T, c *counted, l *cache.Ledger)
		want   int // entries
	}{
		"it stands elsewhere": {50, func(*testing.T, *counted, *cache.Ledger) driver.Cursor { return "" },
			func(*testing.T, *counted, *cache.Ledger) {}, 1},
		"it fails": {50, nil, func(t *testing.T, c *counted, _ *cache.Ledger) {
			c.fails.Store(true)
			time.Sleep(patient / 4)
			write(t, c, "a", 0)
		}, 1},
		"it fails already": {50, func(t *testing.T, c *counted, l *cache.Ledger) driver.Cursor {
			c.fails.Store(true)
			at := standing(t, l)
			time.Sleep(patient / 4)
			return at
		}, func(t *testing.T, c *counted, _ *cache.Ledger) { write(t, c, "a", 0) }, 1},
		"it was told more than fits": {1, nil, func(t *testing.T, c *counted, _ *cache.Ledger) {
			c.bend(func(c *chain) {
				c.changes = func(ctx context.Context, after driver.Cursor) (*driver.Batch, error) {
					write(t, c.Ledger, "a", 0)
					write(t, c.Ledger, "a", 1)
					c.bend(func(c *chain) { c.changes = nil })
					return c.Ledger.Changes(ctx, after, 0, 0)
				}
			})
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, c *counted, l *cache.Ledger) {
				var at driver.Cursor
				if tc.after == nil {
					at = standing(t, l)
				} else {
					at = tc.after(t, c, l)
				}
				told := beside(t, l, at, tc.limit)
				tc.happen(t, c, l)
				if b := <-told; len(b.Entries) != tc.want || b.Next == at {
					t.Errorf("%+v", b)
				}
				if n := c.others.Load(); n != 1 {
					t.Errorf("the chain was asked %d times beside the follower, want once", n)
				}
			})
		})
	}
}

// Nobody waits longer than he says, nor for a ledger that is closed.
func TestWhoeverWaitsForNewsGoesInTime(t *testing.T) {
	inBubble(t, func(t *testing.T, c *counted, l *cache.Ledger) {
		at, began := standing(t, l), time.Now()
		b, err := l.Changes(t.Context(), at, 50, patient)
		if err != nil || len(b.Entries) > 0 || b.Next != at || time.Since(began) > patient+time.Second || b.Head.Height == 0 {
			t.Errorf("%+v, %v after %v", b, err, time.Since(began))
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { _, err := l.Changes(ctx, at, 50, patient); ended <- err }()
		synctest.Wait()
		cancel()
		if err := <-ended; driver.CodeOf(err) != driver.Canceled {
			t.Error(err)
		}
		go func() { _, err := l.Changes(t.Context(), at, 50, patient); ended <- err }()
		synctest.Wait()
		began = time.Now()
		_ = l.Close()
		if err := <-ended; err == nil || time.Since(began) > time.Second {
			t.Errorf("%v, %v after the ledger was closed", err, time.Since(began))
		}
	})
}

package redis_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
)

// The master of a ledger is killed in the midst of batches, with whatever it had not yet told its replica, which takes
// over by itself. Others read all the while.
func aMasterDies(t *testing.T, c *redistest.Cluster) {
	c.Lose(t)
	name := another()
	g := &growing{store: open(t, c.URL()).For(name), body: make([]byte, 4<<10)}
	must(t, g.step(t.Context()))
	master, known := c.Holder(t), readMeanwhile(t, g, c.URL(), name)
	stepUntil(t, g, "it is answered from Redis", func() bool { return known.Load() > 100 })
	c.GiveUpAfter(t, time.Second)
	var kill sync.WaitGroup
	kill.Go(func() {
		pause(t.Context(), rand.N(20*time.Millisecond))
		c.Masters[master].Stop(t)
	})
	stepUntil(t, g, "the master is gone", func() bool { return g.failed != nil })
	kill.Wait()
	c.Promoted(t, master)
	before, at := known.Load(), g.at
	stepUntil(t, g, "it is answered from the replica", func() bool { return known.Load() > before+100 && g.at > at+5 })
	heal(t, c, master)
}

// readMeanwhile has two others read until the test ends, and counts what was known to them.
func readMeanwhile(t *testing.T, g *growing, url, name string) *atomic.Int64 {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var work sync.WaitGroup
	known := &atomic.Int64{}
	for range 2 {
		reader := open(t, url).For(name)
		work.Go(func() {
			for ctx.Err() == nil {
				if g.check(ctx, t, reader, rand.IntN(manyKeys)) {
					known.Add(1)
				}
			}
		})
	}
	t.Cleanup(func() {
		cancel()
		work.Wait()
	})
	return known
}

// stepUntil follows the chain, whatever befalls it.
func stepUntil(t *testing.T, g *growing, what string, holds func() bool) {
	t.Helper()
	eventually(t, what, func() bool {
		g.failed = g.step(t.Context())
		return holds()
	})
}

// heal brings back the node that was killed, as the replica of the one that took its place.
func heal(t *testing.T, c *redistest.Cluster, i int) {
	t.Helper()
	c.Replicas[i].Again(t)
	c.Settled(t)
	c.GiveUpAfter(t, time.Minute)
}

// What a master said it did, and had not told its replica, is lost with it: changes, what was forgotten, an era, a lease.
func whatWasNotReplicatedIsLost(t *testing.T, c *redistest.Cluster) {
	c.Lose(t)
	name := another()
	first, second, reader := open(t, c.URL()).For(name), open(t, c.URL()).For(name), open(t, c.URL()).For(name)
	g := &growing{store: first}
	for range 3 {
		must(t, g.step(t.Context()))
	}
	lease := g.lease
	_, err := first.Lead(t.Context(), lease, time.Millisecond)
	must(t, err)
	master, before := c.Holder(t), copyPointers(t, c)
	c.CutReplication(t, master)
	must(t, g.step(t.Context()))
	// Another takes over, and what he does is lost with the master.
	g.store, g.lease, g.begun = second, cache.Lease{}, false
	eventually(t, "the lease runs out", func() bool { return g.step(t.Context()) == nil })
	must(t, reader.Forget(t.Context(), growingKey(1)))
	epoch, lost := state(t, reader).Epoch, copyPointers(t, c)
	c.Masters[master].Stop(t)
	c.TakeOver(t, master)
	for _, s := range []cache.Store{first, second, reader} {
		eventually(t, "the new master is found", func() bool { _, err := s.State(t.Context()); return err == nil })
	}

	if err := second.Apply(t.Context(), g.lease, block(5).Cursor, g.block(6), block(6)); !errors.Is(err, cache.ErrFenced) {
		t.Errorf("a batch of one whose lease was lost: %v", err)
	}
	if err := first.Apply(t.Context(), lease, block(4).Cursor, g.block(5), block(5)); !errors.Is(err, cache.ErrGap) {
		t.Errorf("a batch that goes on from a place that was lost: %v", err)
	}
	if st := state(t, reader); st.Block.Height != 3 || st.Epoch != epoch-1 {
		t.Errorf("%+v, want block 3, which was replicated", st)
	}
	g.checkAll(t, reader)
	lease = g.lease
	g.begun = false
	must(t, g.step(t.Context()))
	if g.lease.Token == lease.Token {
		t.Errorf("the lease %d was given twice", lease.Token)
	}
	g.checkAll(t, reader)
	for _, old := range []pointers{before, lost} {
		old.putBack(t, c)
		if n := g.checkAll(t, reader); n > 0 {
			t.Errorf("%d keys are known by pointers that were put back", n)
		}
	}
	heal(t, c, master)
}

// pointers are what stood in a cluster, by their names.
type pointers map[string]map[string]string

func copyPointers(t *testing.T, c *redistest.Cluster) pointers {
	t.Helper()
	client, all := c.Masters[c.Holder(t)].Client(), pointers{}
	defer func() { _ = client.Close() }()
	names, err := client.Keys(t.Context(), "fta:1:*:p:*").Result()
	must(t, err)
	for _, name := range names {
		if all[name], err = client.HGetAll(t.Context(), name).Result(); err != nil {
			t.Fatal(err)
		}
	}
	if len(all) != manyKeys {
		t.Fatalf("%d pointers", len(all))
	}
	return all
}

func (p pointers) putBack(t *testing.T, c *redistest.Cluster) {
	t.Helper()
	client := c.Masters[c.Holder(t)].Client()
	defer func() { _ = client.Close() }()
	for name, fields := range p {
		must(t, client.Del(t.Context(), name).Err())
		must(t, client.HSet(t.Context(), name, fields).Err())
	}
}

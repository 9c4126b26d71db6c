package redis_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
)

// asked counts the reads that reach a chain.
type asked struct {
	driver.Ledger
	gets *atomic.Int64
}

func (a asked) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	a.gets.Add(1)
	return a.Ledger.Get(ctx, ref)
}

// replica is a gateway's cache over a chain that others read too. Its clock is off.
func replica(t *testing.T, l *memory.Ledger, url, name string, bound, off time.Duration) (*cache.Ledger, *atomic.Int64) {
	t.Helper()
	now := func() time.Time { return time.Now().Add(off) }
	own, err := l.Chain().Connect(nil)
	if err != nil {
		t.Fatal(err)
	}
	gets := &atomic.Int64{}
	store := open(t, url, func(o *redis.Options) { o.Now = now }).For(name)
	c := cache.New(asked{own, gets}, store, cache.Options{Bound: bound, Wait: patient, Now: now})
	t.Cleanup(func() { _ = c.Close() })
	return c, gets
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("in vain: %s", what)
		}
	}
}

func live(c *cache.Ledger) func() bool {
	return func() bool { return c.Health(context.Background()).Live }
}

func write(t *testing.T, l driver.Ledger, key string, expect uint64) {
	t.Helper()
	if _, err := l.Append(t.Context(), &driver.Write{Key: key, Expect: expect, Body: fmt.Appendf(nil, "%d", expect+1)}); err != nil {
		t.Error(err)
	}
}

// written remembers when each version was final.
type written struct {
	mu sync.Mutex
	at []time.Time // of version n at n-1
}

func (w *written) note() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = append(w.at, time.Now())
}

// by is the version that was the newest at a moment.
func (w *written) by(t time.Time) uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := uint64(0)
	for _, at := range w.at {
		if at.Before(t) {
			n++
		}
	}
	return n
}

// Replicas with clocks of their own read one ledger while it is written to by somebody else, while the one that follows
// goes, and while Redis loses everything.
func TestNoReplicaServesOlderThanTheBound(t *testing.T) {
	for _, n := range []int{2, 10} {
		t.Run(fmt.Sprintf("%d replicas", n), func(t *testing.T) { replicas(t, n, redistest.Start(t)) })
	}
}

// place is one Redis, or a cluster of them.
type place interface {
	URL() string
	Lose(t testing.TB)
}

func replicas(t *testing.T, n int, shared place) {
	const bound = time.Second
	chain, name := memory.New(memory.Options{}), another()
	write(t, chain, "k", 0)
	w := &written{}
	w.note()
	all, gets := make([]*cache.Ledger, n), make([]*atomic.Int64, n)
	for i := range all {
		all[i], gets[i] = replica(t, chain, shared.URL(), name, bound, time.Duration(i)*3*time.Second)
	}
	for _, c := range all {
		eventually(t, "a replica is live", live(c))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	var work sync.WaitGroup
	var reads atomic.Int64
	for _, c := range all {
		work.Go(func() { reads.Add(readWithin(ctx, t, c, w, bound)) })
	}
	for v := uint64(1); ctx.Err() == nil; v++ {
		write(t, chain, "k", v)
		w.note()
		if v == 20 {
			_ = all[0].Close() // the one that follows, as it was the first
		}
		if v == 40 {
			shared.Lose(t)
		}
		pause(ctx, 30*time.Millisecond)
	}
	work.Wait()
	var through int64
	for _, g := range gets {
		through += g.Load()
	}
	t.Logf("%d replicas: %d reads, of which %d asked the ledger; %d versions were written", n, reads.Load(), through, w.by(time.Now()))
	if through > reads.Load()/2 {
		t.Errorf("%d of %d reads asked the ledger", through, reads.Load())
	}
}

func readWithin(ctx context.Context, t *testing.T, c *cache.Ledger, w *written, bound time.Duration) (reads int64) {
	for ; ctx.Err() == nil; reads++ {
		least := w.by(time.Now().Add(-bound))
		e, err := c.Get(context.Background(), driver.Ref{Key: "k"})
		switch {
		case driver.CodeOf(err) == driver.Canceled:
			return reads // it was closed
		case err != nil:
			t.Error(err)
			return reads
		case e.Version < least:
			t.Errorf("version %d, and version %d stood longer than the bound ago", e.Version, least)
			return reads
		}
		pause(ctx, time.Millisecond)
	}
	return reads
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// What one gateway wrote is read by the other at once, not when the one that follows comes to it.
func TestWhatOneReplicaWroteIsForgottenByAll(t *testing.T) {
	server, chain, name := redistest.Start(t), memory.New(memory.Options{}), another()
	write(t, chain, "k", 0)
	store := open(t, server.URL()).For(name)
	mine := cache.New(chain, store, cache.Options{Bound: time.Minute, Wait: patient})
	t.Cleanup(func() { _ = mine.Close() })
	eventually(t, "it is live", live(mine))
	other, gets := replica(t, chain, server.URL(), name, time.Minute, 0)
	for range 2 {
		if e, err := other.Get(t.Context(), driver.Ref{Key: "k"}); err != nil || e.Version != 1 {
			t.Fatalf("%+v, %v", e, err)
		}
	}
	if gets.Load() != 1 {
		t.Fatalf("%d reads asked the ledger, want the first", gets.Load())
	}
	write(t, mine, "k", 1)
	if e, err := other.Get(t.Context(), driver.Ref{Key: "k"}); err != nil || e.Version != 2 {
		t.Errorf("%+v, %v, want what the other wrote", e, err)
	}
}

// One that starts anew answers what others know, and asks the ledger nothing.
func TestANewGatewayIsWarm(t *testing.T) {
	server, chain, name := redistest.Start(t), memory.New(memory.Options{}), another()
	write(t, chain, "k", 0)
	before, _ := replica(t, chain, server.URL(), name, 10*time.Second, 0)
	eventually(t, "it is live", live(before))
	if _, err := before.Get(t.Context(), driver.Ref{Key: "k"}); err != nil {
		t.Fatal(err)
	}
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	after, gets := replica(t, chain, server.URL(), name, 10*time.Second, 0)
	eventually(t, "it is live", live(after))
	e, err := after.Get(t.Context(), driver.Ref{Key: "k"})
	if err != nil || e.Version != 1 || e.Seen == nil || gets.Load() != 0 {
		t.Errorf("%+v, %v, and %d questions to the ledger", e, err, gets.Load())
	}
}

// One that was paused for longer than its lease, and wakes up, moves nothing.
func TestAPausedFollowerIsFenced(t *testing.T) {
	url, name := redistest.Start(t).URL(), another()
	paused, next := open(t, url).For(name), open(t, url).For(name)
	first, err := paused.Lead(t.Context(), cache.Lease{}, time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if err := paused.Begin(t.Context(), first, "chain", to(1)); err != nil {
		t.Fatal(err)
	}
	var second cache.Lease
	eventually(t, "the lease runs out", func() bool {
		second, err = next.Lead(t.Context(), cache.Lease{}, time.Minute)
		return err == nil
	})
	err = paused.Apply(t.Context(), first, to(1).Cursor, []*driver.Entry{version("a", 1)}, to(2))
	if !errors.Is(err, cache.ErrFenced) {
		t.Errorf("a batch of one that lost the lease: %v", err)
	}
	if err := paused.Apply(t.Context(), first, to(1).Cursor, nil, to(2)); !errors.Is(err, cache.ErrFenced) {
		t.Errorf("an empty batch of one that lost the lease: %v", err)
	}
	if p, s, err := next.Newest(t.Context(), "a"); err != nil || p.Known || s.Block.Height != 1 {
		t.Errorf("%+v at block %d, %v", p, s.Block.Height, err)
	}
	if err := next.Apply(t.Context(), second, to(1).Cursor, []*driver.Entry{version("a", 1)}, to(2)); err != nil {
		t.Error(err)
	}
}

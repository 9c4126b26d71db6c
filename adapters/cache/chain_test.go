package cache_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
)

// counted is a memory chain that counts the questions which reach it.
type counted struct {
	*memory.Ledger
	gets atomic.Int64
}

// Describe says that the chain can be pinned: there is one node, which always shows the newest.
func (c *counted) Describe() driver.Description {
	d := c.Ledger.Describe()
	d.Abilities = append(d.Abilities, driver.AbilityPin)
	return d
}

func (c *counted) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	c.gets.Add(1)
	return c.Ledger.Get(ctx, ref)
}

func newCounted() *counted { return &counted{Ledger: memory.New(memory.Options{})} }

// over caches a chain in a store of its own, and waits until it is followed.
func over(t testing.TB, chain driver.Ledger, o cache.Options) *cache.Ledger {
	t.Helper()
	if o.Bound == 0 {
		o.Bound = time.Second
	}
	l := cache.New(chain, cache.NewMemory(1<<20).For("trade"), o)
	t.Cleanup(func() { _ = l.Close() })
	eventually(t, "the chain is followed", func() bool { return l.Health(t.Context()).Live })
	return l
}

// eventually waits until something holds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	until := time.Now().Add(10 * time.Second)
	for !holds() {
		if time.Now().After(until) {
			t.Fatalf("in vain: %s", what)
		}
		time.Sleep(time.Millisecond)
	}
}

func write(t testing.TB, l driver.Ledger, key string, expect uint64) *driver.Receipt {
	t.Helper()
	r, err := l.Append(context.Background(), &driver.Write{Key: key, Expect: expect, Body: []byte{byte(expect + 1)}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func get(t testing.TB, l driver.Ledger, key string) *driver.Entry {
	t.Helper()
	e, err := l.Get(context.Background(), driver.Ref{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestTheSecondReadDoesNotAskTheChain(t *testing.T) {
	chain := newCounted()
	write(t, chain, "a", 0)
	l := over(t, chain, cache.Options{})
	first, second := get(t, l, "a"), get(t, l, "a")
	if n := chain.gets.Load(); n != 1 {
		t.Errorf("the chain was asked %d times", n)
	}
	if first.Seen != nil || second.Seen == nil || !slices.Equal(first.Body, second.Body) {
		t.Errorf("%+v and then %+v", first, second)
	}
}

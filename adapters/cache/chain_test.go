package cache_test

import (
	"context"
	"crypto/ed25519"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// chain is a memory chain that counts the questions which reach it, and bends what a test wants bent.
type chain struct {
	*memory.Ledger
	gets, polls atomic.Int64

	mu      sync.Mutex
	get     func(context.Context, driver.Ref) (*driver.Entry, error)
	changes func(context.Context, driver.Cursor) (*driver.Batch, error)
	without []driver.Ability
	pending bool // what was written is not known to stand anywhere
}

func newChain() *chain { return &chain{Ledger: memory.New(memory.Options{})} }

// bend sets what is answered in the place of the chain; nil lets the chain answer.
func (c *chain) bend(set func(c *chain)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	set(c)
}

func (c *chain) Describe() driver.Description {
	d := c.Ledger.Describe()
	var offered []driver.Ability
	for _, a := range d.Abilities {
		hidden := false
		for _, w := range c.without {
			hidden = hidden || a == w
		}
		if !hidden {
			offered = append(offered, a)
		}
	}
	d.Abilities = offered
	return d
}

func (c *chain) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	r, err := c.Ledger.Append(ctx, w)
	if c.pending && err == nil {
		r = &driver.Receipt{Tx: r.Tx, State: driver.Pending, Key: r.Key}
	}
	return r, err
}

func (c *chain) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	c.gets.Add(1)
	c.mu.Lock()
	get := c.get
	c.mu.Unlock()
	if get != nil {
		return get(ctx, ref)
	}
	return c.Ledger.Get(ctx, ref)
}

func (c *chain) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	c.polls.Add(1)
	c.mu.Lock()
	changes := c.changes
	c.mu.Unlock()
	if changes != nil {
		return changes(ctx, after)
	}
	return c.Ledger.Changes(ctx, after, limit, wait)
}

// over caches a chain in a store of its own, and waits until it is followed.
func over(t testing.TB, inner driver.Ledger, o cache.Options) *cache.Ledger {
	t.Helper()
	return overStore(t, inner, cache.NewMemory(1<<20).For("trade"), o)
}

func overStore(t testing.TB, inner driver.Ledger, s cache.Store, o cache.Options) *cache.Ledger {
	t.Helper()
	if o.Bound == 0 {
		o.Bound = 10 * time.Second
	}
	l := cache.New(inner, s, o)
	t.Cleanup(func() { _ = l.Close() })
	eventually(t, "the chain is followed", func() bool { return l.Health(context.Background()).Live })
	return l
}

// eventually waits until something holds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("in vain: %s", what)
		}
	}
}

// followed waits until every change up to a block is applied.
func followed(t testing.TB, l *cache.Ledger, height uint64) {
	t.Helper()
	eventually(t, "the follower comes to the block", func() bool {
		return l.Health(context.Background()).State.Block.Height >= height
	})
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

// clock is one that a test sets.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *clock) pass(d time.Duration) { c.ahead.Add(int64(d)) }

// connect answers another driver of a chain, with a key of its own.
func connect(t testing.TB, c *chain) *memory.Ledger {
	t.Helper()
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := c.Chain().Connect(key)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

package cache_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// gone is a store that cannot be asked for a while.
type gone struct {
	cache.Store
	away  atomic.Bool
	leads atomic.Int64 // that failed
}

var errGone = errors.New("gone")

func (g *gone) Lead(ctx context.Context, held cache.Lease, d time.Duration) (cache.Lease, error) {
	if g.away.Load() {
		g.leads.Add(1)
		return cache.Lease{}, errGone
	}
	return g.Store.Lead(ctx, held, d)
}

func (g *gone) Apply(ctx context.Context, by cache.Lease, from driver.Cursor, all []*driver.Entry, to cache.Progress) error {
	if g.away.Load() {
		return errGone
	}
	return g.Store.Apply(ctx, by, from, all, to)
}

// A follower whose store comes back takes its own lease up again (the token is kept, in giveBack and in lead): it does not
// wait the quarter of a minute until that has run out.
func TestAFollowerTakesUpItsLeaseWhenTheStoreIsBack(t *testing.T) {
	store := &gone{Store: cache.NewMemory(1 << 20).For("trade")}
	l := overStore(t, newChain(), store, cache.Options{Bound: time.Second})
	store.away.Store(true)
	eventually(t, "the lease could neither be given back nor renewed", func() bool { return store.leads.Load() > 2 })
	eventually(t, "nobody follows", func() bool { return !l.Health(t.Context()).Live })
	store.away.Store(false)
	began := time.Now()
	eventually(t, "it is followed again", func() bool { return l.Health(t.Context()).Live })
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("followed again after %v", took)
	}
}

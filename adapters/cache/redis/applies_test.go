package redis_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// manyKeys are more than what one step of a batch takes of pointers, and of entries by number.
const manyKeys = 240

// growing is a chain each of whose blocks changes two keys of three, to the version of the block's number, and a follower
// of it.
type growing struct {
	store  cache.Store
	body   []byte
	lease  cache.Lease
	begun  bool
	failed error         // of the last step
	head   atomic.Uint64 // the newest block of the chain
	at     uint64        // the block that was followed to
}

func growingKey(i int) string { return fmt.Sprintf("key %d", i) }

func changes(i int, n uint64) bool { return n > 0 && (uint64(i)+n)%3 > 0 }

// newest is the version of a key in a block; 0: there is none yet.
func newest(i int, n uint64) uint64 {
	if n > 0 && !changes(i, n) {
		n--
	}
	return n
}

func (g *growing) version(i int, n uint64) *driver.Entry {
	return &driver.Entry{Key: growingKey(i), Version: n, Body: g.body, Position: driver.Position{Height: n, Final: true}}
}

func (g *growing) block(n uint64) (entries []*driver.Entry) {
	for i := range manyKeys {
		if changes(i, n) {
			entries = append(entries, g.version(i, n))
		}
	}
	return entries
}

// block is the place of a chain after block n.
func block(n uint64) cache.Progress {
	return cache.Progress{Cursor: driver.Cursor(strconv.FormatUint(n, 10)), Block: driver.Block{Height: n, Hash: "h"}, At: time.Now()}
}

// step follows the chain by one block, as a follower does: where what it goes on from is lost it begins anew.
func (g *growing) step(ctx context.Context) error {
	if !g.begun {
		if err := g.begin(ctx); err != nil {
			return err
		}
	}
	if g.head.Load() == g.at {
		g.head.Add(1)
	}
	err := g.store.Apply(ctx, g.lease, block(g.at).Cursor, g.block(g.at+1), block(g.at+1))
	switch {
	case err == nil:
		g.at++
	case errors.Is(err, cache.ErrGap) || errors.Is(err, cache.ErrFenced):
		g.begun = false
	}
	return err
}

func (g *growing) begin(ctx context.Context) (err error) {
	lease, err := g.store.Lead(ctx, g.lease, time.Minute)
	if err != nil {
		return err
	}
	g.lease, g.at = lease, g.head.Load()
	err = g.store.Begin(ctx, g.lease, "chain", block(g.at))
	g.begun = err == nil
	return err
}

// check asks a store for the newest of a key, and holds that it is none from before the block of the state that it came
// with. It reports whether anything was known. What is not is asked of the chain, and noted.
func (g *growing) check(ctx context.Context, t *testing.T, s cache.Store, i int) bool {
	t.Helper()
	p, st, err := s.Newest(ctx, growingKey(i))
	if err != nil || st.Epoch == 0 {
		return false
	}
	version, head := uint64(0), g.head.Load()
	if p.Entry != nil {
		version = p.Entry.Version
	}
	if p.Known && (version < newest(i, st.Block.Height) || version > head) {
		t.Errorf("version %d of %s with block %d of %d, in which %d stands", version, growingKey(i), st.Block.Height, head, newest(i, st.Block.Height))
	}
	if !p.Known {
		_ = s.Fill(ctx, st, growingKey(i), g.answer(i, head))
	}
	return p.Known
}

// checkAll checks every key, and answers how many were known.
func (g *growing) checkAll(t *testing.T, s cache.Store) (known int) {
	t.Helper()
	for i := range manyKeys {
		if g.check(t.Context(), t, s, i) {
			known++
		}
	}
	return known
}

// answer is what the chain says of a key when a block is its newest.
func (g *growing) answer(i int, head uint64) *driver.Entry {
	if newest(i, head) == 0 {
		return nil
	}
	return g.version(i, newest(i, head))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

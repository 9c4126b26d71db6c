package redis_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// A batch of which each part takes several steps: by number, by bytes, and with an entry that has no room in Redis at all.
func TestABatchThatIsSplitIsWhole(t *testing.T) {
	url, name := redistest.Start(t).URL(), another()
	g := &growing{store: open(t, url).For(name), body: bytes.Repeat([]byte("x"), 8<<10)}
	if err := g.begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	g.head.Store(1)
	entries := []*driver.Entry{version("too large", 1)}
	entries[0].Body = bytes.Repeat([]byte("y"), 1<<20)
	for i := range 1000 {
		if changes(i, 1) {
			entries = append(entries, g.version(i, 1))
		}
	}
	if err := g.store.Apply(t.Context(), g.lease, block(0).Cursor, entries, block(1)); err != nil {
		t.Fatal(err)
	}
	other := open(t, url).For(name)
	for i := range 1000 {
		if !g.check(t.Context(), t, other, i) && changes(i, 1) {
			t.Fatalf("%s is not known", growingKey(i))
		}
	}
	for s, want := range map[cache.Store]bool{g.store: true, other: false} {
		if p, _, err := s.Newest(t.Context(), "too large"); err != nil || p.Known != want {
			t.Errorf("%v, %v: known must be %v", p.Known, err, want)
		}
	}
}

// The connection of whoever follows ends at every place within a batch. What others read meanwhile is right, and so is
// what stands there once somebody goes on.
func TestABatchThatIsCutOffAnywhere(t *testing.T) {
	const cuts = 8
	server := redistest.Start(t)
	way := cuttingTo(t, server.Addr)
	far, near := open(t, "redis://"+way.Addr().String()+"/0"), open(t, server.URL())
	for who, goesOn := range map[string]func(*testing.T, *growing, cache.Store){
		"whoever began it": again, "another, from there": resumed, "another, anew": anew,
	} {
		t.Run(who, func(t *testing.T) {
			whole := 0
			for i := range cuts {
				whole += cutOff(t, way, far, near, (i+1)*batchBytes/cuts, goesOn)
			}
			if whole == 0 || whole > cuts/2 {
				t.Errorf("%d of %d batches came through whole, want a few: each was cut elsewhere", whole, cuts)
			}
		})
	}
}

// batchBytes is somewhat more than a batch takes on its way to Redis.
const batchBytes = manyKeys * 2 / 3 * 3000

// cutOff ends the connection after so many bytes of the third batch. It answers how many batches came through whole.
func cutOff(t *testing.T, way *cutting, far, near *redis.Redis, after int, goesOn func(*testing.T, *growing, cache.Store)) (whole int) {
	t.Helper()
	name := another()
	g, reader := &growing{store: far.For(name), body: bytes.Repeat([]byte("x"), 2<<10)}, near.For(name)
	for range 2 {
		must(t, g.step(t.Context()))
	}
	way.after(after)
	if err := g.step(t.Context()); err == nil {
		whole = 1
	}
	way.mend()
	for i := 0; i < manyKeys; i += 7 {
		g.check(t.Context(), t, reader, i)
	}
	goesOn(t, g, near.For(name))
	for i := range manyKeys {
		known := g.check(t.Context(), t, reader, i)
		if known = known || g.check(t.Context(), t, reader, i); !known { // the chain is asked once
			t.Fatalf("%s is not known after a batch was cut at %d", growingKey(i), after)
		}
	}
	return whole
}

// again has whoever followed go on, who does not know how much of his last batch was done.
func again(t *testing.T, g *growing, _ cache.Store) {
	t.Helper()
	err := g.step(t.Context())
	if errors.Is(err, cache.ErrGap) { // all was done but to tell him
		err = g.step(t.Context())
	}
	must(t, err)
}

// resumed has another go on in the same era from where the place is, over what the first left half done, by a batch that
// is longer.
func resumed(t *testing.T, g *growing, next cache.Store) {
	t.Helper()
	before := g.lease
	_, err := g.store.Lead(t.Context(), before, 0)
	must(t, err)
	lease, err := next.Lead(t.Context(), cache.Lease{}, time.Minute)
	if err != nil || !lease.GivenBack {
		t.Fatalf("%+v, %v", lease, err)
	}
	st := state(t, next)
	g.store, g.lease, g.at = next, lease, st.Block.Height
	var entries []*driver.Entry
	for n := g.at + 1; n <= 4; n++ {
		entries = append(entries, g.block(n)...)
	}
	g.head.Store(4)
	must(t, next.Apply(t.Context(), lease, block(g.at).Cursor, entries, block(4)))
	if after := state(t, next); after.Epoch != st.Epoch {
		t.Errorf("epoch %d after %d: he did not go on", after.Epoch, st.Epoch)
	}
}

// anew has another begin a new era, while the first still takes himself for the one who follows.
func anew(t *testing.T, g *growing, next cache.Store) {
	t.Helper()
	first, lease, at := g.store, g.lease, g.at
	_, err := first.Lead(t.Context(), lease, 0)
	must(t, err)
	g.store, g.lease, g.begun = next, cache.Lease{}, false
	must(t, g.step(t.Context()))
	if err := first.Apply(t.Context(), lease, block(at).Cursor, g.block(at+1), block(at+1)); !errors.Is(err, cache.ErrFenced) {
		t.Errorf("a batch of one whose lease is another's: %v", err)
	}
}

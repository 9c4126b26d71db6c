package webledger_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// written is when each version of a key was known to stand on a ledger, oldest first.
type written struct {
	mu   sync.Mutex
	when []time.Time
}

func (w *written) add() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.when = append(w.when, time.Now())
}

// by answers the newest version that was known to stand at a time.
func (w *written) by(at time.Time) (version uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, when := range w.when {
		if when.After(at) {
			break
		}
		version++
	}
	return version
}

// A real node is written to by somebody else while a cached ledger is read: what is read is never older than the bound and
// never goes back; and most of it is not asked for.
func TestCachedReadsOfALedgerThatIsWrittenTo(t *testing.T) {
	const bound, writes, atOnce = time.Second, 20, 4
	n := newRealNode(t)
	author := openedOn(t, n, driver.Env{Store: newTable(), Signer: newKey(0)})
	cached := cache.New(openedOn(t, n, driver.Env{Store: newTable()}), cache.NewMemory(1<<20).For("trade"), cache.Options{Bound: bound})
	defer cached.Close()
	key, known := uuid.New().URN(), &written{}

	ctx, end := context.WithCancel(t.Context())
	defer end()
	var readers sync.WaitGroup
	for range atOnce {
		readers.Go(func() { readOn(ctx, t, cached, key, known, bound) })
	}
	for v := range uint64(writes) {
		body := fmt.Appendf(nil, `{"id":%q,"nonce":"%d"}`, key, v)
		r, err := author.Append(t.Context(), &driver.Write{Key: key, Expect: v, Body: body})
		if err != nil || r.State != driver.Finally {
			t.Fatalf("version %d: %+v, %v", v+1, r, err)
		}
		known.add()
	}
	end()
	readers.Wait()
	if h := cached.Health(t.Context()); h.Hits < h.Misses {
		t.Errorf("%d hits and %d misses: the ledger was asked more often than not", h.Hits, h.Misses)
	} else {
		t.Logf("%d hits, %d misses while %d versions were written", h.Hits, h.Misses, writes)
	}
}

func openedOn(t *testing.T, n *realNode, env driver.Env) driver.Ledger {
	t.Helper()
	l, err := driver.Open(t.Context(), n.url, env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// readOn reads a key until ctx ends, and holds each answer to what stood when it was asked for.
func readOn(ctx context.Context, t *testing.T, l driver.Ledger, key string, known *written, bound time.Duration) {
	last := uint64(0)
	for ctx.Err() == nil {
		least := known.by(time.Now().Add(-bound))
		e, err := l.Get(ctx, driver.Ref{Key: key})
		version := uint64(0)
		switch {
		case errors.Is(ctx.Err(), context.Canceled):
			return
		case err == nil:
			version = e.Version
		case driver.CodeOf(err) != driver.NotFound:
			t.Errorf("read: %v", err)
			return
		}
		if version < least || version < last {
			t.Errorf("version %d was read after version %d, and version %d stood there before the bound", version, last, least)
			return
		}
		last = version
	}
}

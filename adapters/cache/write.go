package cache

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Append asks inner, and forgets what was the newest of the key, so that who wrote reads what he wrote. An error may
// leave something written as well.
func (l *Ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	r, err := l.Ledger.Append(ctx, w)
	if w != nil && w.Key != "" {
		l.wrote(ctx, w.Key, r)
	}
	return r, err
}

// Receipt asks inner. What it says is in a block is forgotten as by Append.
func (l *Ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	r, err := l.Ledger.Receipt(ctx, tx)
	if err == nil && r != nil && r.Key != "" && (r.State == driver.Included || r.State == driver.Finally) {
		l.wrote(ctx, r.Key, r)
	}
	return r, err
}

func (l *Ledger) wrote(ctx context.Context, key string, r *driver.Receipt) {
	if r != nil && r.State == driver.Finally {
		l.writes.note(key, r.Pos.Height)
	}
	l.Forget(ctx, key)
}

// mostWrites is how many writes are remembered that the follower has not come to yet.
const mostWrites = 4096

// writes remembers the blocks of what was written through this gateway, until the follower has seen them: until then a
// pointer may be of before the write, and a node that lags behind must not be the one that answers.
type writes struct {
	some atomic.Bool // saves readers the lock
	mu   sync.Mutex
	at   map[string]uint64
}

func (w *writes) note(key string, height uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.at == nil || len(w.at) >= mostWrites {
		w.at = map[string]uint64{}
	}
	w.at[key] = max(w.at[key], height)
	w.some.Store(true)
}

// height answers the block that holds what was written to a key last, 0 where none is remembered.
func (w *writes) height(key string) uint64 {
	if !w.some.Load() {
		return 0
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at[key]
}

// above reports whether a key was written above a block that the follower has come to. One that was not is remembered no
// longer.
func (w *writes) above(key string, followed uint64) bool {
	if !w.some.Load() {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	height, ok := w.at[key]
	if ok && height <= followed {
		delete(w.at, key)
		w.some.Store(len(w.at) > 0)
	}
	return height > followed
}

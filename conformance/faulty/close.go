package faulty

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var closeFaults = []Fault{{
	Name: "second-close-fails", Breaks: "Complains when it is closed twice.",
	Caught: "read/close-twice",
	bend: func(b *bent) {
		var closed atomic.Bool
		b.close = func() error {
			if closed.Swap(true) {
				return driver.Errorf(driver.Invalid, "the ledger is closed already")
			}
			return b.Ledger.Close()
		}
	},
}, {
	Name: "closed-is-an-outage", Breaks: "Calls itself unavailable once it is closed, so that callers try again.",
	Caught: "read/closed-is-canceled",
	bend: func(b *bent) {
		b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
			e, err := b.Ledger.Get(ctx, ref)
			if driver.CodeOf(err) == driver.Canceled && ctx.Err() == nil {
				return nil, driver.Errorf(driver.Unavailable, "not connected")
			}
			return e, err
		}
	},
}, {
	Name: "close-forgets-who-waits", Breaks: "Leaves whoever waits for changes waiting when it is closed.",
	Caught: "read/close-ends-calls-under-way",
	bend: func(b *bent) {
		b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
			batch, err := b.Ledger.Changes(ctx, after, limit, wait)
			if driver.CodeOf(err) == driver.Canceled {
				<-ctx.Done()
			}
			return batch, err
		}
	},
}, {
	Name: "close-waits-for-callers", Breaks: "Waits, when it is closed, for whoever waits for changes.",
	Caught: "read/close-ends-calls-under-way",
	bend:   closeWaitsForCallers,
}, {
	Name: "goroutine-left-behind", Breaks: "Leaves running what it began when it was opened.",
	Caught: "read/close-leaves-nothing",
	bend: func(*bent) {
		go leftBehind()
	},
}, {
	Name: "forgets-at-restart", Breaks: "Reads only what it wrote since it was opened.",
	Caught: "write/reopened-has-everything",
	bend:   forgetsAtRestart,
}, {
	Name: "forgets-repeats-at-restart", Breaks: "Keeps idempotency keys in memory.",
	Caught: "write/reopened-knows-repeats",
	bend: func(b *bent) {
		session := opened()
		b.writing(func(w *driver.Write) {
			if w.IdempotencyKey != "" {
				w.IdempotencyKey = session + w.IdempotencyKey
			}
		})
	},
}}

var opened = counter("session")

// leftBehind stays for long enough to be noticed.
func leftBehind() {
	<-time.After(5 * time.Second)
}

func closeWaitsForCallers(b *bent) {
	var callers sync.RWMutex
	b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
		callers.RLock()
		defer callers.RUnlock()
		return b.Ledger.Changes(ctx, after, limit, wait)
	}
	b.close = func() error {
		callers.Lock()
		defer callers.Unlock()
		return b.Ledger.Close()
	}
}

func forgetsAtRestart(b *bent) {
	var mu sync.Mutex
	known := map[string]bool{}
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		mu.Lock()
		defer mu.Unlock()
		known[w.Key] = true
		return b.Ledger.Append(ctx, w)
	}
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		mu.Lock()
		defer mu.Unlock()
		if !known[ref.Key] && ref.Key != "" {
			return nil, driver.Errorf(driver.NotFound, "no such key")
		}
		return b.Ledger.Get(ctx, ref)
	}
}

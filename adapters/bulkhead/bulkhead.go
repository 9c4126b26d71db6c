// Package bulkhead bounds how many calls a chain has at once, so that a sick one holds no more of the gateway than its
// own compartment.
package bulkhead

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/refusal"
)

// ErrFull is the cause of a driver.Error (ResourceExhausted) that was answered without asking the chain. Look for it with
// errors.Is.
var ErrFull error = refusal.Cause{By: "bulkhead", Text: "no place among the calls to this ledger"}

// Ledger is a chain with a bounded number of calls at once.
type Ledger struct {
	driver.Ledger
	under   atomic.Int64
	calls   *semaphore.Weighted
	streams *semaphore.Weighted // of Changes that wait, which would otherwise take the places of reads for minutes
	wait    time.Duration
}

// New lets places calls into inner at once, and as many long polls of Changes beside them. Who finds no place waits
// for one, first come first served, and is ResourceExhausted after wait. That says nothing about the chain.
func New(inner driver.Ledger, places int, wait time.Duration) *Ledger {
	n := int64(places)
	return &Ledger{Ledger: inner, calls: semaphore.NewWeighted(n), streams: semaphore.NewWeighted(n), wait: wait}
}

// UnderWay answers how many calls have a place now.
func (l *Ledger) UnderWay() int { return int(l.under.Load()) }

// enter takes a place, which the caller gives back by leave, or answers why there is none.
func (l *Ledger) enter(ctx context.Context, s *semaphore.Weighted) error {
	err := l.acquire(ctx, s)
	if err == nil {
		l.under.Add(1)
	}
	return err
}

func (l *Ledger) leave(s *semaphore.Weighted) {
	l.under.Add(-1)
	s.Release(1)
}

func (l *Ledger) acquire(ctx context.Context, s *semaphore.Weighted) error {
	if s.TryAcquire(1) {
		return nil
	}
	queue, cancel := context.WithTimeout(ctx, l.wait)
	defer cancel()
	if s.Acquire(queue, 1) == nil {
		return nil
	}
	if err := driver.FromContext(ctx); err != nil {
		return err
	}
	full := driver.Errorf(driver.ResourceExhausted, "%w within %s", ErrFull, l.wait)
	full.RetryAfter = l.wait
	return full
}

// Head asks inner.
func (l *Ledger) Head(ctx context.Context) (driver.Head, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return driver.Head{}, err
	}
	defer l.leave(l.calls)
	return l.Ledger.Head(ctx)
}

// Get asks inner.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, err
	}
	defer l.leave(l.calls)
	return l.Ledger.Get(ctx, ref)
}

// Versions asks inner.
func (l *Ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, err
	}
	defer l.leave(l.calls)
	return l.Ledger.Versions(ctx, key, after, limit)
}

// Find asks inner.
func (l *Ledger) Find(ctx context.Context, lookup driver.Lookup, page string, limit int) ([]string, string, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, "", err
	}
	defer l.leave(l.calls)
	return l.Ledger.Find(ctx, lookup, page, limit)
}

// Changes asks inner.
func (l *Ledger) Changes(
	ctx context.Context, after driver.Cursor, limit int, wait time.Duration,
) (*driver.Batch, error) {
	places := l.calls
	if wait > 0 {
		places = l.streams
	}
	if err := l.enter(ctx, places); err != nil {
		return nil, err
	}
	defer l.leave(places)
	return l.Ledger.Changes(ctx, after, limit, wait)
}

// Append asks inner.
func (l *Ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, err
	}
	defer l.leave(l.calls)
	return l.Ledger.Append(ctx, w)
}

// Receipt asks inner.
func (l *Ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, err
	}
	defer l.leave(l.calls)
	return l.Ledger.Receipt(ctx, tx)
}

// Prove asks inner.
func (l *Ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, err
	}
	defer l.leave(l.calls)
	return l.Ledger.Prove(ctx, e)
}

// Package bulkhead bounds how many calls a chain has at once, so that a sick one holds no more of the gateway than its
// own compartment.
package bulkhead

import (
	"context"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

type ledger struct {
	driver.Ledger
	calls   *semaphore.Weighted
	streams *semaphore.Weighted // of Changes that wait, which would otherwise take the places of reads for minutes
	wait    time.Duration
}

// New lets places calls into inner at once, and as many long polls of Changes beside them. Who finds no place waits
// for one, first come first served, and is ResourceExhausted after wait. That says nothing about the chain.
func New(inner driver.Ledger, places int, wait time.Duration) driver.Ledger {
	n := int64(places)
	return &ledger{inner, semaphore.NewWeighted(n), semaphore.NewWeighted(n), wait}
}

// enter takes a place, which the caller gives back by Release, or answers why there is none.
func (l *ledger) enter(ctx context.Context, s *semaphore.Weighted) error {
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
	full := driver.Errorf(driver.ResourceExhausted, "no place among the calls to this ledger within %s", l.wait)
	full.RetryAfter = l.wait
	return full
}

func (l *ledger) Head(ctx context.Context) (driver.Head, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return driver.Head{}, err
	}
	defer l.calls.Release(1)
	return l.Ledger.Head(ctx)
}

func (l *ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, err
	}
	defer l.calls.Release(1)
	return l.Ledger.Get(ctx, ref)
}

func (l *ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, err
	}
	defer l.calls.Release(1)
	return l.Ledger.Versions(ctx, key, after, limit)
}

func (l *ledger) Find(ctx context.Context, lookup driver.Lookup, page string, limit int) ([]string, string, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, "", err
	}
	defer l.calls.Release(1)
	return l.Ledger.Find(ctx, lookup, page, limit)
}

func (l *ledger) Changes(
	ctx context.Context, after driver.Cursor, limit int, wait time.Duration,
) (*driver.Batch, error) {
	places := l.calls
	if wait > 0 {
		places = l.streams
	}
	if err := l.enter(ctx, places); err != nil {
		return nil, err
	}
	defer places.Release(1)
	return l.Ledger.Changes(ctx, after, limit, wait)
}

func (l *ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, err
	}
	defer l.calls.Release(1)
	return l.Ledger.Append(ctx, w)
}

func (l *ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, err
	}
	defer l.calls.Release(1)
	return l.Ledger.Receipt(ctx, tx)
}

func (l *ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	if err := l.enter(ctx, l.calls); err != nil {
		return nil, err
	}
	defer l.calls.Release(1)
	return l.Ledger.Prove(ctx, e)
}

// Package deadline bounds how long one attempt at a chain may take.
//
// An attempt that runs out answers DeadlineExceeded, whatever the driver made of its ended context: to those above it
// is a failure of the chain. A caller who went away is not, and keeps the error that the driver gave.
package deadline

import (
	"context"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

type ledger struct {
	driver.Ledger
	limit time.Duration
}

// New bounds every read of inner by limit; Changes may take as much longer as it was asked to wait. An Append is left
// alone: it has no second attempt to keep time for, and cutting it short would only turn a receipt into a pending one.
func New(inner driver.Ledger, limit time.Duration) driver.Ledger {
	return &ledger{inner, limit}
}

// attempt begins an attempt. The function that it answers ends it, and says what its error means.
func (l *ledger) attempt(ctx context.Context, limit time.Duration) (context.Context, func(error) error) {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errRanOut)
	return ctx, func(err error) error {
		if err != nil && driver.IsOutage(err) && errors.Is(context.Cause(ctx), errRanOut) {
			err = driver.Errorf(driver.DeadlineExceeded, "no answer within %s", limit)
		}
		cancel()
		return err
	}
}

// errRanOut tells an attempt's own deadline from that of a caller.
var errRanOut = errors.New("the attempt ran out of time")

func (l *ledger) Head(ctx context.Context) (driver.Head, error) {
	ctx, end := l.attempt(ctx, l.limit)
	head, err := l.Ledger.Head(ctx)
	return head, end(err)
}

func (l *ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	ctx, end := l.attempt(ctx, l.limit)
	entry, err := l.Ledger.Get(ctx, ref)
	return entry, end(err)
}

func (l *ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	ctx, end := l.attempt(ctx, l.limit)
	entries, err := l.Ledger.Versions(ctx, key, after, limit)
	return entries, end(err)
}

func (l *ledger) Find(ctx context.Context, lookup driver.Lookup, page string, limit int) ([]string, string, error) {
	ctx, end := l.attempt(ctx, l.limit)
	keys, next, err := l.Ledger.Find(ctx, lookup, page, limit)
	return keys, next, end(err)
}

func (l *ledger) Changes(
	ctx context.Context, after driver.Cursor, limit int, wait time.Duration,
) (*driver.Batch, error) {
	ctx, end := l.attempt(ctx, l.limit+max(0, wait))
	batch, err := l.Ledger.Changes(ctx, after, limit, wait)
	return batch, end(err)
}

func (l *ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	ctx, end := l.attempt(ctx, l.limit)
	receipt, err := l.Ledger.Receipt(ctx, tx)
	return receipt, end(err)
}

func (l *ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	ctx, end := l.attempt(ctx, l.limit)
	proof, err := l.Ledger.Prove(ctx, e)
	return proof, end(err)
}

package cache

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// askable refuses what would ask the chain where it is not to be asked.
func askable(ctx context.Context) error {
	if TermsOf(ctx).OnlyIfCached {
		return &driver.Error{Code: driver.Unavailable, Err: ErrNotCached}
	}
	return nil
}

func (l *Ledger) uncached(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if err := askable(ctx); err != nil {
		return nil, err
	}
	return l.Ledger.Get(ctx, ref)
}

// Head asks inner, as do the others here.
func (l *Ledger) Head(ctx context.Context) (driver.Head, error) {
	if err := askable(ctx); err != nil {
		return driver.Head{}, err
	}
	return l.Ledger.Head(ctx)
}

// Versions asks inner.
func (l *Ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if err := askable(ctx); err != nil {
		return nil, err
	}
	return l.Ledger.Versions(ctx, key, after, limit)
}

// Find asks inner.
func (l *Ledger) Find(ctx context.Context, lookup driver.Lookup, page string, limit int) ([]string, string, error) {
	if err := askable(ctx); err != nil {
		return nil, "", err
	}
	return l.Ledger.Find(ctx, lookup, page, limit)
}

// Changes asks inner. Who waits where the follower waits shares its question, and is told when its answer was applied.
func (l *Ledger) Changes(
	ctx context.Context, after driver.Cursor, limit int, wait time.Duration,
) (*driver.Batch, error) {
	if err := askable(ctx); err != nil {
		return nil, err
	}
	began := time.Now()
	if b := l.follower.news.after(ctx, after, wait); b != nil && (limit <= 0 || len(b.Entries) <= limit) {
		return b, nil
	}
	return l.Ledger.Changes(ctx, after, limit, max(0, wait-time.Since(began)))
}

// Prove asks inner.
func (l *Ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	if err := askable(ctx); err != nil {
		return nil, err
	}
	return l.Ledger.Prove(ctx, e)
}

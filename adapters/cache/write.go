package cache

import (
	"context"

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
		l.written.note(key, r.Pos.Height)
	}
	l.Forget(ctx, key)
}

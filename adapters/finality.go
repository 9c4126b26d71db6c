package adapters

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// WithFinality has the reads of ctx answered as settled as f, whatever the ledgers are configured for. What may still go
// away is answered from no cache.
func WithFinality(ctx context.Context, f driver.Finality) context.Context {
	return context.WithValue(ctx, finalityKey{}, f)
}

type finalityKey struct{}

// finality is how settled an answer must be.
func (l *Ledger) finality(ctx context.Context) driver.Finality {
	if f, ok := ctx.Value(finalityKey{}).(driver.Finality); ok {
		return f
	}
	return l.config.Finality
}

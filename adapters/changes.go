package adapters

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Batch is a run of changes.
type Batch struct {
	Readings []*Reading
	Next     driver.Cursor // continue here; also when there are no Readings
	Head     driver.Block  // the final block that Next has seen everything up to, when Next has caught up
}

// Changes answers final versions in the order of the chain, from just after the cursor (empty: from genesis). With
// nothing new it waits up to wait, beside its budget, and answers an empty batch. What cannot be read is among the
// Readings, with its schema invalid. Inclusion is not asked for.
func (l *Ledger) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*Batch, error) {
	return call(ctx, l, "Changes", wait, func(ctx context.Context) (*Batch, error) {
		batch, err := l.chain.Changes(ctx, after, limit, wait)
		if err != nil {
			return nil, err
		}
		if batch == nil {
			return nil, driver.Errorf(driver.Corrupt, "the driver answered neither a batch nor an error")
		}
		readings, err := l.readAll(ctx, batch.Entries, "")
		if err != nil {
			return nil, err
		}
		return &Batch{readings, batch.Next, batch.Head}, nil
	})
}

package faulty

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var outageFaults = []Fault{{
	Name: "outage-as-absence", Breaks: "Finds nothing where it could not look.",
	Caught: "read/outage-is-no-answer",
	bend: func(b *bent) {
		b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
			e, err := b.Ledger.Get(ctx, ref)
			if driver.CodeOf(err) == driver.Unavailable {
				return nil, driver.Errorf(driver.NotFound, "no such key: %w", err)
			}
			return e, err
		}
	},
}, {
	Name: "outage-as-nothing-new", Breaks: "Tells that nothing has changed where it could not look.",
	Caught: "read/outage-is-no-answer",
	bend:   outageAsNothingNew,
}, {
	Name: "outage-stays", Breaks: "Never tries again once the chain was down.",
	Caught: "read/recovers-by-itself",
	bend: func(b *bent) {
		var down atomic.Bool
		b.head = func(ctx context.Context) (driver.Head, error) {
			h, err := b.Ledger.Head(ctx)
			if driver.CodeOf(err) == driver.Unavailable || down.Load() {
				down.Store(true)
				return driver.Head{}, driver.Errorf(driver.Unavailable, "the connection is lost")
			}
			return h, err
		}
	},
}, {
	Name: "opens-only-with-the-chain", Breaks: "Fails to open while the chain cannot be reached.",
	Caught: "read/opens-without-the-chain",
	open: func(l driver.Ledger) error {
		_, err := l.Head(context.Background())
		return err
	},
}}

func outageAsNothingNew(b *bent) {
	b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
		batch, err := b.Ledger.Changes(ctx, after, limit, wait)
		if driver.CodeOf(err) == driver.Unavailable {
			return &driver.Batch{Next: after}, nil
		}
		return batch, err
	}
}

package faulty

import (
	"context"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var cursorFaults = []Fault{{
	Name: "begins-at-the-head", Breaks: "Takes the empty cursor for now.",
	Caught: "stream/empty-cursor-is-genesis",
	bend: func(b *bent) {
		b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
			if after == "" {
				after = b.headCursor(ctx)
			}
			return b.Ledger.Changes(ctx, after, limit, wait)
		}
	},
}, {
	Name: "entry-cursor-is-the-head", Breaks: "Gives an entry the cursor of the head at which it was read.",
	Caught: "stream/entry-cursor-goes-on",
	bend: func(b *bent) {
		b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
			e, err := b.Ledger.Get(ctx, ref)
			if err == nil {
				e.Cursor = b.headCursor(ctx)
			}
			return e, err
		}
	},
}, {
	Name: "entry-cursor-is-the-batch", Breaks: "Gives each change the cursor of its whole batch.",
	Caught: "stream/entry-cursor-goes-on",
	bend: func(b *bent) {
		b.batched(func(batch *driver.Batch) {
			for _, e := range batch.Entries {
				e.Cursor = batch.Next
			}
		})
	},
}, {
	Name: "head-cursor-is-genesis", Breaks: "Gives the head a cursor from which everything comes again.",
	Caught: "stream/head-cursor-goes-on",
	bend: func(b *bent) {
		b.head = func(ctx context.Context) (driver.Head, error) {
			h, err := b.Ledger.Head(ctx)
			first, failed := b.Ledger.Changes(ctx, "", 1, 0)
			if err == nil && failed == nil && len(first.Entries) > 0 {
				h.Cursor = first.Next
			}
			return h, err
		}
	},
}, {
	Name: "batch-head-in-local-time", Breaks: "Tells the time of the final block in the zone of the host, where changes have caught up.",
	Caught: "stream/empty-batch-goes-on",
	bend:   func(b *bent) { b.batched(func(batch *driver.Batch) { batch.Head.Time = batch.Head.Time.In(newYork) }) },
}, {
	Name: "empty-batch-loses-the-place", Breaks: "Gives an empty batch the empty cursor, which is genesis.",
	Caught: "stream/empty-batch-goes-on",
	bend: func(b *bent) {
		b.batched(func(batch *driver.Batch) {
			if len(batch.Entries) == 0 {
				batch.Next = ""
			}
		})
	},
}, {
	Name: "begins-again", Breaks: "Begins at genesis, in silence, after a cursor that it cannot read.",
	Caught: "stream/no-cursor-is-invalid",
	bend: func(b *bent) {
		b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
			batch, err := b.Ledger.Changes(ctx, after, limit, wait)
			if driver.CodeOf(err) == driver.CursorInvalid {
				return b.Ledger.Changes(ctx, "", limit, wait)
			}
			return batch, err
		}
	},
}, {
	Name: "cursor-of-any-chain", Breaks: "Goes by the number in a cursor, whichever chain it is of.",
	Caught: "stream/cursor-of-another-chain",
	bend: func(b *bent) {
		b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
			if _, number, ok := strings.Cut(string(after), "."); ok {
				chain, _, _ := strings.Cut(string(b.headCursor(ctx)), ".")
				after = driver.Cursor(chain + "." + number)
			}
			return b.Ledger.Changes(ctx, after, limit, wait)
		}
	},
}}

func (b *bent) headCursor(ctx context.Context) driver.Cursor {
	h, err := b.Ledger.Head(ctx)
	if err != nil {
		return ""
	}
	return h.Cursor
}

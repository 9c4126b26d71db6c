package faulty

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var changesFaults = []Fault{{
	Name: "change-repeated", Breaks: "Tells the last change of a batch twice.",
	Caught: "stream/each-once-in-order",
	bend: func(b *bent) {
		b.batched(func(batch *driver.Batch) {
			if n := len(batch.Entries); n > 0 {
				batch.Entries = append(batch.Entries, batch.Entries[n-1])
			}
		})
	},
}, {
	Name: "change-skipped", Breaks: "Tells a key's newest version and leaves out those that it replaced.",
	Caught: "stream/each-once-in-order",
	bend:   changeSkipped,
}, {
	Name: "changes-out-of-order", Breaks: "Tells a batch from its end.",
	Caught: "stream/each-once-in-order",
	bend:   func(b *bent) { b.batched(func(batch *driver.Batch) { slices.Reverse(batch.Entries) }) },
}, {
	Name: "batch-edge-lost", Breaks: "Goes on one change too far after a batch that was full.",
	Caught: "stream/in-batches",
	bend:   batchEdgeLost,
}, {
	Name: "batch-without-limit", Breaks: "Answers whatever there is, however little was asked for.",
	Caught: "stream/in-batches",
	bend: func(b *bent) {
		b.changes = func(ctx context.Context, after driver.Cursor, _ int, wait time.Duration) (*driver.Batch, error) {
			return b.Ledger.Changes(ctx, after, 0, wait)
		}
	},
}, {
	Name: "changes-without-author", Breaks: "Tells the author of an entry, but not of a change.",
	Caught: "stream/agrees-with-get",
	bend: func(b *bent) {
		b.batched(func(batch *driver.Batch) {
			for _, e := range batch.Entries {
				e.Author = driver.Author{}
			}
		})
	},
}, {
	Name: "changes-in-local-time", Breaks: "Tells when a change was made in the zone of the host.",
	Caught: "stream/agrees-with-get",
	bend: func(b *bent) {
		b.batched(func(batch *driver.Batch) {
			for _, e := range batch.Entries {
				e.Time = e.Time.In(newYork)
			}
		})
	},
}, {
	Name: "one-place-for-all", Breaks: "Keeps one place in the stream, and goes on from it for whoever asks.",
	Caught: "stream/followers-are-independent",
	bend:   onePlaceForAll,
}, {
	Name: "tells-what-is-not-final", Breaks: "Tells a change as soon as it is in a block.",
	Caught: "stream/only-final",
	bend:   tellsWhatIsNotFinal,
}}

func changeSkipped(b *bent) {
	b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
		batch, err := b.Ledger.Changes(ctx, after, limit, wait)
		if err == nil {
			batch.Entries = slices.DeleteFunc(batch.Entries, func(e *driver.Entry) bool {
				return e.Version < b.stands(ctx, e.Key)
			})
		}
		return batch, err
	}
}

func batchEdgeLost(b *bent) {
	b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
		batch, err := b.Ledger.Changes(ctx, after, limit, wait)
		if err != nil || limit < 1 || len(batch.Entries) < limit {
			return batch, err
		}
		skipped, err := b.Ledger.Changes(ctx, batch.Next, 1, 0)
		if err == nil {
			batch.Next, batch.Head = skipped.Next, skipped.Head
		}
		return batch, err
	}
}

func onePlaceForAll(b *bent) {
	var mu sync.Mutex
	var place driver.Cursor
	b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
		mu.Lock()
		defer mu.Unlock()
		if place != "" {
			after = place
		}
		batch, err := b.Ledger.Changes(ctx, after, limit, wait)
		if err == nil {
			place = batch.Next
		}
		return batch, err
	}
}

func tellsWhatIsNotFinal(b *bent) {
	var mu sync.Mutex
	fresh := map[string]bool{}
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		mu.Lock()
		defer mu.Unlock()
		fresh[w.Key] = true
		return b.Ledger.Append(ctx, w)
	}
	b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
		batch, err := b.Ledger.Changes(ctx, after, limit, wait)
		mu.Lock()
		defer mu.Unlock()
		for key := range fresh {
			e, failed := b.Ledger.Get(ctx, driver.Ref{Key: key, Finality: driver.Latest})
			if err == nil && failed == nil && !e.Final {
				batch.Entries = append(batch.Entries, e)
			}
		}
		return batch, err
	}
}

package faulty

import (
	"context"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var waitFaults = []Fault{{
	Name: "wait-not-begun", Breaks: "Answers at once that there is nothing, so that whoever follows asks without pause.",
	Caught: "stream/wait-is-bounded",
	bend: func(b *bent) {
		b.changes = func(ctx context.Context, after driver.Cursor, limit int, _ time.Duration) (*driver.Batch, error) {
			return b.Ledger.Changes(ctx, after, limit, 0)
		}
	},
}, {
	Name: "wait-without-end", Breaks: "Waits until there is something, however long that takes.",
	Caught: "stream/wait-is-bounded",
	bend: func(b *bent) {
		b.changes = func(ctx context.Context, after driver.Cursor, limit int, _ time.Duration) (*driver.Batch, error) {
			return b.Ledger.Changes(ctx, after, limit, time.Hour)
		}
	},
}, {
	Name: "sleeps-through-news", Breaks: "Sleeps for the whole wait, and then looks.",
	Caught: "stream/wait-ends-with-news",
	bend:   sleepsThroughNews,
}, {
	Name: "waits-for-whoever-left", Breaks: "Goes on waiting when its caller has gone away.",
	Caught: "stream/wait-ends-with-the-context",
	bend: func(b *bent) {
		b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
			return b.Ledger.Changes(context.WithoutCancel(ctx), after, limit, wait)
		}
	},
}}

func sleepsThroughNews(b *bent) {
	closed := make(chan struct{})
	b.close = sync.OnceValue(func() error {
		close(closed)
		return b.Ledger.Close()
	})
	b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
		sleep := time.NewTimer(wait)
		defer sleep.Stop()
		select {
		case <-sleep.C:
		case <-ctx.Done():
		case <-closed:
		}
		return b.Ledger.Changes(ctx, after, limit, 0)
	}
}

package gateway

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// DefaultBudget leaves room for three rounds of asking ledgers whose own budgets are adapters.DefaultLimits. A request has no
// other time than its budget: what has to end before is a part of it.
const DefaultBudget = 15 * time.Second

// whole gives one request its time, however many ledgers and rounds it takes: what has not come by then is not waited for,
// and what has is answered. Whatever a ledger says after the request began is new enough for all of it. The caller ends it.
func (g *Gateway) whole(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(driver.WithSince(ctx, time.Now()), g.Budget)
}

// lastRound is when a request that asks one question after another begins no more of them: what is left of its time is for those
// that are under way. A ledger that is slow and well would else be cut off in the last one, and named as if it could not be asked.
func (g *Gateway) lastRound() time.Duration { return g.Budget * 2 / 3 }

// until runs work, and answers when ctx ends, even if work goes on: a driver may not heed that its context ended. All
// that it holds then is its place among the calls to its own ledger, which bound how many of it there can be. Work must
// change nothing that its caller has: it may come to an end after the caller did.
func until[T any](ctx context.Context, work func(context.Context) (T, error)) (T, error) {
	done := make(chan asked[T], 1)
	go func() { done <- attempt(ctx, work) }()
	select {
	case a := <-done:
		return a.value, a.err
	case <-ctx.Done():
		var none T
		return none, driver.FromContext(ctx)
	}
}

// attempt runs work, and makes an error of its panic.
func attempt[T any](ctx context.Context, work func(context.Context) (T, error)) (a asked[T]) {
	a.err = contained(func() (err error) {
		a.value, err = work(ctx)
		return err
	})
	return a
}

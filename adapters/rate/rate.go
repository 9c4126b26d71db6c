// Package rate keeps to how many calls a second a chain's operator allows.
package rate

import (
	"context"
	"time"

	"golang.org/x/time/rate"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/refusal"
)

// ErrLimited is the cause of a driver.Error (ResourceExhausted) that was answered without asking the chain. Look for it
// with errors.Is.
var ErrLimited error = refusal.Cause{By: "rate", Text: "more calls than this ledger may be asked"}

type ledger struct {
	driver.Ledger
	limiter *rate.Limiter
}

// New lets perSecond calls a second into inner, and burst of them at once after a pause. Who comes too early waits for a
// turn as long as half of the time that is left can hold it: the other half is for the answer. Else the call is
// ResourceExhausted at once, and says when it would be its turn. A perSecond of zero is no limit, and inner itself.
func New(inner driver.Ledger, perSecond, burst int) driver.Ledger {
	if perSecond == 0 {
		return inner
	}
	return &ledger{inner, rate.NewLimiter(rate.Limit(perSecond), burst)}
}

// turn waits for the caller's turn, or answers why there is none.
func (l *ledger) turn(ctx context.Context) error {
	if err := driver.FromContext(ctx); err != nil {
		return err
	}
	place := l.limiter.Reserve()
	wait := place.Delay()
	if wait == 0 {
		return nil
	}
	if ends, ok := ctx.Deadline(); ok && wait > time.Until(ends)/2 {
		place.Cancel()
		return &driver.Error{Code: driver.ResourceExhausted, RetryAfter: wait, Err: ErrLimited}
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		place.Cancel()
		return driver.FromContext(ctx)
	}
}

func (l *ledger) Head(ctx context.Context) (driver.Head, error) {
	if err := l.turn(ctx); err != nil {
		return driver.Head{}, err
	}
	return l.Ledger.Head(ctx)
}

func (l *ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if err := l.turn(ctx); err != nil {
		return nil, err
	}
	return l.Ledger.Get(ctx, ref)
}

func (l *ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if err := l.turn(ctx); err != nil {
		return nil, err
	}
	return l.Ledger.Versions(ctx, key, after, limit)
}

func (l *ledger) Find(ctx context.Context, lookup driver.Lookup, page string, limit int) ([]string, string, error) {
	if err := l.turn(ctx); err != nil {
		return nil, "", err
	}
	return l.Ledger.Find(ctx, lookup, page, limit)
}

func (l *ledger) Changes(
	ctx context.Context, after driver.Cursor, limit int, wait time.Duration,
) (*driver.Batch, error) {
	if err := l.turn(ctx); err != nil {
		return nil, err
	}
	return l.Ledger.Changes(ctx, after, limit, wait)
}

func (l *ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if err := l.turn(ctx); err != nil {
		return nil, err
	}
	return l.Ledger.Append(ctx, w)
}

func (l *ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if err := l.turn(ctx); err != nil {
		return nil, err
	}
	return l.Ledger.Receipt(ctx, tx)
}

func (l *ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	if err := l.turn(ctx); err != nil {
		return nil, err
	}
	return l.Ledger.Prove(ctx, e)
}

// Package retry asks a chain again where a read failed in a way that may pass.
//
// Asked again is after Unavailable, DeadlineExceeded of an attempt, NotReady, and a ResourceExhausted that says when it is
// worth it. Not after Unknown, of which nobody knows what it was, nor after Corrupt: what cannot be decoded is seldom
// better the second time, and may be large. Nor after what a decorator below refused without asking the chain.
//
// Append is left alone. It would be harmless, since the bytes that a driver signed are kept and sent again; but whether
// that is worth it is decided where the receipt is waited for, in the driver and by the gateway that resumes a submission.
package retry

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/refusal"
)

// Options say how often and how long a read is tried.
type Options struct {
	Tries int // at most, with the first one
	// Attempt is how long one may take. None is begun that the caller's time could not hold as a whole.
	Attempt time.Duration
	// Again is told, before each attempt but the first, the method that is asked again. Nil: nobody.
	Again func(method string)
}

// The pause before the second attempt is anything up to shortest, and up to twice as long before each further one: all of
// it is left to chance, so that those who failed together do not come back together.
const (
	shortest = 100 * time.Millisecond
	longest  = time.Second
)

// call is one attempt. Its wait is what is left of that of a Changes.
type call func(ctx context.Context, wait time.Duration) error

// do makes attempts until one of them answers, none is worth it, or the time of ctx could not hold another.
func (l *ledger) do(ctx context.Context, method string, wait time.Duration, ask call) error {
	began := time.Now()
	for n := 1; ; n++ {
		left := max(0, wait-time.Since(began))
		err := ask(ctx, left)
		transient := passes(err) && ctx.Err() == nil
		more := l.storm.note(err == nil || !driver.IsOutage(err), transient)
		if !transient || !more || n >= l.tries(ctx) {
			return err
		}
		if !pause(ctx, backoff(n, err), l.o.Attempt+left) {
			return err
		}
		if l.o.Again != nil {
			l.o.Again(method)
		}
	}
}

// passes reports whether what failed may be well the next time.
func passes(err error) bool {
	if _, ours := refusal.Of(err); ours {
		return false
	}
	switch driver.CodeOf(err) {
	case driver.Unavailable, driver.DeadlineExceeded, driver.NotReady:
		return true
	case driver.ResourceExhausted:
		return asksFor(err) > 0
	}
	return false
}

// backoff is how long to wait after the nth attempt: what the chain asks for, and a part that is left to chance.
func backoff(n int, err error) time.Duration {
	return asksFor(err) + rand.N(min(shortest<<(n-1), longest))
}

func asksFor(err error) time.Duration {
	var e *driver.Error
	if errors.As(err, &e) {
		return max(0, e.RetryAfter)
	}
	return 0
}

// pause waits, and reports whether an attempt may follow. It does not begin where ctx could not hold both.
func pause(ctx context.Context, wait, attempt time.Duration) bool {
	if ends, ok := ctx.Deadline(); ok && time.Until(ends) < wait+attempt {
		return false
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

type onceKey struct{}

// Once has the reads of ctx asked one time only. It is for a caller who asks again himself: what both of them repeat would
// multiply.
func Once(ctx context.Context) context.Context { return context.WithValue(ctx, onceKey{}, true) }

func (l *ledger) tries(ctx context.Context) int {
	if ctx.Value(onceKey{}) != nil {
		return 1
	}
	return l.o.Tries
}

// Package breaker keeps callers from waiting for a chain that is down: after failures in a row of time it answers at once
// that the chain cannot be reached, and lets one call through now and then to see whether it can again.
//
// What counts:
//
//	failure   Unavailable, DeadlineExceeded of an attempt, the chain's own ResourceExhausted, Unknown, OutcomeUnknown
//	success   every other answer, NotFound and Conflict as well as Corrupt, NotReady and Pruned: the chain is there, and
//	          answers fast. One entry that cannot be decoded must not keep anybody from the others
//	neither   what a decorator below refused without asking the chain; Canceled; an outage that was met after the caller's
//	          own time had ended; a receipt that is still pending, which a driver gives without the chain
package breaker

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/sony/gobreaker/v2"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/refusal"
)

// ErrOpen is the cause of a driver.Error (Unavailable) that was answered without asking the chain. Look for it with
// errors.Is.
var ErrOpen error = refusal.Cause{By: "breaker", Text: "the ledger failed too often, and is given a rest"}

// Options say when the breaker opens and for how long.
type Options struct {
	Failures int           // it opens at so many failures within Window, if they are half of the answers or more
	Window   time.Duration // what is older is forgotten
	Rest     time.Duration // how long it stays open before one call is let through
	Log      *slog.Logger  // nil: nowhere
	// Changed is told each new state and the one before it, which is empty for the first. It must return at once, and ask the
	// Ledger nothing. Nil: nobody is told.
	Changed func(before, state string)
}

// settings are those of gobreaker. An answer that counts for neither side is excluded: it closes nothing, and makes room
// for the next probe.
func (l *Ledger) settings() gobreaker.Settings {
	return gobreaker.Settings{
		MaxRequests:   1,
		Interval:      l.o.Window,
		BucketPeriod:  l.o.Window / 10,
		Timeout:       l.o.Rest,
		ReadyToTrip:   l.trips,
		IsExcluded:    func(err error) bool { return errors.Is(err, errNeither) },
		OnStateChange: func(_ string, from, to gobreaker.State) { l.turn(from.String(), to.String()) },
	}
}

func (l *Ledger) trips(c gobreaker.Counts) bool {
	if int(c.TotalFailures) < l.o.Failures || c.TotalFailures < c.TotalSuccesses {
		return false
	}
	l.record.counted(c)
	return true
}

// errNeither stands for an answer that counts for neither side.
var errNeither = errors.New("says nothing about the chain")

// weigh says what an answer counts for: nil is a success.
func weigh(ctx context.Context, err error) error {
	_, ours := refusal.Of(err)
	switch code := driver.CodeOf(err); code {
	case driver.Canceled:
		return errNeither
	case driver.Unavailable, driver.DeadlineExceeded, driver.ResourceExhausted, driver.Unknown, driver.OutcomeUnknown:
		if ours || ctx.Err() != nil {
			return errNeither
		}
		return err
	}
	return nil
}

// do lets a call through, or refuses it.
func (l *Ledger) do(ctx context.Context, ask func() (counts error, err error)) error {
	if err := driver.FromContext(ctx); err != nil {
		return err
	}
	var answer error
	_, err := l.circuit.Execute(func() (none struct{}, counts error) {
		counts, answer = ask()
		return none, counts
	})
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		return l.refuse()
	}
	return answer
}

// read lets a call through whose answer counts for what its error says.
func (l *Ledger) read(ctx context.Context, ask func() error) error {
	return l.do(ctx, func() (error, error) {
		err := ask()
		return weigh(ctx, err), err
	})
}

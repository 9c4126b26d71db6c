package adapters

import (
	"cmp"
	"log/slog"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/breaker"
)

// Limits bound the calls on one ledger, and say what becomes of them when it is sick. A member that is zero takes that of
// DefaultLimits.
type Limits struct {
	Budget      time.Duration // of a whole call
	Attempt     time.Duration // of one read of the chain, and of waiting for a place among the calls
	Concurrency int           // calls on the chain at once, and as many long polls beside them

	// Tries is how often a read is asked of the chain at most, with the first time, where it cannot be reached or does not
	// answer in time, and the budget holds it. 1: nothing is asked again.
	Tries int

	Failures int           // within Window: at so many, which are half of the answers or more, the chain is asked no more
	Window   time.Duration // what failures are counted in
	Rest     time.Duration // how long the chain is left alone, before one call tries whether it is back

	Rate  int // calls a second, every attempt counted. Zero: as many as Concurrency lets through
	Burst int // calls at once after a pause, where there is a Rate. Zero: those of a second
}

// DefaultLimits suit a ledger that answers within a second. Nobody but the chain's operator knows how often it may be asked,
// so that there is no Rate.
var DefaultLimits = Limits{
	Budget: 5 * time.Second, Attempt: 2 * time.Second, Concurrency: 64, Tries: 3,
	Failures: 5, Window: 30 * time.Second, Rest: 2 * time.Second,
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits
	return Limits{
		Budget: cmp.Or(l.Budget, d.Budget), Attempt: cmp.Or(l.Attempt, d.Attempt), Concurrency: cmp.Or(l.Concurrency, d.Concurrency),
		Tries:    cmp.Or(l.Tries, d.Tries),
		Failures: cmp.Or(l.Failures, d.Failures), Window: cmp.Or(l.Window, d.Window), Rest: cmp.Or(l.Rest, d.Rest),
		Rate: l.Rate, Burst: cmp.Or(l.Burst, l.Rate),
	}
}

func (l Limits) negative() bool {
	return min(l.Budget, l.Attempt, l.Window, l.Rest) < 0 || slices.Min([]int{l.Concurrency, l.Tries, l.Failures, l.Rate, l.Burst}) < 0
}

func (l Limits) breaker(log *slog.Logger, changed func(before, state string)) breaker.Options {
	return breaker.Options{Failures: l.Failures, Window: l.Window, Rest: l.Rest, Log: log, Changed: changed}
}

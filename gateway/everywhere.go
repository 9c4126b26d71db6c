package gateway

import (
	"context"
	"slices"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust"
)

// asked is what one ledger answered.
type asked[T any] struct {
	Member
	value T
	err   error
}

// everywhere asks all ledgers at once, each under its own limits, and answers in the order of their slugs. It waits for
// the slowest, but no longer than ctx: who has not answered when ctx ends is DeadlineExceeded, or Canceled, and the others'
// answers count. See until for what becomes of a driver that does not heed its context.
func everywhere[T any](ctx context.Context, members []Member, ask func(context.Context, Member) (T, error)) []asked[T] {
	all := make([]asked[T], len(members))
	var wg sync.WaitGroup
	for i, m := range members {
		wg.Go(func() {
			value, err := until(ctx, func(ctx context.Context) (T, error) { return ask(ctx, m) })
			all[i] = asked[T]{m, value, err}
		})
	}
	wg.Wait()
	return all
}

// contained turns a panic of work into an error: what one driver or document does must not end the process.
func contained(work func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = driver.FromPanic(cause)
		}
	}()
	return work()
}

// source says what a ledger contributed.
func source(m Member, holds bool, asOf *trust.AsOf, err error) Source {
	s := Source{Ledger: m.Slug(), State: Absent, AsOf: asOf}
	switch code := driver.CodeOf(err); {
	case err == nil && holds:
		s.State = Answered
	case err == nil, code == driver.NotFound:
	case code == driver.Unsupported:
		s.State = NotGiven
	default:
		s.State, s.Error = Unavailable, string(code)
	}
	return s
}

// missing names the ledgers that could not be asked now.
func missing(sources []Source) []string { return inState(sources, Unavailable) }

func inState(sources []Source, states ...SourceState) []string {
	var all []string
	for _, s := range sources {
		if slices.Contains(states, s.State) {
			all = append(all, s.Ledger)
		}
	}
	return all
}

// nothing is the answer where no ledger holds what was asked for: final only if all that could hold it were asked. One
// that has no means to answer such a question may hold it.
func nothing(sources []Source) error {
	if away := inState(sources, Unavailable, NotGiven); len(away) > 0 {
		return &Problem{Code: NotFoundSoFar, Ledgers: away, Detail: "not on the ledgers that could be asked"}
	}
	return &Problem{Code: NotFound, Detail: "no ledger holds it"}
}

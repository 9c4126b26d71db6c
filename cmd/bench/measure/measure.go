// Package measure compares pieces of work by doing them in turns. In every round each has a slice of time, so that
// whatever else the machine does falls on all of them, and ratios are taken within a round. It knows no absolute time.
package measure

import (
	"context"
	"fmt"
	"runtime"
	"runtime/pprof"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// Plan says how works are compared.
type Plan struct {
	Rounds int
	Slice  time.Duration // of each work in each round
	AtOnce int           // how many do the work side by side
}

// Work is something that can be done again and again, by several at once.
type Work struct {
	Name string
	Do   func(ctx context.Context) error
}

// Rates does the works in turns, and answers how often a second each was done: a Series for each, in their order. Each
// is done once before the first round, so that what it needs is open. The first error ends everything.
func (p Plan) Rates(ctx context.Context, works ...Work) ([]Series, error) {
	return p.turns(ctx, works, p.slice)
}

// turns does each work once, and then slice after slice of them.
func (p Plan) turns(
	ctx context.Context, works []Work, slice func(context.Context, Work) (float64, error),
) ([]Series, error) {
	for _, w := range works {
		if err := w.once(ctx); err != nil {
			return nil, err
		}
	}
	figures := make([]Series, len(works))
	for round := range p.Rounds {
		for turn := range works {
			i := (round + turn) % len(works) // each is the first as often as the others
			figure, err := slice(ctx, works[i])
			if err != nil {
				return nil, err
			}
			figures[i] = append(figures[i], figure)
		}
	}
	return figures, nil
}

func (w Work) once(ctx context.Context) error {
	if err := w.Do(ctx); err != nil {
		return fmt.Errorf("%s: %w", w.Name, err)
	}
	return nil
}

// slice does one work for its time, each doer at least once. What the work before left to collect is collected first.
func (p Plan) slice(ctx context.Context, w Work) (float64, error) {
	runtime.GC()
	began := time.Now()
	var done atomic.Int64
	doers, ctx := errgroup.WithContext(ctx)
	for range p.AtOnce {
		doers.Go(func() (err error) {
			// A CPU profile can then be read work by work: go tool pprof -tagfocus work=...
			pprof.Do(ctx, pprof.Labels("work", w.Name), func(ctx context.Context) {
				n, failed := w.until(ctx, began.Add(p.Slice))
				done.Add(n)
				err = failed
			})
			return err
		})
	}
	err := doers.Wait()
	return float64(done.Load()) / time.Since(began).Seconds(), err
}

// until does the work again and again until a time, and at least once.
func (w Work) until(ctx context.Context, end time.Time) (done int64, err error) {
	for done == 0 || time.Now().Before(end) {
		if err := w.once(ctx); err != nil {
			return done, err
		}
		done++
	}
	return done, nil
}

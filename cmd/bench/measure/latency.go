package measure

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Latencies does the works in turns as Rates does, and answers of each round the time, in seconds, that the share q of what
// was done took at most: 0.99 is all but the slowest hundredth. The plan's slice must be long enough for some hundreds.
func (p Plan) Latencies(ctx context.Context, q float64, works ...Work) ([]Series, error) {
	return p.turns(ctx, works, func(ctx context.Context, w Work) (float64, error) {
		took, err := p.timed(ctx, w)
		if err != nil {
			return 0, err
		}
		return quantile(took, q), nil
	})
}

// timed does one work for its time, and answers how long each took, sorted.
func (p Plan) timed(ctx context.Context, w Work) (took []float64, err error) {
	runtime.GC()
	end := time.Now().Add(p.Slice)
	var mu sync.Mutex
	doers, ctx := errgroup.WithContext(ctx)
	for range p.AtOnce {
		doers.Go(func() error {
			mine, err := w.timesUntil(ctx, end)
			mu.Lock()
			defer mu.Unlock()
			took = append(took, mine...)
			return err
		})
	}
	err = doers.Wait()
	slices.Sort(took)
	return took, err
}

func (w Work) timesUntil(ctx context.Context, end time.Time) (took []float64, err error) {
	for len(took) == 0 || time.Now().Before(end) {
		began := time.Now()
		if err := w.once(ctx); err != nil {
			return took, err
		}
		took = append(took, time.Since(began).Seconds())
	}
	return took, nil
}

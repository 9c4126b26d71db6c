package measure_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/bench/measure"
)

// One call in ten takes long: half of them do not show it, all but a hundredth do.
func TestAQuantileOfWhatCallsTook(t *testing.T) {
	const long = 4 * time.Millisecond
	var n atomic.Int64
	work := measure.Work{Name: "sometimes long", Do: func(ctx context.Context) error {
		if n.Add(1)%10 != 0 {
			return nil
		}
		ctx, cancel := context.WithTimeout(ctx, long)
		defer cancel()
		<-ctx.Done()
		return nil
	}}
	p := measure.Plan{Rounds: 2, Slice: 30 * time.Millisecond, AtOnce: 2}
	for q, atLeast := range map[float64]float64{0.5: 0, 0.99: long.Seconds()} {
		took, err := p.Latencies(t.Context(), q, work)
		if err != nil || len(took) != 1 || len(took[0]) != 2 || slices.Min(took[0]) < atLeast || slices.Min(took[0]) <= 0 {
			t.Errorf("%v of calls: %v, %v; want %v or more in each of two rounds", q, took, err, atLeast)
		}
	}
	failed := errors.New("failed")
	_, err := p.Latencies(t.Context(), 0.5, measure.Work{Name: "bad", Do: func(context.Context) error { return failed }})
	if !errors.Is(err, failed) {
		t.Errorf("%v, want the work's own error", err)
	}
}

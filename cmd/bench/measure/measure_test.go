package measure_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/bench/measure"
)

// log is who worked in which order, each run of the same name once.
type log struct {
	mu    sync.Mutex
	names []string
}

func (l *log) work(name string) measure.Work {
	return measure.Work{Name: name, Do: func(context.Context) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		if len(l.names) == 0 || l.names[len(l.names)-1] != name {
			l.names = append(l.names, name)
		}
		return nil
	}}
}

func TestTheWorksTakeTurnsAndEachBeginsARound(t *testing.T) {
	var l log
	rates, err := measure.Plan{Rounds: 3, Slice: time.Millisecond, AtOnce: 2}.Rates(t.Context(), l.work("a"), l.work("b"), l.work("c"))
	if err != nil {
		t.Fatal(err)
	}
	// Once each; then a b c, b c a, c a b.
	if got, want := strings.Join(l.names, ""), "abc"+"abc"+"bca"+"cab"; got != squeeze(want) {
		t.Errorf("the order is %s, want %s", got, squeeze(want))
	}
	for i, s := range rates {
		if len(s) != 3 || slices.Min(s) <= 0 {
			t.Errorf("work %d: rates %v, want one above 0 for each round", i, s)
		}
	}
}

func squeeze(text string) string { return string(slices.Compact([]byte(text))) }

// With room for three the work that needs three at once goes on; were there fewer, it would wait until its deadline.
func TestAsManyWorkAtOnceAsWasSaid(t *testing.T) {
	const atOnce = 3
	var inside atomic.Int32
	met := make(chan struct{})
	together := measure.Work{Name: "together", Do: func(ctx context.Context) error {
		if inside.Add(1) == 1+atOnce { // the first is the one that is done once before the rounds
			close(met)
		}
		if inside.Load() == 1 {
			return nil
		}
		select {
		case <-met:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if _, err := (measure.Plan{Rounds: 1, AtOnce: atOnce}).Rates(ctx, together); err != nil {
		t.Error(err)
	}
}

func TestASlowWorkIsDoneAtLeastOnce(t *testing.T) {
	done := 0
	slow := measure.Work{Name: "slow", Do: func(context.Context) error { done++; return nil }}
	rates, err := measure.Plan{Rounds: 2, Slice: 0, AtOnce: 1}.Rates(t.Context(), slow)
	if err != nil || done != 3 || rates[0].Median() <= 0 {
		t.Errorf("done %d times, want 3: %v, %v", done, rates, err)
	}
}

func TestAnErrorEndsEverythingAndNamesTheWork(t *testing.T) {
	broken := errors.New("broken")
	for _, after := range []int{0, 1, 2} { // before the rounds, in the first, in the second
		done := 0
		fails := measure.Work{Name: "the one that fails", Do: func(context.Context) error {
			if done++; done > after {
				return broken
			}
			return nil
		}}
		_, err := measure.Plan{Rounds: 5, AtOnce: 1}.Rates(t.Context(), fails)
		if !errors.Is(err, broken) || !strings.Contains(err.Error(), fails.Name) || done != after+1 {
			t.Errorf("after %d: done %d times, %v", after, done, err)
		}
	}
}

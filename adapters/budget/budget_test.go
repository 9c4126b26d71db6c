package budget_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ftagateway/ftagateway/adapters/budget"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

const whole = budget.Budget(5 * time.Second)

func hang(ctx context.Context) error {
	<-ctx.Done()
	return errors.New("connection reset")
}

func TestASpentBudgetIsDeadlineExceeded(t *testing.T) {
	for wait, want := range map[time.Duration]time.Duration{
		0:                5 * time.Second,
		25 * time.Second: 30 * time.Second,
		-time.Hour:       5 * time.Second,
	} {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			err := whole.Around(t.Context(), "Changes", wait, hang)
			if driver.CodeOf(err) != driver.DeadlineExceeded || time.Since(began) != want {
				t.Errorf("wait %s: %v after %s, want deadline-exceeded after %s", wait, err, time.Since(began), want)
			}
		})
	}
}

func TestACallerWithLessTimeKeepsTheErrorOfTheWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := whole.Around(ctx, "Read", 0, hang); err == nil || err.Error() != "connection reset" {
			t.Errorf("%v, want the error of the work", err)
		}
	})
}

func TestAnAnswerAtTheLastMomentCounts(t *testing.T) {
	absent := driver.Errorf(driver.NotFound, "proven absent")
	for _, want := range []error{nil, absent} {
		synctest.Test(t, func(t *testing.T) {
			err := whole.Around(t.Context(), "Read", 0, func(ctx context.Context) error { <-ctx.Done(); return want })
			if !errors.Is(err, want) {
				t.Errorf("%v, want %v", err, want)
			}
		})
	}
}

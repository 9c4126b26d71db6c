package rate_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/probe"
	"github.com/ftagateway/ftagateway/adapters/rate"
)

var well = probe.Ledger(func(context.Context) error { return nil })

func TestCallsWaitForTheirTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := rate.New(well, 10, 3)
		began := time.Now()
		for range 13 {
			if _, err := l.Head(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took < 990*time.Millisecond || took > 1010*time.Millisecond {
			t.Errorf("3 calls at once and 10 more took %s, want 1 s", took)
		}
	})
}

func TestWhoseTurnIsTooFarAwayIsRefusedAtOnce(t *testing.T) {
	for name := range probe.Calls(well, 0) {
		synctest.Test(t, func(t *testing.T) {
			asked := 0
			l := rate.New(probe.Ledger(func(context.Context) error { asked++; return nil }), 1, 1)
			_, _ = l.Head(t.Context())
			began := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), 1900*time.Millisecond) // of which half is for the answer
			defer cancel()
			err := probe.Calls(l, 0)[name](ctx)
			var e *driver.Error
			if !errors.As(err, &e) || e.Code != driver.ResourceExhausted || e.RetryAfter != time.Second || !errors.Is(err, rate.ErrLimited) {
				t.Errorf("%s: %v, want resource-exhausted with a time to try again", name, err)
			}
			if asked != 1 || time.Since(began) != 0 {
				t.Errorf("%s: asked %d times, %s", name, asked, time.Since(began))
			}
			// It took nobody's turn.
			if _, err := l.Head(t.Context()); err != nil || time.Since(began) != time.Second {
				t.Errorf("the next after %s: %v", time.Since(began), err)
			}
		})
	}
}

func TestACallerWhoGoesAwayWhileWaitingIsCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := rate.New(well, 1, 1)
		_, _ = l.Head(t.Context())
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second/2, cancel)
		if _, err := l.Head(ctx); driver.CodeOf(err) != driver.Canceled {
			t.Errorf("%v, want canceled", err)
		}
	})
}

func TestWithoutARateNothingStandsInBetween(t *testing.T) {
	if _, same := rate.New(well, 0, 0).(probe.Ledger); !same {
		t.Error("the chain is wrapped for nothing")
	}
}

package deadline_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ftagateway/ftagateway/adapters/deadline"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/probe"
)

const limit = 2 * time.Second

// hung is a chain that accepts a call and never answers. It classifies its ended context wrongly, as drivers do.
var hung = probe.Ledger(func(ctx context.Context) error {
	<-ctx.Done()
	return errors.New("connection reset")
})

func TestAnAttemptThatRunsOutIsDeadlineExceeded(t *testing.T) {
	for name := range probe.Calls(hung, 0) {
		if name == "Append" {
			continue
		}
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			err := probe.Calls(deadline.New(hung, limit), 0)[name](t.Context())
			if code := driver.CodeOf(err); code != driver.DeadlineExceeded {
				t.Errorf("%s: code %q, want deadline-exceeded", name, code)
			}
			if took := time.Since(began); took != limit {
				t.Errorf("%s took %s, want %s", name, took, limit)
			}
		})
	}
}

func TestChangesMayTakeItsWaitLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, err := deadline.New(hung, limit).Changes(t.Context(), "", 0, 25*time.Second)
		if driver.CodeOf(err) != driver.DeadlineExceeded || time.Since(began) != 27*time.Second {
			t.Errorf("%v after %s, want deadline-exceeded after 27s", err, time.Since(began))
		}
	})
}

func TestAppendIsBoundedByItsCallerAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		began := time.Now()
		_, _ = deadline.New(hung, limit).Append(ctx, &driver.Write{Key: "k"})
		if took := time.Since(began); took != time.Minute {
			t.Errorf("Append took %s, want its caller's minute", took)
		}
	})
}

func TestACallerWhoGoesAwayKeepsTheDriversError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	canceled := probe.Ledger(driver.FromContext)
	for name, call := range probe.Calls(deadline.New(canceled, limit), 0) {
		if code := driver.CodeOf(call(ctx)); code != driver.Canceled {
			t.Errorf("%s: code %q, want canceled", name, code)
		}
	}
}

func TestAnAnswerPassesUnchanged(t *testing.T) {
	refused := driver.Errorf(driver.PermissionDenied, "no")
	for _, want := range []error{nil, refused} {
		inner := probe.Ledger(func(context.Context) error { return want })
		for name, call := range probe.Calls(deadline.New(inner, limit), 0) {
			if got := call(t.Context()); !errors.Is(got, want) {
				t.Errorf("%s: %v, want %v", name, got, want)
			}
		}
	}
}

package health_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/health"
	"github.com/ftagateway/ftagateway/adapters/internal/probe"
)

var quiet = slog.New(slog.DiscardHandler)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// clock starts at noon and moves on a second each time it is read.
func clock() func() time.Time {
	at := noon
	return func() time.Time { at = at.Add(time.Second); return at }
}

func answering(code driver.Code) probe.Ledger {
	return func(context.Context) error {
		if code == "" {
			return nil
		}
		return driver.Errorf(code, "as the test wants it")
	}
}

func TestWhatEachCodeSaysOfAChain(t *testing.T) {
	well := health.Health{LastSuccess: noon.Add(time.Second)}
	sick := func(c driver.Code) health.Health {
		return health.Health{LastFailure: noon.Add(time.Second), LastError: c, Failures: 1}
	}
	nothing := health.Health{}
	for code, want := range map[driver.Code]health.Health{
		"":                       well,
		driver.NotFound:          well,
		driver.Conflict:          well,
		driver.Invalid:           nothing,
		driver.TooLarge:          nothing,
		driver.Unsupported:       nothing,
		driver.CursorInvalid:     nothing,
		driver.Canceled:          nothing,
		driver.Unavailable:       sick(driver.Unavailable),
		driver.DeadlineExceeded:  sick(driver.DeadlineExceeded),
		driver.ResourceExhausted: sick(driver.ResourceExhausted),
		driver.Corrupt:           sick(driver.Corrupt),
		driver.Unknown:           sick(driver.Unknown),
	} {
		for name := range probe.Calls(answering(code), 0) {
			l := health.New(answering(code), clock(), quiet)
			_ = probe.Calls(l, 0)[name](t.Context())
			// A receipt of the probe names no state, which is not pending.
			if got := l.Health(); got != want {
				t.Errorf("%s answering %q: %+v, want %+v", name, code, got, want)
			}
		}
	}
}

func TestASuccessEndsARowOfFailuresAndRemembersTheLast(t *testing.T) {
	var answer error = driver.Errorf(driver.Unavailable, "down")
	l := health.New(probe.Ledger(func(context.Context) error { return answer }), clock(), quiet)
	for range 3 {
		_, _ = l.Head(t.Context())
	}
	if got := l.Health().Failures; got != 3 {
		t.Errorf("%d failures, want 3", got)
	}
	answer = nil
	_, _ = l.Head(t.Context())
	want := health.Health{
		LastSuccess: noon.Add(4 * time.Second), LastFailure: noon.Add(3 * time.Second), LastError: driver.Unavailable,
	}
	if got := l.Health(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

type pending struct{ driver.Ledger }

func (pending) Append(context.Context, *driver.Write) (*driver.Receipt, error) {
	return &driver.Receipt{State: driver.Pending}, nil
}

func (pending) Receipt(context.Context, string) (*driver.Receipt, error) {
	return &driver.Receipt{State: driver.Pending}, nil
}

func TestAPendingReceiptSaysNothingOfTheChain(t *testing.T) {
	l := health.New(pending{}, clock(), quiet)
	_, _ = l.Append(t.Context(), &driver.Write{})
	_, _ = l.Receipt(t.Context(), "tx")
	if got := l.Health(); got != (health.Health{}) {
		t.Errorf("%+v, want nothing", got)
	}
}

// A ledger that is down for a day is two lines in the log, and not one a call.
func TestTheLogSaysEachChangeOnce(t *testing.T) {
	var text bytes.Buffer
	var answer error
	l := health.New(probe.Ledger(func(context.Context) error { return answer }), clock(), slog.New(slog.NewTextHandler(&text, nil)))
	for range 2 {
		for _, answer = range []error{nil, driver.Errorf(driver.Unavailable, "refused"), driver.Errorf(driver.Unknown, "odd"), nil, nil} {
			_, _ = l.Head(t.Context())
		}
	}
	lines := strings.Split(strings.TrimSpace(text.String()), "\n")
	if len(lines) != 4 || !strings.Contains(lines[0], "refused") || !strings.Contains(lines[1], "failures=2") {
		t.Errorf("%s", text.String())
	}
}

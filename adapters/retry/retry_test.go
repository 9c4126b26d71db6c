package retry_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/probe"
	"github.com/ftagateway/ftagateway/adapters/internal/refusal"
	"github.com/ftagateway/ftagateway/adapters/retry"
)

const attempt = 2 * time.Second

// asked counts what a chain is asked, and answers one error after the other; the last one for ever.
func asked(count *int, errs ...error) probe.Ledger {
	return func(context.Context) error {
		err := errs[min(*count, len(errs)-1)]
		*count++
		return err
	}
}

func coded(code driver.Code) error { return driver.Errorf(code, "as the test wants it") }

func later(code driver.Code, after time.Duration) error {
	return &driver.Error{Code: code, RetryAfter: after, Err: errors.New("as the test wants it")}
}

func tries(n int) retry.Options { return retry.Options{Tries: n, Attempt: attempt} }

func TestReadsAreAskedAgainAndAppendIsNot(t *testing.T) {
	for name := range probe.Calls(asked(new(int), nil), 0) {
		synctest.Test(t, func(t *testing.T) {
			count, told := 0, ""
			o := tries(3)
			o.Again = func(method string) { told = method }
			l := retry.New(asked(&count, coded(driver.Unavailable), nil), o)
			err := probe.Calls(l, 0)[name](t.Context())
			if name == "Append" {
				if driver.CodeOf(err) != driver.Unavailable || count != 1 {
					t.Errorf("Append: %v, asked %d times", err, count)
				}
				return
			}
			if err != nil || count != 2 || told != name {
				t.Errorf("%s: %v, asked %d times, told %q", name, err, count, told)
			}
		})
	}
}

func TestWhatIsWorthToBeAskedAgain(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{coded(driver.Unavailable), 3},
		{coded(driver.DeadlineExceeded), 3},
		{coded(driver.NotReady), 3},
		{later(driver.ResourceExhausted, time.Second), 3},
		{coded(driver.ResourceExhausted), 1},
		{coded(driver.NotFound), 1},
		{coded(driver.Conflict), 1},
		{coded(driver.Invalid), 1},
		{coded(driver.Canceled), 1},
		{coded(driver.Corrupt), 1},
		{coded(driver.Pruned), 1},
		{coded(driver.Unknown), 1},
		{errors.New("raw"), 1},
		{&driver.Error{Code: driver.Unavailable, RetryAfter: time.Second, Err: refusal.Cause{By: "breaker"}}, 1},
		{&driver.Error{Code: driver.ResourceExhausted, RetryAfter: time.Second, Err: refusal.Cause{By: "rate"}}, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			count := 0
			_, err := retry.New(asked(&count, c.err), tries(3)).Head(t.Context())
			if count != c.want || !errors.Is(err, c.err) {
				t.Errorf("%v: asked %d times, want %d; answered %v", c.err, count, c.want, err)
			}
		})
	}
}

// The pauses grow, are left to chance as a whole, and are what the chain asked for and more.
func TestThePauses(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		asks time.Duration
	}{
		"left to chance":         {coded(driver.Unavailable), 0},
		"asked for by the chain": {later(driver.Unavailable, time.Second), time.Second},
	} {
		var shortest, longest time.Duration = time.Hour, 0
		for range 200 {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				_, _ = retry.New(asked(new(int), c.err), tries(2)).Head(t.Context())
				shortest, longest = min(shortest, time.Since(began)), max(longest, time.Since(began))
			})
		}
		if shortest < c.asks || shortest > c.asks+20*time.Millisecond || longest < c.asks+80*time.Millisecond || longest > c.asks+100*time.Millisecond {
			t.Errorf("%s: from %s to %s, want from %s up to 100 ms more", name, shortest, longest, c.asks)
		}
	}
}

func TestNothingIsBegunThatTheCallersTimeCannotHold(t *testing.T) {
	for name, c := range map[string]struct {
		time time.Duration
		err  error
		want int
	}{
		"no room for an attempt":                     {attempt - time.Millisecond, coded(driver.Unavailable), 1},
		"room for attempts and pauses":               {attempt + 400*time.Millisecond, coded(driver.Unavailable), 3},
		"the chain asks for more time than there is": {3 * time.Second, later(driver.Unavailable, 2*time.Second), 1},
		"and for time that there is once":            {4 * time.Second, later(driver.Unavailable, 1500*time.Millisecond), 2},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), c.time)
			defer cancel()
			count, began := 0, time.Now()
			_, err := retry.New(asked(&count, c.err), tries(3)).Head(ctx)
			if count != c.want || !errors.Is(err, c.err) || time.Since(began) > c.time-attempt+400*time.Millisecond {
				t.Errorf("%s: asked %d times, want %d; %v after %s", name, count, c.want, err, time.Since(began))
			}
		})
	}
}

func TestACallerWhoGoesAwayEndsThePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		count, began := 0, time.Now()
		_, err := retry.New(asked(&count, later(driver.Unavailable, time.Hour)), tries(3)).Head(ctx)
		if count != 1 || driver.CodeOf(err) != driver.Unavailable || time.Since(began) != time.Second {
			t.Errorf("asked %d times, %v after %s", count, err, time.Since(began))
		}
	})
}

// polls is a chain that breaks each poll off in the middle, and keeps how long it was asked to wait.
type polls struct {
	probe.Ledger
	waits []time.Duration
}

func (p *polls) Changes(_ context.Context, _ driver.Cursor, _ int, wait time.Duration) (*driver.Batch, error) {
	p.waits = append(p.waits, wait)
	time.Sleep(wait / 2)
	return nil, coded(driver.Unavailable)
}

func TestChangesWaitsNoLongerInAllThanItWasAskedTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &polls{}
		_, _ = retry.New(p, tries(3)).Changes(t.Context(), "", 0, 8*time.Second)
		if len(p.waits) != 3 || p.waits[0] != 8*time.Second || p.waits[1] > 4*time.Second || p.waits[2] > 2*time.Second || p.waits[2] < time.Second {
			t.Errorf("asked to wait %v, want what was left of 8 s each time", p.waits)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 9*time.Second) // half of the wait gone, the other half and an attempt do not fit
		defer cancel()
		p := &polls{}
		_, _ = retry.New(p, tries(3)).Changes(ctx, "", 0, 8*time.Second)
		if len(p.waits) != 1 {
			t.Errorf("asked to wait %v in 9 s", p.waits)
		}
	})
}

// A chain that fails for everybody is asked hardly more often than by those who never ask again.
func TestAStormOfRetriesEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const calls = 100
		count, well := 0, false
		l := retry.New(probe.Ledger(func(context.Context) error {
			count++
			if well {
				return nil
			}
			return coded(driver.Unavailable)
		}), tries(3))
		for range calls {
			_, _ = l.Head(t.Context())
		}
		if count < calls+2 || count > calls+10 {
			t.Errorf("%d questions for %d calls", count, calls)
		}
		well = true
		for range calls {
			_, _ = l.Head(t.Context())
		}
		well, count = false, 0
		if _, _ = l.Head(t.Context()); count != 3 {
			t.Errorf("asked %d times after the chain was well for long, want 3", count)
		}
	})
}

func TestOnceAsksOnce(t *testing.T) {
	count := 0
	l := retry.New(asked(&count, coded(driver.Unavailable)), tries(3))
	if _, err := l.Head(retry.Once(t.Context())); driver.CodeOf(err) != driver.Unavailable || count != 1 {
		t.Errorf("%v, asked %d times", err, count)
	}
}

package breaker_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ftagateway/ftagateway/adapters/breaker"
	"github.com/ftagateway/ftagateway/adapters/bulkhead"
	"github.com/ftagateway/ftagateway/adapters/deadline"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/probe"
	"github.com/ftagateway/ftagateway/adapters/rate"
)

const (
	failures = 3
	window   = 10 * time.Second
	rest     = 2 * time.Second
)

var options = breaker.Options{Failures: failures, Window: window, Rest: rest}

// chain answers what it is told to, and counts how often.
type chain struct {
	probe.Ledger
	answer error
	asked  int
}

func newChain(answer error) *chain {
	c := &chain{answer: answer}
	c.Ledger = func(context.Context) error { c.asked++; return c.answer }
	return c
}

func coded(code driver.Code) error { return driver.Errorf(code, "as the test wants it") }

// fail has a breaker see so many failures of the chain.
func fail(t *testing.T, l *breaker.Ledger, c *chain, n int) {
	t.Helper()
	was := c.answer
	c.answer = coded(driver.Unavailable)
	for range n {
		_, _ = l.Head(t.Context())
	}
	c.answer = was
}

func state(t *testing.T, l *breaker.Ledger, want string) {
	t.Helper()
	if got := l.Status(); got.State != want {
		t.Errorf("%+v, want %s", got, want)
	}
}

// wait lets a rest go by.
func wait() { time.Sleep(rest + time.Millisecond) }

func TestAnOpenBreakerAnswersWithoutTheChainAndClosesByItself(t *testing.T) {
	for name := range probe.Calls(newChain(nil), 0) {
		synctest.Test(t, func(t *testing.T) {
			c := newChain(nil)
			l := breaker.New(c, options)
			fail(t, l, c, failures)
			state(t, l, breaker.Open)
			c.asked = 0
			began := time.Now()
			err := probe.Calls(l, 0)[name](t.Context())
			var e *driver.Error
			if !errors.As(err, &e) || e.Code != driver.Unavailable || e.RetryAfter != rest || !errors.Is(err, breaker.ErrOpen) {
				t.Errorf("%s: %v, want unavailable because the breaker is open, with the rest as the time to try again", name, err)
			}
			if c.asked != 0 || time.Since(began) != 0 {
				t.Errorf("%s: asked %d times, %s", name, c.asked, time.Since(began))
			}
			wait()
			if err := probe.Calls(l, 0)[name](t.Context()); err != nil {
				t.Errorf("%s after the rest: %v", name, err)
			}
			state(t, l, breaker.Closed)
		})
	}
}

func TestAProbeThatFailsGivesTheChainAnotherRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newChain(nil)
		l := breaker.New(c, options)
		fail(t, l, c, failures)
		for range 3 {
			wait()
			state(t, l, breaker.HalfOpen)
			fail(t, l, c, 1)
			state(t, l, breaker.Open)
		}
		wait()
		_, err := l.Head(t.Context())
		if err != nil {
			t.Error(err)
		}
		state(t, l, breaker.Closed)
	})
}

func TestOneCallAtATimeTriesWhetherTheChainIsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newChain(nil)
		gate := make(chan struct{})
		held := probe.Ledger(func(ctx context.Context) error {
			err := c.Ledger(ctx)
			if err == nil {
				<-gate
			}
			return err
		})
		l := breaker.New(held, options)
		fail(t, l, c, failures)
		wait()
		done := make(chan error)
		go func() { _, err := l.Head(t.Context()); done <- err }()
		synctest.Wait()
		if _, err := l.Head(t.Context()); !errors.Is(err, breaker.ErrOpen) {
			t.Errorf("beside the probe: %v", err)
		}
		close(gate)
		if err := <-done; err != nil {
			t.Error(err)
		}
		if _, err := l.Head(t.Context()); err != nil {
			t.Errorf("after the probe: %v", err)
		}
	})
}

// What each code counts for is seen where one answer decides: half-open.
func TestWhatEachAnswerCountsFor(t *testing.T) {
	for code, want := range map[driver.Code]string{
		"":                       breaker.Closed,
		driver.NotFound:          breaker.Closed,
		driver.Conflict:          breaker.Closed,
		driver.Invalid:           breaker.Closed,
		driver.PermissionDenied:  breaker.Closed,
		driver.CursorInvalid:     breaker.Closed,
		driver.TooLarge:          breaker.Closed,
		driver.Unsupported:       breaker.Closed,
		driver.Pruned:            breaker.Closed,
		driver.NotReady:          breaker.Closed,
		driver.Corrupt:           breaker.Closed,
		driver.Unavailable:       breaker.Open,
		driver.DeadlineExceeded:  breaker.Open,
		driver.ResourceExhausted: breaker.Open,
		driver.OutcomeUnknown:    breaker.Open,
		driver.Unknown:           breaker.Open,
		driver.Canceled:          breaker.HalfOpen,
	} {
		for _, name := range []string{"Head", "Get", "Versions", "Find", "Changes", "Receipt", "Prove"} {
			synctest.Test(t, func(t *testing.T) {
				c := newChain(nil)
				l := breaker.New(c, options)
				fail(t, l, c, failures)
				wait()
				if code != "" {
					c.answer = coded(code)
				}
				err := probe.Calls(l, 0)[name](t.Context())
				if !errors.Is(err, c.answer) {
					t.Errorf("%s %s: answered %v", name, code, err)
				}
				state(t, l, want)
			})
		}
	}
}

// An answer that counts for nothing decides nothing, and keeps nobody else from trying.
func TestAnExcludedProbeLeavesRoomForTheNext(t *testing.T) {
	away, cancel := context.WithCancel(context.Background())
	cancel()
	for name, ask := range map[string]func(*testing.T, *breaker.Ledger, *chain){
		"the caller goes away": func(t *testing.T, l *breaker.Ledger, c *chain) {
			ctx, cancel := context.WithCancel(t.Context())
			c.Ledger = func(context.Context) error { c.asked++; cancel(); return coded(driver.Unavailable) }
			_, _ = l.Head(ctx)
		},
		"the caller's time runs out": func(t *testing.T, l *breaker.Ledger, c *chain) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			c.Ledger = func(ctx context.Context) error { c.asked++; <-ctx.Done(); return driver.FromContext(ctx) }
			_, _ = l.Head(ctx)
		},
		"the caller was away before": func(_ *testing.T, l *breaker.Ledger, c *chain) {
			c.asked++
			_, _ = l.Head(away)
		},
		"there is no place": func(t *testing.T, l *breaker.Ledger, c *chain) {
			c.answer = &driver.Error{Code: driver.ResourceExhausted, Err: bulkhead.ErrFull}
			_, _ = l.Head(t.Context())
		},
		"it is not its turn": func(t *testing.T, l *breaker.Ledger, c *chain) {
			c.answer = &driver.Error{Code: driver.ResourceExhausted, Err: rate.ErrLimited}
			_, _ = l.Head(t.Context())
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := newChain(nil)
			l := breaker.New(c, options)
			fail(t, l, c, failures)
			wait()
			for range 5 {
				c.asked = 0
				ask(t, l, c)
				state(t, l, breaker.HalfOpen)
				if c.asked != 1 {
					t.Fatalf("%s: the chain was asked %d times", name, c.asked)
				}
			}
			c.answer, c.Ledger = nil, func(context.Context) error { return nil }
			if _, err := l.Head(t.Context()); err != nil {
				t.Errorf("%s: the next probe: %v", name, err)
			}
			state(t, l, breaker.Closed)
		})
	}
}

func TestAnAttemptThatRunsOutIsAFailureAndTheCallersOwnTimeIsNot(t *testing.T) {
	hung := probe.Ledger(func(ctx context.Context) error { <-ctx.Done(); return driver.FromContext(ctx) })
	for patience, want := range map[time.Duration]string{time.Minute: breaker.Open, time.Second: breaker.Closed} {
		synctest.Test(t, func(t *testing.T) {
			l := breaker.New(deadline.New(hung, 2*time.Second), options)
			for range failures {
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				_, _ = l.Head(ctx)
				cancel()
			}
			state(t, l, want)
		})
	}
}

func TestOpensWhereHalfOfTheAnswersAreFailuresWithinTheWindow(t *testing.T) {
	for name, c := range map[string]struct {
		successes, failures int
		apart               time.Duration
		want                string
	}{
		"half":                {failures, failures, 0, breaker.Open},
		"less than half":      {failures + 1, failures, 0, breaker.Closed},
		"too few":             {0, failures - 1, 0, breaker.Closed},
		"too far from others": {0, failures, window / 2, breaker.Closed},
	} {
		synctest.Test(t, func(t *testing.T) {
			ch := newChain(nil)
			l := breaker.New(ch, options)
			for range c.successes {
				_, _ = l.Head(t.Context())
			}
			for range c.failures {
				fail(t, l, ch, 1)
				time.Sleep(c.apart)
			}
			if got := l.Status(); got.State != c.want {
				t.Errorf("%s: %+v, want %s", name, got, c.want)
			}
		})
	}
}

func TestStatusTellsSinceWhenAndOfWhat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newChain(nil)
		began := time.Now()
		l := breaker.New(c, options)
		_, _ = l.Head(t.Context())
		fail(t, l, c, 1)
		time.Sleep(time.Second)
		if got, want := l.Status(), (breaker.Status{State: breaker.Closed, Since: began, Successes: 1, Failures: 1}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		opened := time.Now()
		fail(t, l, c, failures-1)
		time.Sleep(time.Second)
		if got, want := l.Status(), (breaker.Status{State: breaker.Open, Since: opened, Successes: 1, Failures: failures}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	})
}

// longCalls are those that may take long.
func longCalls(l driver.Ledger) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Append":  func(ctx context.Context) error { _, err := l.Append(ctx, &driver.Write{Key: "k"}); return err },
		"Changes": func(ctx context.Context) error { _, err := l.Changes(ctx, "", 0, time.Minute); return err },
	}
}

// slow is a chain whose writes and long polls take an hour.
type slow struct{ *chain }

func (s slow) Append(context.Context, *driver.Write) (*driver.Receipt, error) {
	time.Sleep(time.Hour)
	return &driver.Receipt{State: driver.Finally}, nil
}

func (s slow) Changes(_ context.Context, _ driver.Cursor, _ int, wait time.Duration) (*driver.Batch, error) {
	time.Sleep(time.Hour)
	return &driver.Batch{}, nil
}

// Nobody else gets through beside a probe, so that one must not take as long as a write or a long poll may.
func TestWhatTakesLongIsNoProbe(t *testing.T) {
	for name := range longCalls(slow{newChain(nil)}) {
		synctest.Test(t, func(t *testing.T) {
			c := newChain(nil)
			l := breaker.New(slow{c}, options)
			fail(t, l, c, failures)
			wait()
			done := make(chan error)
			go func() { done <- longCalls(l)[name](t.Context()) }()
			synctest.Wait()
			if _, err := l.Get(t.Context(), driver.Ref{Key: "k"}); err != nil {
				t.Errorf("a read beside %s: %v", name, err)
			}
			if err := <-done; err != nil {
				t.Errorf("%s: %v", name, err)
			}
			fail(t, l, c, failures)
			wait()
			c.answer = coded(driver.Unavailable)
			if err := longCalls(l)[name](t.Context()); driver.CodeOf(err) != driver.Unavailable {
				t.Errorf("%s of a chain that is not back: %v", name, err)
			}
			state(t, l, breaker.Open)
		})
	}
}

type pending struct{ *chain }

func (p pending) Append(context.Context, *driver.Write) (*driver.Receipt, error) {
	return &driver.Receipt{State: driver.Pending}, nil
}

func (p pending) Receipt(context.Context, string) (*driver.Receipt, error) {
	return &driver.Receipt{State: driver.Pending}, nil
}

func TestAPendingReceiptSaysNothingOfTheChain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newChain(nil)
		l := breaker.New(pending{c}, options)
		_, _ = l.Append(t.Context(), &driver.Write{Key: "k"})
		_, _ = l.Receipt(t.Context(), "tx")
		if got := l.Status(); got.Successes != 0 || got.Failures != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// A chain that is down for a day is probed thousands of times, and is two lines in the log.
func TestTheLogSaysEachChangeOnceAndEveryStateIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var text bytes.Buffer
		var told []string
		o := options
		o.Log = slog.New(slog.NewTextHandler(&text, nil))
		o.Changed = func(before, state string) { told = append(told, before+">"+state) }
		c := newChain(nil)
		l := breaker.New(c, o)
		fail(t, l, c, failures+5)
		for range 3 {
			wait()
			fail(t, l, c, 5)
		}
		wait()
		_, _ = l.Head(t.Context())
		_, _ = l.Head(t.Context())
		lines := strings.Split(strings.TrimSpace(text.String()), "\n")
		if len(lines) != 2 || !strings.Contains(lines[0], "failures=3") || !strings.Contains(lines[1], "after=8") {
			t.Errorf("%s", text.String())
		}
		want := ">closed closed>open open>half-open half-open>open open>half-open half-open>open open>half-open half-open>open open>half-open half-open>closed"
		if got := strings.Join(told, " "); got != want {
			t.Errorf("told %s, want %s", got, want)
		}
	})
}

func TestAPanicIsAFailureAndGoesOn(t *testing.T) {
	l := breaker.New(probe.Ledger(func(context.Context) error { panic("a driver's fault") }), options)
	defer func() {
		if recover() == nil {
			t.Error("the panic was swallowed")
		}
		if got := l.Status().Failures; got != 1 {
			t.Errorf("%d failures, want 1", got)
		}
	}()
	_, _ = l.Head(t.Context())
}

// The answer of an open breaker takes nanoseconds; 5 ms are promised.
func BenchmarkOpen(b *testing.B) {
	c := newChain(coded(driver.Unavailable))
	l := breaker.New(c, breaker.Options{Failures: 1, Window: time.Hour, Rest: time.Hour})
	_, _ = l.Head(b.Context())
	for b.Loop() {
		if _, err := l.Head(b.Context()); !errors.Is(err, breaker.ErrOpen) {
			b.Fatal(err)
		}
	}
	if each := b.Elapsed() / time.Duration(b.N); each > 5*time.Millisecond {
		b.Errorf("%s an answer", each)
	}
}

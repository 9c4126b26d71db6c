package bulkhead_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ftagateway/ftagateway/adapters/bulkhead"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/probe"
)

const wait = time.Second

// block is a chain that holds every call until the gate is closed or the caller goes.
func block(gate <-chan struct{}) probe.Ledger {
	return func(ctx context.Context) error {
		select {
		case <-gate:
			return nil
		case <-ctx.Done():
			return driver.FromContext(ctx)
		}
	}
}

func TestAFullBulkheadIsResourceExhaustedAfterItsWait(t *testing.T) {
	for name := range probe.Calls(block(nil), 0) {
		synctest.Test(t, func(t *testing.T) {
			gate := make(chan struct{})
			l := bulkhead.New(block(gate), 1, wait)
			go func() { _, _ = l.Head(t.Context()) }()
			synctest.Wait()
			began := time.Now()
			err := probe.Calls(l, 0)[name](t.Context())
			var full *driver.Error
			if !errors.As(err, &full) || full.Code != driver.ResourceExhausted || full.RetryAfter != wait {
				t.Errorf("%s: %v, want resource-exhausted with a time to try again", name, err)
			}
			if took := time.Since(began); took != wait {
				t.Errorf("%s waited %s for a place, want %s", name, took, wait)
			}
			close(gate)
		})
	}
}

func TestEveryCallGivesItsPlaceBack(t *testing.T) {
	failing := probe.Ledger(func(context.Context) error { return driver.Errorf(driver.Unavailable, "down") })
	l := bulkhead.New(failing, 1, wait)
	for _, long := range []time.Duration{0, time.Minute} {
		for name, call := range probe.Calls(l, long) {
			for range 2 {
				if code := driver.CodeOf(call(t.Context())); code != driver.Unavailable {
					t.Errorf("%s: code %q, want the chain's own unavailable", name, code)
				}
			}
		}
	}
}

func TestAWaitingCallerGetsThePlaceThatIsFreed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		l := bulkhead.New(block(gate), 1, wait)
		done := make(chan error, 2)
		for range 2 {
			go func() { _, err := l.Head(t.Context()); done <- err }()
		}
		synctest.Wait()
		close(gate)
		if err := errors.Join(<-done, <-done); err != nil {
			t.Errorf("both calls should have got through: %v", err)
		}
	})
}

func TestACallerWhoGoesAwayWhileWaitingIsCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		defer close(gate)
		l := bulkhead.New(block(gate), 1, wait)
		go func() { _, _ = l.Head(t.Context()) }()
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(wait/2, cancel)
		if _, err := l.Head(ctx); driver.CodeOf(err) != driver.Canceled {
			t.Errorf("%v, want canceled", err)
		}
	})
}

func TestLongPollsTakeNoPlaceOfReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		polls := make(chan struct{})
		open := probe.Ledger(func(ctx context.Context) error {
			if ctx.Value(poll{}) != nil {
				<-polls
			}
			return nil
		})
		l := bulkhead.New(open, 1, wait)
		go func() { _, _ = l.Changes(context.WithValue(t.Context(), poll{}, true), "", 0, time.Minute) }()
		synctest.Wait()
		if _, err := l.Get(t.Context(), driver.Ref{Key: "k"}); err != nil {
			t.Errorf("a read beside a long poll: %v", err)
		}
		if _, err := l.Changes(t.Context(), "", 0, time.Minute); driver.CodeOf(err) != driver.ResourceExhausted {
			t.Errorf("a second long poll: %v, want resource-exhausted", err)
		}
		close(polls)
	})
}

type poll struct{}

func TestNoMoreThanItsPlacesAreInside(t *testing.T) {
	const places, callers = 3, 50
	var inside, most atomic.Int64
	l := bulkhead.New(probe.Ledger(func(context.Context) error {
		n := inside.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		inside.Add(-1)
		return nil
	}), places, time.Minute)
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for name, call := range probe.Calls(l, 0) {
				if err := call(t.Context()); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	}
	all.Wait()
	if most.Load() > places {
		t.Errorf("%d calls at once, want at most %d", most.Load(), places)
	}
}

package gateway_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
)

// flap is a driver that can fail while it is in use, and counts what it is asked.
type flap struct {
	driver.Ledger
	state            atomic.Int32
	asked            atomic.Int64 // calls of Changes and Head
	waiting, mostest atomic.Int64 // calls of Changes that wait: now, and the most at once
	older            atomic.Int64 // nanoseconds by which the entries that are shown are older than they are
}

// What a flapping ledger does.
const (
	well int32 = iota
	refusing
	swallowing // questions: they are never answered
)

func (f *flap) fail(ctx context.Context) error {
	f.asked.Add(1)
	switch f.state.Load() {
	case refusing:
		return driver.Errorf(driver.Unavailable, "down")
	case swallowing:
		<-ctx.Done()
		return driver.FromContext(ctx)
	}
	return nil
}

func (f *flap) Head(ctx context.Context) (driver.Head, error) {
	if err := f.fail(ctx); err != nil {
		return driver.Head{}, err
	}
	return f.Ledger.Head(ctx)
}

func (f *flap) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	if wait > 0 {
		f.mostest.Store(max(f.mostest.Load(), f.waiting.Add(1)))
		defer f.waiting.Add(-1)
	}
	if err := f.fail(ctx); err != nil {
		return nil, err
	}
	b, err := f.Ledger.Changes(ctx, after, limit, wait)
	if err == nil {
		err = f.fail(ctx) // it went down while it was asked
	}
	if err != nil {
		return nil, err
	}
	for _, e := range b.Entries {
		e.Time = e.Time.Add(-time.Duration(f.older.Load()))
	}
	return b, nil
}

// flapping is a world whose trade ledger flaps.
func flapping(t testing.TB) (*gatewaytest.World, *flap) { return flappingWithin(t, adapters.Limits{}) }

func flappingWithin(t testing.TB, limits adapters.Limits) (*gatewaytest.World, *flap) {
	return flappingIn(t, gatewaytest.Options{Limits: limits})
}

func flappingIn(t testing.TB, o gatewaytest.Options) (*gatewaytest.World, *flap) {
	f := &flap{}
	o.Wrap = func(slug string, chain driver.Ledger) driver.Ledger {
		if slug != "trade" {
			return chain
		}
		f.Ledger = chain
		return f
	}
	return gatewaytest.New(t, o), f
}

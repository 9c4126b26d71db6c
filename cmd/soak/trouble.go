package main

import (
	"context"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/conformance/wire"
)

// When gateway and node are killed, as shares of the load's time. The gateway lives through what is compared of its memory.
var (
	gatewayDies = []float64{0.04, 0.09, 0.14}
	nodeDies    = []float64{0.30, 0.50, 0.70}
)

// flap breaks the wire in every way in turn, and mends it in between, until ctx ends.
func (s *stage) flap(ctx context.Context, each time.Duration) error {
	all := wire.Faults()
	for n := 0; wait(ctx, each); n++ {
		if err := s.wire.Break(all[n%len(all)]); err != nil {
			return err
		}
		whole := wait(ctx, each)
		if err := s.wire.Mend(); err != nil || !whole {
			return err
		}
	}
	return nil
}

// kills kills a process at each of the times, and starts it again.
func (s *stage) kills(ctx context.Context, p *process, at []time.Duration, count func()) error {
	began := time.Now()
	for _, t := range at {
		if !wait(ctx, t-time.Since(began)) {
			return nil
		}
		count()
		err := errors.Join(p.kill(), p.again(ctx, &struct{}{}))
		count()
		if err != nil {
			return err
		}
	}
	return nil
}

// times are shares of a length.
func times(shares []float64, of time.Duration) (all []time.Duration) {
	for _, share := range shares {
		all = append(all, time.Duration(share*float64(of)))
	}
	return all
}

// wait waits, and answers false where ctx ends before.
func wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

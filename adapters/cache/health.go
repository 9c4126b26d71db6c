package cache

import (
	"context"
	"time"
)

// Health is how a cache does. The State is zero where the store does not say, or nobody follows.
type Health struct {
	Live         bool // newest versions are answered from it now
	State        State
	Age          time.Duration // of the chain's last word; zero where there is none
	Hits, Misses uint64        // as the metrics count them
}

// Health answers how the cache does.
func (l *Ledger) Health(ctx context.Context) Health {
	ctx, cancel := l.patience(ctx)
	defer cancel()
	h := Health{Hits: l.o.Metrics.Hits.Value(), Misses: l.o.Metrics.Misses.Value()}
	s, err := l.store.State(ctx)
	if err != nil {
		return h
	}
	h.State, h.Live = s, l.live(s)
	if !s.At.IsZero() {
		h.Age = max(0, l.o.Now().Sub(s.At))
	}
	return h
}

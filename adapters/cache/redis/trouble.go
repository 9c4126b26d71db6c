package redis

import (
	"errors"
	"log/slog"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/sony/gobreaker/v2"
)

// trouble counts what goes wrong with Redis, and says each kind once in the log.
type trouble struct {
	log      *slog.Logger
	failures *prometheus.CounterVec
	refused  prometheus.Counter
	lied     sync.Once
	skewed   sync.Once

	mu   sync.Mutex
	last failure
	sick int // ledgers for which Redis failed and has not answered since
}

func newTrouble(log *slog.Logger, reg prometheus.Registerer) *trouble {
	t := &trouble{
		log: log,
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "fta_cache_redis_failures_total", Help: "Calls of the shared Redis that failed, by why.",
		}, []string{"why"}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "fta_cache_redis_refused_total", Help: "Values from the shared Redis that no gateway had put there so, or that were old.",
		}),
	}
	if reg != nil {
		reg.MustRegister(t.failures, t.refused)
	}
	return t
}

// seen counts a failure. A caller who went away is none.
func (t *trouble) seen(err error) error {
	var why failure
	if errors.As(err, &why) && why != left {
		t.failures.WithLabelValues(string(why)).Inc()
		t.mu.Lock()
		t.last = why
		t.mu.Unlock()
	}
	return err
}

// broken says that Redis is left alone, and why, and that it is asked again: once, however many ledgers stand in it, and
// however often it was tried between.
func (t *trouble) broken(from, to gobreaker.State) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case from == gobreaker.StateClosed:
		if t.sick++; t.sick == 1 {
			t.log.Warn("the shared Redis does not answer as it should, and is left alone for a while: ledgers are asked every time", "why", string(t.last))
		}
	case to == gobreaker.StateClosed:
		if t.sick--; t.sick == 0 {
			t.log.Info("the shared Redis answers again")
		}
	}
}

// lie counts a value that cannot be what a gateway put there.
func (t *trouble) lie(what string) {
	t.refused.Inc()
	t.lied.Do(func() {
		t.log.Warn("the shared Redis answers what no gateway with this key put there; it is not used, and counted from here on", "what", what)
	})
}

// skew says that clocks differ too much to tell an old state from a new one.
func (t *trouble) skew() {
	t.refused.Inc()
	t.skewed.Do(func() {
		t.log.Warn("the clocks of this gateway, of the one that follows and of Redis differ by more than a minute, or Redis gives back old states: nothing is answered from it meanwhile")
	})
}

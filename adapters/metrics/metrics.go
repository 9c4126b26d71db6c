// Package metrics counts and times the calls on ledgers, as their callers see them: outermost, so that what a cache
// answers, what waits for a place and what is checked is all in.
package metrics

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/refusal"
)

// Calls holds the metrics of all ledgers that share a registry.
//
//	fta_ledger_calls_total{ledger,method,code}
//	fta_ledger_call_duration_seconds{ledger,method}
//	fta_ledger_calls_in_flight{ledger}
//	fta_ledger_refusals_total{ledger,by}
//	fta_ledger_retries_total{ledger,method}
//	fta_ledger_shared_total{ledger,method}
//	fta_ledger_breaker_state{ledger}
//	fta_ledger_breaker_openings_total{ledger}
//
// The code is that of driver.Error, or "ok". By is who refused a call without asking the chain: breaker, bulkhead or rate.
// The last four are of the questions to the chain, and told by whoever makes, shares or stops them.
type Calls struct {
	total    *prometheus.CounterVec
	duration *prometheus.HistogramVec
	inFlight *prometheus.GaugeVec
	questions
}

// New makes the metrics known to reg, once: a second call with the same registry counts on in the same metrics. A nil
// reg counts where nobody looks.
func New(reg prometheus.Registerer) (*Calls, error) {
	c := &Calls{
		total: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "fta_ledger_calls_total",
			Help: "Calls on a ledger by their result.",
		}, []string{"ledger", "method", "code"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "fta_ledger_call_duration_seconds",
			Help:    "How long calls on a ledger took, with translation and checks.",
			Buckets: prometheus.ExponentialBuckets(0.0001, 2.5, 14), // 0.1 ms to about 15 s
		}, []string{"ledger", "method"}),
		inFlight: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "fta_ledger_calls_in_flight",
			Help: "Calls on a ledger that have not returned yet.",
		}, []string{"ledger"}),
		questions: newQuestions(),
	}
	if reg == nil {
		return c, nil
	}
	return c, errors.Join(share(reg, &c.total), share(reg, &c.duration), share(reg, &c.inFlight), c.questions.share(reg))
}

// share registers a collector, or takes the equal one that the registry already has.
func share[C prometheus.Collector](reg prometheus.Registerer, c *C) error {
	err := reg.Register(*c)
	var there prometheus.AlreadyRegisteredError
	if !errors.As(err, &there) {
		return err
	}
	*c = there.ExistingCollector.(C)
	return nil
}

// Ledger is the metrics of one ledger. Safe for concurrent use.
type Ledger struct {
	calls    *Calls
	slug     string
	inFlight prometheus.Gauge
	methods  sync.Map // of each method, what nearly every call of it counts in
}

type method struct {
	duration prometheus.Observer
	ok       prometheus.Counter
}

func (l *Ledger) method(name string) method {
	if m, ok := l.methods.Load(name); ok {
		return m.(method)
	}
	m := method{l.calls.duration.WithLabelValues(l.slug, name), l.calls.total.WithLabelValues(l.slug, name, code(nil))}
	l.methods.Store(name, m)
	return m
}

// Ledger gives the metrics of the ledger that the configuration names slug.
func (c *Calls) Ledger(slug string) *Ledger {
	return &Ledger{calls: c, slug: slug, inFlight: c.inFlight.WithLabelValues(slug)}
}

// Around counts and times work, and answers its error. The time that a call was asked to wait counts too.
func (l *Ledger) Around(
	ctx context.Context, method string, _ time.Duration, work func(context.Context) error,
) error {
	began := time.Now()
	l.inFlight.Inc()
	defer l.inFlight.Dec()
	err := work(ctx)
	counted := l.method(method)
	counted.duration.Observe(time.Since(began).Seconds())
	if err == nil {
		counted.ok.Inc()
		return nil
	}
	l.calls.total.WithLabelValues(l.slug, method, code(err)).Inc()
	if c, ours := refusal.Of(err); ours {
		l.calls.refusals.WithLabelValues(l.slug, c.By).Inc()
	}
	return err
}

func code(err error) string {
	if err == nil {
		return "ok"
	}
	return string(driver.CodeOf(err))
}

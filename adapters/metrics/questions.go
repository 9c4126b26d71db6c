package metrics

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// questions are the metrics of what stands between calls and the chain.
type questions struct {
	refusals, retries, shared, openings *prometheus.CounterVec
	breaker                             *prometheus.GaugeVec
}

func newQuestions() questions {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, append([]string{"ledger"}, labels...))
	}
	return questions{
		refusals: counter("fta_ledger_refusals_total", "Calls that were refused without asking the ledger, by what refused them.", "by"),
		retries:  counter("fta_ledger_retries_total", "Questions to a ledger that were asked again after a failure.", "method"),
		shared:   counter("fta_ledger_shared_total", "Calls that shared the question of another call.", "method"),
		openings: counter("fta_ledger_breaker_openings_total", "How often the breaker before a ledger that was well opened."),
		breaker: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "fta_ledger_breaker_state",
			Help: "The breaker before a ledger: 0 closed, 1 half-open, 2 open.",
		}, []string{"ledger"}),
	}
}

func (q *questions) share(reg prometheus.Registerer) error {
	return errors.Join(share(reg, &q.refusals), share(reg, &q.retries), share(reg, &q.shared), share(reg, &q.openings), share(reg, &q.breaker))
}

// Retried counts a question that is asked again.
func (l *Ledger) Retried(method string) { l.calls.retries.WithLabelValues(l.slug, method).Inc() }

// Shared counts a call that shares the question of another.
func (l *Ledger) Shared(method string) { l.calls.shared.WithLabelValues(l.slug, method).Inc() }

// breakerStates are the states of a breaker as numbers, so that a graph shows more the worse it is.
var breakerStates = map[string]float64{"closed": 0, "half-open": 1, "open": 2}

// Breaker notes how the breaker stands that was in another state before; the empty state is before its first.
func (l *Ledger) Breaker(before, state string) {
	l.calls.breaker.WithLabelValues(l.slug).Set(breakerStates[state])
	if before == "closed" {
		l.calls.openings.WithLabelValues(l.slug).Inc()
	}
}

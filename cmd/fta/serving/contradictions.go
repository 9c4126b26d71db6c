package serving

import (
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/ftagateway/ftagateway/gateway/witness"
)

// contradictions tells how often ledgers contradicted what was seen on them, as the witness log counts it: a fact is counted
// once, and a process that is started anew goes on counting where the one before ended.
type contradictions struct {
	log *witness.Log

	mu      sync.Mutex
	ledgers map[string]bool // that were ever served
}

var contradictionsTotal = prometheus.NewDesc("fta_ledger_contradictions_total",
	"Facts by which a ledger contradicts what was seen on it before, each counted once.", []string{"ledger", "kind"}, nil)

func newContradictions(log *witness.Log) *contradictions {
	return &contradictions{log: log, ledgers: map[string]bool{}}
}

// of tells them of a ledger from now on: 0 too, without which nobody sees that there is one more than none.
func (c *contradictions) of(slug string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ledgers[slug] = true
}

// Describe tells the metric.
func (c *contradictions) Describe(to chan<- *prometheus.Desc) { to <- contradictionsTotal }

// Collect reads the counts.
func (c *contradictions) Collect(to chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for slug := range c.ledgers {
		for _, kind := range witness.Kinds() {
			n, err := c.log.Contradictions(slug, kind)
			if err != nil {
				to <- prometheus.NewInvalidMetric(contradictionsTotal, err)
				continue
			}
			to <- prometheus.MustNewConstMetric(contradictionsTotal, prometheus.CounterValue, float64(n), slug, string(kind))
		}
	}
}

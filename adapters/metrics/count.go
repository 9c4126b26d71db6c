package metrics

import (
	"sync"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
)

// Count is a counter that its own program reads too. The zero Count is ready. Safe for concurrent use.
type Count struct{ n atomic.Uint64 }

// Inc adds one.
func (c *Count) Inc() { c.n.Add(1) }

// Value is what was counted.
func (c *Count) Value() uint64 { return c.n.Load() }

// counts tells the Counts of one metric, by the values of its two labels.
type counts struct {
	desc *prometheus.Desc
	mu   sync.Mutex
	by   map[[2]string]*Count
}

func newCounts(name, help string, labels [2]string) *counts {
	return &counts{desc: prometheus.NewDesc(name, help, labels[:], nil), by: map[[2]string]*Count{}}
}

// of is the Count with these values of the labels: always the same one.
func (c *counts) of(first, second string) *Count {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := [2]string{first, second}
	if c.by[key] == nil {
		c.by[key] = &Count{}
	}
	return c.by[key]
}

// Describe tells the metric.
func (c *counts) Describe(to chan<- *prometheus.Desc) { to <- c.desc }

// Collect tells every Count.
func (c *counts) Collect(to chan<- prometheus.Metric) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for values, n := range c.by {
		to <- prometheus.MustNewConstMetric(c.desc, prometheus.CounterValue, float64(n.Value()), values[:]...)
	}
}

package metrics

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// Caches holds the metrics of the caches of all ledgers that share a registry.
//
//	fta_ledger_cache_reads_total{ledger,from}
//	fta_ledger_cache_followed_timestamp_seconds{ledger}
//	fta_ledger_cache_followed_height{ledger}
//
// from is "cache" or "ledger". The timestamp is of the ledger's last word: its age is time() less that.
type Caches struct {
	reads  *counts
	heard  *prometheus.GaugeVec
	height *prometheus.GaugeVec
}

// NewCaches makes the metrics known to reg, as New does.
func NewCaches(reg prometheus.Registerer) (*Caches, error) {
	c := &Caches{
		reads: newCounts("fta_ledger_cache_reads_total", "Reads of final versions by what answered them.", [2]string{"ledger", "from"}),
		heard: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "fta_ledger_cache_followed_timestamp_seconds",
			Help: "When the ledger last said that there was nothing newer than what was applied.",
		}, []string{"ledger"}),
		height: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "fta_ledger_cache_followed_height",
			Help: "The final block up to which every change was applied.",
		}, []string{"ledger"}),
	}
	if reg == nil {
		return c, nil
	}
	return c, errors.Join(share(reg, &c.reads), share(reg, &c.heard), share(reg, &c.height))
}

// Cache is the metrics of one ledger's cache.
type Cache struct {
	Hits, Misses  *Count // since the process started, also where the ledger was opened anew
	Heard, Height prometheus.Gauge
}

// Ledger gives the metrics of the cache of the ledger that the configuration names slug.
func (c *Caches) Ledger(slug string) *Cache {
	return &Cache{
		Hits: c.reads.of(slug, "cache"), Misses: c.reads.of(slug, "ledger"),
		Heard: c.heard.WithLabelValues(slug), Height: c.height.WithLabelValues(slug),
	}
}

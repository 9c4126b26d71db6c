package adapters

import (
	"context"
	"encoding/hex"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/metrics"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust"
)

// Terms are what a reader asks of answers that do not come from the ledger itself.
type Terms = cache.Terms

// WithTerms has Read, and whatever else asks the ledger, answer on these terms.
func WithTerms(ctx context.Context, t Terms) context.Context { return cache.WithTerms(ctx, t) }

// ErrNotCached is the cause of an error where OnlyIfCached was asked for and nothing fits.
var ErrNotCached = cache.ErrNotCached

// SeenOf answers up to where the ledger had been followed when a NotFound was answered from the cache; nil where the
// ledger itself was asked.
func SeenOf(err error) *driver.Seen { return cache.SeenOf(err) }

// Cached is how a ledger's cache does.
type Cached = cache.Health

// Cached answers how the ledger's cache does. It is false where the ledger is asked every time.
func (l *Ledger) Cached(ctx context.Context) (Cached, bool) {
	if l.cached == nil {
		return Cached{}, false
	}
	return l.cached.Health(ctx), true
}

// remember puts the cache on a chain, where the configuration asks for one.
func (l *Ledger) remember(chain driver.Ledger, e Env) error {
	l.chain = chain
	if l.config.MaxAge == 0 {
		return nil
	}
	counted, err := metrics.NewCaches(e.Metrics)
	if err != nil {
		return fmt.Errorf("ledger %s: metrics: %w", l.config.Slug, err)
	}
	l.cached = cache.New(chain, e.Newest(storeName(l.config)), cache.Options{
		Bound: l.config.MaxAge, Now: e.Now, Log: e.Log.With("ledger", l.config.Slug), Metrics: counted.Ledger(l.config.Slug),
	})
	l.chain = l.cached
	return nil
}

// storeName stands for how a ledger is reached and read: what was kept of it otherwise is not read.
func storeName(c Config) string {
	sum := ld.Sum([]byte(c.URL + "|" + c.Mapping.Digest().String()))
	return c.Slug + "-" + hex.EncodeToString(sum[:8])
}

// Asking has the ledger asked, whatever is cached.
func Asking(ctx context.Context) context.Context {
	t := cache.TermsOf(ctx)
	t.NoCache = true
	return cache.WithTerms(ctx, t)
}

// doubtful reports whether a cached answer fails a check, so that the ledger has to be asked before it is held against it.
func (r *Reading) doubtful() bool {
	if r.Entry.Seen == nil {
		return false
	}
	for _, c := range append(r.Checks[:len(r.Checks):len(r.Checks)], r.Link) {
		if c.Outcome == trust.Invalid {
			return true
		}
	}
	return false
}

package adapters

import (
	"context"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/adapters/breaker"
	"github.com/ftagateway/ftagateway/adapters/budget"
	"github.com/ftagateway/ftagateway/adapters/bulkhead"
	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/deadline"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/discretion"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/flight"
	"github.com/ftagateway/ftagateway/adapters/health"
	"github.com/ftagateway/ftagateway/adapters/metrics"
	"github.com/ftagateway/ftagateway/adapters/rate"
	"github.com/ftagateway/ftagateway/adapters/retry"
	"github.com/ftagateway/ftagateway/adapters/tracing"
	"github.com/ftagateway/ftagateway/ld"
)

// Ledger is one ledger as the gateway sees it. It is safe for concurrent use. Every method that does I/O ends within
// the budget, and answers its failures as *driver.Error.
type Ledger struct {
	config Config
	checks *Checks
	noted  around        // spans and metrics
	outer  around        // what stands above translation, they among it
	chain  driver.Ledger // what stands below it
	cached *cache.Ledger // what is right below it; nil where the ledger is asked every time
	broken *breaker.Ledger
	places *bulkhead.Ledger
	health *health.Ledger
	last   *disclosure.Ledger
	trust  trustEpoch
	under  ld.Digest // what bodies are read by
}

// New builds a Ledger on a driver that is open already; Close closes the driver. An error is for a configuration that
// can never work, and leaves the driver open.
//
// The order, outermost first: spans, metrics, budget, translation and local checks (the Ledger itself), cache, single
// flight, retry, breaker, bulkhead, attempt deadline, rate limit, health, disclosure, discretion where the mapping derives,
// spans, driver.
func New(chain driver.Ledger, c Config, e Env) (*Ledger, error) {
	c, e, err := complete(c, e)
	if err != nil {
		return nil, err
	}
	calls, err := metrics.New(e.Metrics)
	if err != nil {
		return nil, fmt.Errorf("ledger %s: metrics: %w", c.Slug, err)
	}
	counted, spans, log := calls.Ledger(c.Slug), tracing.New(e.Traces, c.Slug), e.Log.With("ledger", c.Slug)
	l := &Ledger{config: c, checks: e.Cache, trust: epochOf(c.Anchors), under: under(c)}

	chain = spans.Driver(chain)
	if c.Mapping.Derives() {
		chain = discretion.New(chain) // the keys are the ledger's own
	}
	if l.last, err = disclosure.New(chain, c.disclosure()); err != nil {
		return nil, fmt.Errorf("ledger %s: %w", c.Slug, err)
	}
	l.health = health.New(l.last, e.Now, log)
	chain = rate.New(l.health, c.Limits.Rate, c.Limits.Burst)
	chain = deadline.New(chain, c.Limits.Attempt)
	l.places = bulkhead.New(chain, c.Limits.Concurrency, c.Limits.Attempt)
	l.broken = breaker.New(l.places, c.Limits.breaker(log, counted.Breaker))
	chain = retry.New(l.broken, retry.Options{Tries: c.Limits.Tries, Attempt: c.Limits.Attempt, Again: counted.Retried})
	chain = flight.New(chain, counted.Shared)

	l.noted = outside(spans.Around, counted.Around)
	l.outer = outside(l.noted, budget.Budget(c.Limits.Budget).Around)
	return l, l.remember(chain, e)
}

// under names what bodies are read by. What is derived of the same bytes on two ledgers differs by their secrets, and
// each has to keep its own way back from ids to keys; so ledgers that share a cache must not share a slug.
func under(c Config) ld.Digest {
	mapping := c.Mapping.Digest()
	if !c.Mapping.Derives() {
		return mapping
	}
	return ld.Sum([]byte(c.Slug + "|" + mapping.String()))
}

// Derives reports whether the ledger has no records of ours, so that what it shows is derived and it is read only.
func (l *Ledger) Derives() bool { return l.config.Mapping.Derives() }

// Gives is the type of the documents that are derived, or Record.
func (l *Ledger) Gives() string { return l.config.Mapping.Gives() }

// Open opens the chain that the configuration names, with the driver registered for its URL scheme, and builds a Ledger
// on it. A chain that cannot be reached now is opened all the same. The caller closes the Ledger.
func Open(ctx context.Context, c Config, e Env) (*Ledger, error) {
	chain, err := OpenDriver(ctx, c, e)
	if err != nil {
		return nil, err
	}
	l, err := New(chain, c, e)
	if err != nil {
		_ = chain.Close()
		return nil, err
	}
	return l, nil
}

// OpenDriver opens the chain that the configuration names and nothing above it, for who builds more than one Ledger on it,
// one after another. The caller closes it.
func OpenDriver(ctx context.Context, c Config, e Env) (driver.Ledger, error) {
	c, e, err := complete(c, e)
	if err != nil {
		return nil, err
	}
	chain, err := driver.Open(ctx, c.URL, driver.Env{
		Native: c.Mapping.Native(), Store: e.Store, Signer: e.Signer, HTTP: e.HTTP, Log: e.Log.With("ledger", c.Slug), Now: e.Now,
	})
	if err != nil {
		return nil, fmt.Errorf("ledger %s: %w", c.Slug, err)
	}
	return chain, nil
}

// around is one idea around a whole call: it runs work, inside whatever it does before and after. wait is how long the
// caller asked the call to wait for news.
type around func(ctx context.Context, method string, wait time.Duration, work func(context.Context) error) error

func outside(outer, inner around) around {
	return func(ctx context.Context, method string, wait time.Duration, work func(context.Context) error) error {
		return outer(ctx, method, wait, func(ctx context.Context) error { return inner(ctx, method, wait, work) })
	}
}

// call runs the work of one method inside what stands above translation.
func call[T any](
	ctx context.Context, l *Ledger, method string, wait time.Duration, work func(context.Context) (T, error),
) (T, error) {
	var answer T
	err := l.outer(ctx, method, wait, func(ctx context.Context) (err error) {
		answer, err = work(ctx)
		return err
	})
	if err != nil {
		var none T
		return none, err
	}
	return answer, nil
}

// Close closes the driver. Calls under way end with Canceled, and so do later ones.
func (l *Ledger) Close() error { return l.chain.Close() }

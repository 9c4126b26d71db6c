package gateway

import (
	"context"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Freshness is what a caller asks of answers that a ledger is not asked for anew. The zero Freshness takes whatever the
// cache of a ledger vouches for. Where no ledger is to be asked and not everything that is answered fits, it is a Problem NotCached.
type Freshness = adapters.Terms

// The finalities that a caller may ask for.
const (
	Final  = "final"
	Latest = "latest"
)

// begun gives a request its time, and tells the ledgers on which terms it is answered. The caller ends it.
func (g *Gateway) begun(ctx context.Context, o Options) (context.Context, context.CancelFunc) {
	return g.whole(o.onTerms(ctx))
}

// onTerms tells the ledgers on which terms a request is answered.
func (o Options) onTerms(ctx context.Context) context.Context {
	if o.Fresh != (Freshness{}) {
		ctx = adapters.WithTerms(ctx, o.Fresh)
	}
	switch o.Finality {
	case Final:
		ctx = adapters.WithFinality(ctx, driver.Final)
	case Latest:
		ctx = adapters.WithFinality(ctx, driver.Latest)
	}
	return ctx
}

// documents reports whether documents are to be fetched: their servers are not asked either where no ledger is.
func (o Options) documents() bool { return o.Documents && !o.Fresh.OnlyIfCached }

// notCached names the ledgers that were not to be asked and have nothing cached that fits.
func notCached[T any](answers []asked[T]) (slugs []string) {
	for _, a := range answers {
		if errors.Is(a.err, adapters.ErrNotCached) {
			slugs = append(slugs, a.Slug())
		}
	}
	return slugs
}

// confirmed is when a ledger last confirmed what its cache answered; zero where the ledger itself was asked.
func confirmed(seen *driver.Seen) time.Time {
	if seen == nil {
		return time.Time{}
	}
	return seen.At
}

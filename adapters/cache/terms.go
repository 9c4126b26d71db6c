package cache

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Terms are what a reader asks of an answer that does not come from the chain itself. The zero Terms take whatever the
// cache vouches for.
type Terms struct {
	// MaxAge is how old the last word of the chain may be that the answer rests on. Nil: as old as the cache's own bound.
	MaxAge *time.Duration
	// NoCache has the chain asked in any case. What it answers is kept as ever.
	NoCache bool
	// OnlyIfCached has the chain asked in no case: where nothing fits, the error is ErrNotCached.
	OnlyIfCached bool
}

// ErrNotCached is the cause of the driver.Error (Unavailable) of a read that was to be answered from the cache or not at
// all. Look for it with errors.Is.
var ErrNotCached = errors.New("nothing that fits is cached, and the ledger was not to be asked")

// WithTerms has the reads of ctx answered on these terms.
func WithTerms(ctx context.Context, t Terms) context.Context {
	return context.WithValue(ctx, termsKey{}, t)
}

// TermsOf answers the terms of ctx.
func TermsOf(ctx context.Context) Terms {
	t, _ := ctx.Value(termsKey{}).(Terms)
	return t
}

type termsKey struct{}

// Absent is why a cache answers NotFound: the chain was followed up to a block in which the key is not.
type Absent struct{ Seen driver.Seen }

// Error says up to which block it is absent.
func (a *Absent) Error() string {
	return "absent in every block up to " + strconv.FormatUint(a.Seen.Block.Height, 10)
}

// SeenOf answers up to where the chain had been followed when a cache answered with this error; nil where the chain
// itself was asked.
func SeenOf(err error) *driver.Seen {
	var a *Absent
	if !errors.As(err, &a) {
		return nil
	}
	seen := a.Seen
	return &seen
}

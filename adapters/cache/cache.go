package cache

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/metrics"
)

// Options say how a chain is cached.
type Options struct {
	// Bound is how old the chain's last word may be that what is served rests on. It must be above zero.
	Bound time.Duration
	// Wait is how long one call of the Store may take on the way of a read, which asks the chain then. Zero: 50 ms, and no
	// limit for a Memory.
	Wait time.Duration
	Now  func() time.Time // nil: time.Now
	Log  *slog.Logger     // nil: nowhere
	// Metrics is where the reads are counted, and the follower's progress is told. Nil: nowhere.
	Metrics *metrics.Cache
}

// Ledger is a chain whose final versions are answered from a Store, as long as its follower vouches for them. Get alone is
// answered so.
type Ledger struct {
	driver.Ledger
	store    Store
	o        Options
	follower *follower
	written  beyond // a node that lags behind it must not be the one that answers
	answered beyond // by the chain, for a key's newest: what is served after it must not be older
}

// New answers reads of inner from a store, and begins to follow its changes through inner. Close ends that and closes
// inner; the store stays open.
func New(inner driver.Ledger, store Store, o Options) *Ledger {
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	if _, here := store.(*memory); !here {
		o.Wait = cmp.Or(o.Wait, defaultWait)
	}
	if o.Metrics == nil {
		nowhere, _ := metrics.NewCaches(nil) // without a registry there is nothing that could fail
		o.Metrics = nowhere.Ledger("")
	}
	return &Ledger{Ledger: inner, store: store, o: o, follower: follow(inner, store, o)}
}

const defaultWait = 50 * time.Millisecond

// Close ends the follower, and closes inner.
func (l *Ledger) Close() error {
	l.follower.cancel()
	err := l.Ledger.Close()
	<-l.follower.ended
	return err
}

// Get answers a final version from the store, as a copy with Seen, or asks inner. An absence that the store knows of is
// NotFound because of an Absent.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if ref.Finality != driver.Final || ref.AtLeast > 0 || ref.Key == "" || l.follower.gone() {
		return l.uncached(ctx, ref)
	}
	found := l.look(ctx, ref)
	if found.known && l.fits(found.state, TermsOf(ctx)) {
		l.o.Metrics.Hits.Inc()
		return found.answer()
	}
	if err := askable(ctx); err != nil {
		return nil, err
	}
	l.o.Metrics.Misses.Inc()
	if ref.Version > 0 {
		return l.askVersion(ctx, ref, found.state)
	}
	return l.askNewest(ctx, ref, found.state)
}

// found is what the store says to a question, and how far the chain was followed when it did.
type found struct {
	known bool
	entry *driver.Entry // nil where its absence is known
	state State
}

func (f found) answer() (*driver.Entry, error) {
	if f.entry == nil {
		return nil, &driver.Error{Code: driver.NotFound, Err: &Absent{Seen: f.seen()}}
	}
	return given(f.entry, f.seen()), nil
}

func (f found) seen() driver.Seen { return driver.Seen{Block: f.state.Block, At: f.state.At} }

// look asks the store. One that fails knows nothing.
func (l *Ledger) look(ctx context.Context, ref driver.Ref) found {
	ctx, cancel := l.patience(ctx)
	defer cancel()
	if ref.Version == 0 {
		p, s, err := l.store.Newest(ctx, ref.Key)
		if err != nil {
			return found{}
		}
		before := l.written.hides(ref.Key, s.Block.Height, nil) || l.answered.hides(ref.Key, s.Block.Height, p.Entry)
		return found{p.Known && !before, p.Entry, s}
	}
	s, err := l.store.State(ctx)
	if err != nil || s.Epoch == 0 {
		return found{}
	}
	e, err := l.store.Version(ctx, s.ChainID, ref.Key, ref.Version)
	return found{err == nil && e != nil, e, s}
}

func (l *Ledger) patience(ctx context.Context) (context.Context, context.CancelFunc) {
	if l.o.Wait <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, l.o.Wait)
}

// fits reports whether what holds in a state may be served.
func (l *Ledger) fits(s State, t Terms) bool {
	if t.NoCache || !l.live(s) {
		return false
	}
	return t.MaxAge == nil || l.o.Now().Sub(s.At) <= *t.MaxAge
}

// live reports whether the follower's last word is younger than the bound. One that is of a time to come is of a clock
// that cannot be held against this one, but for the little by which the clocks of two machines differ.
func (l *Ledger) live(s State) bool {
	if s.Epoch == 0 || s.At.IsZero() {
		return false
	}
	age := l.o.Now().Sub(s.At)
	return age < l.o.Bound && age > -l.o.Bound/5
}

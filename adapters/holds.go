package adapters

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust"
)

// Basis is what a Reading that came from the cache was read from: the entry, and what the chain said of itself. Of the same
// basis the same Ledger reads the same, as far as its checks were determined then. It is read only.
type Basis struct {
	entry    *driver.Entry
	uri      string
	provable bool
}

// Basis is what it was read from.
func (r *Reading) Basis() *Basis { return &Basis{r.Entry, r.Ledger, r.provable} }

// Bytes answers about how much is kept with it.
func (b *Basis) Bytes() int {
	e := b.entry
	return len(e.Body) + len(e.Author.Evidence) + len(e.Author.ID) + len(e.Key) + len(e.Tx) + len(e.Cursor)
}

// Held is of which state of the ledger something holds, and when the ledger last confirmed that.
type Held struct {
	AsOf      trust.AsOf
	Confirmed time.Time
}

// Holds reports whether Read, asked for the newest version on the same terms, would answer from the cache, of the same
// basis. It counts as such a Read where it would. The chain is never asked, so that it returns at once.
func (l *Ledger) Holds(ctx context.Context, b *Basis) (Held, bool) {
	if l.cached == nil || l.finality(ctx) != driver.Final || !b.described(l.chain.Describe()) {
		return Held{}, false
	}
	seen, ok := l.cached.Holds(ctx, b.entry)
	if !ok {
		return Held{}, false
	}
	_ = l.noted(ctx, "Read", 0, done)
	return Held{asOf(b.uri, b.entry, &seen), seen.At}, true
}

// described reports whether the chain says of itself what it said then.
func (b *Basis) described(d driver.Description) bool {
	return d.URI == b.uri && d.Can(driver.AbilityProve) == b.provable
}

func done(context.Context) error { return nil }

package cache

import (
	"bytes"
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Holds reports whether Get, asked for the newest final version of e's key, would answer e from the store now, and up to
// where the chain was followed. It counts as such a Get where it would, and the chain is never asked. e is not kept.
func (l *Ledger) Holds(ctx context.Context, e *driver.Entry) (driver.Seen, bool) {
	if l.follower.gone() {
		return driver.Seen{}, false
	}
	found := l.look(ctx, driver.Ref{Key: e.Key})
	if !found.known || !l.fits(found.state, TermsOf(ctx)) || !same(found.entry, e) {
		return driver.Seen{}, false
	}
	l.o.Metrics.Hits.Inc()
	return found.seen(), true
}

// same reports whether two entries are equal in everything but Seen. No entry is an absence.
func same(a, b *driver.Entry) bool {
	return a != nil && a.Key == b.Key && a.Version == b.Version && a.Deleted == b.Deleted && a.Cursor == b.Cursor &&
		a.Contradiction == b.Contradiction && samePlace(a.Position, b.Position) && sameAuthor(a.Author, b.Author) &&
		bytes.Equal(a.Body, b.Body)
}

func samePlace(a, b driver.Position) bool {
	at := a.Time.Equal(b.Time)
	a.Time = b.Time
	return at && a == b
}

func sameAuthor(a, b driver.Author) bool {
	return a.Kind == b.Kind && a.ID == b.ID && bytes.Equal(a.Evidence, b.Evidence)
}

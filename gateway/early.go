package gateway

import (
	"context"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// early is what ledgers answer to a listing before it is their turn. The zero value is ready; whoever asks ends the context
// under which it asked, and waits.
type early struct {
	sync.WaitGroup
	by map[string]*earlyAnswer
}

type earlyAnswer struct {
	done  chan struct{} // closed when the rest is there
	batch *adapters.Batch
	err   error
}

// headStart is how long the first ledger of a page has for itself.
const headStart = 250 * time.Millisecond

// ask begins to ask ledgers for what comes next of them, those that are not asked already.
func (l *listing) ask(ctx context.Context, members ...Member) {
	if l.early.by == nil {
		l.early.by = map[string]*earlyAnswer{}
	}
	room := l.Limit - len(l.page.Records)
	for _, m := range members {
		if l.early.by[m.Slug()] != nil {
			continue
		}
		a, at := &earlyAnswer{done: make(chan struct{})}, l.at[m.Slug()]
		l.early.by[m.Slug()] = a
		l.early.Go(func() {
			defer close(a.done)
			a.batch, a.err = changes(ctx, m, at, room)
		})
	}
}

// soon reports whether a ledger answers within its head start.
func (a *early) soon(slug string) bool {
	timer := time.NewTimer(headStart)
	defer timer.Stop()
	select {
	case <-a.by[slug].done:
		return true
	case <-timer.C:
		return false
	}
}

// next is what comes next of a ledger whose turn it is. What was asked ahead is used once, and only where it fits: the page
// may have less room than it had then.
func (l *listing) next(ctx context.Context, m Member) (*adapters.Batch, error) {
	room := l.Limit - len(l.page.Records)
	if a := l.early.by[m.Slug()]; a != nil && a != spent {
		l.early.by[m.Slug()] = spent
		<-a.done
		if a.err != nil || len(a.batch.Readings) <= room {
			return a.batch, a.err
		}
	}
	return changes(ctx, m, l.at[m.Slug()], room)
}

func changes(ctx context.Context, m Member, after driver.Cursor, most int) (*adapters.Batch, error) {
	return until(ctx, func(ctx context.Context) (*adapters.Batch, error) { return m.Changes(ctx, after, most, 0) })
}

// spent stands in the place of an answer that was used.
var spent = &earlyAnswer{}

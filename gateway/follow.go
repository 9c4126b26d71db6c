package gateway

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// The pace of following one ledger.
const (
	followWait = 10 * time.Second // beside the budget: how soon a ledger that swallows questions is found out
	firstPause = 250 * time.Millisecond
	lastPause  = 5 * time.Second
)

// follower is told how a ledger goes on.
type follower interface {
	begun(at driver.Cursor)                           // the ledger stands here: what comes after is news
	moved(after driver.Cursor, batch *adapters.Batch) // these came after a place; none may have
	failed(err error)                                 // it cannot be followed now
}

// followLedger follows one ledger from where it stands until ctx ends. It is the one who asks a ledger for news, however many
// wait for them.
func followLedger(ctx context.Context, m Member, f follower) {
	at, pause := (*driver.Cursor)(nil), firstPause
	for ctx.Err() == nil {
		next, err := news(ctx, m, at, f)
		if err == nil {
			at, pause = &next, firstPause
			continue
		}
		if driver.CodeOf(err) == driver.CursorInvalid {
			at = nil // it was begun anew, and so are its news
		}
		if ctx.Err() == nil {
			f.failed(err)
		}
		rest(ctx, pause)
		pause = min(2*pause, lastPause)
	}
}

// news asks once: for where the ledger stands, or for what came after that.
func news(ctx context.Context, m Member, at *driver.Cursor, f follower) (next driver.Cursor, err error) {
	err = contained(func() error {
		if at == nil {
			head, err := m.Head(ctx)
			if err == nil {
				next = head.Cursor
				f.begun(next)
			}
			return err
		}
		batch, err := m.Changes(ctx, *at, changesAtOnce, followWait)
		if err == nil {
			next = batch.Next
			f.moved(*at, batch)
		}
		return err
	})
	return next, err
}

// rest waits about that long, so that gateways which lost a ledger together do not come back to it together.
func rest(ctx context.Context, about time.Duration) {
	timer := time.NewTimer(about/2 + rand.N(about))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

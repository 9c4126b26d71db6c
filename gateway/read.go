package gateway

import (
	"context"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// The bounds of what is read for events, and of what is kept of it.
const (
	changesAtOnce = 50
	maxReads      = 8
	readsLast     = time.Second
	judgeTime     = time.Second
)

// read is what comes after one place of a ledger, asked for once for all who want it.
type read struct {
	done  chan struct{} // closed when run and err are there
	round uint64        // the tail's, when it was begun
	since time.Time     // when it was done; guarded by tail.mu
	run   []change
	next  driver.Cursor
	err   error
}

// isDone reports whether the answer is there.
func (r *read) isDone() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

// after reads what comes after a place, or shares in a read that is under way or was just done. What stands after a place
// never changes, but that nothing does is only true until the next news.
func (t *tail) after(at driver.Cursor) *read {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r := t.reads[at]; r != nil && (!r.isDone() || t.fresh(r)) {
		return r
	}
	t.forget()
	r := &read{done: make(chan struct{}), round: t.round}
	t.reads[at] = r
	t.work.Go(func() { t.fetch(at, r) })
	return r
}

// fresh reports whether an answer may be given once more. The caller holds mu.
func (t *tail) fresh(r *read) bool {
	return time.Since(r.since) < readsLast && (len(r.run) > 0 || r.round == t.round)
}

// forget lets go of answers that are of no use, and of all if there are too many. The caller holds mu.
func (t *tail) forget() {
	for at, r := range t.reads {
		if r.isDone() && (!t.fresh(r) || len(t.reads) >= maxReads) {
			delete(t.reads, at)
		}
	}
}

// fetch asks the ledger. Who did not wait for the answer is told when it is there.
func (t *tail) fetch(at driver.Cursor, r *read) {
	begun := time.Now()
	r.err = contained(func() error {
		batch, err := t.member.Changes(t.ctx, at, changesAtOnce, 0)
		if err == nil {
			r.run, r.next, err = t.runOf(batch)
		}
		return err
	})
	t.mu.Lock()
	defer t.mu.Unlock()
	r.since = time.Now()
	close(r.done)
	if r.since.Sub(begun) > grace/2 || r.round != t.round {
		t.ring()
	}
}

// runOf has the places between the readings of a batch, and what follows it.
func (t *tail) runOf(batch *adapters.Batch) ([]change, driver.Cursor, error) {
	run := make([]change, len(batch.Readings))
	for i, r := range batch.Readings {
		if r.Entry.Cursor == "" {
			return nil, "", driver.Errorf(driver.Corrupt, "an entry among the changes has no cursor")
		}
		run[i] = change{r, r.Entry.Cursor, sync.OnceValue(func() Event { return t.event(r) })}
	}
	return run, batch.Next, nil
}

// event judges a reading. What its ledger cannot tell soon is undetermined.
func (t *tail) event(r *adapters.Reading) Event {
	ctx, cancel := context.WithTimeout(t.ctx, judgeTime)
	defer cancel()
	return eventOf(t.judge(ctx, t.member, r, look{}))
}

package remote

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

const (
	// longestWait is how long one request asks the server to wait; a longer wait is several requests.
	longestWait = 25 * time.Second
	// poll is how often a server that does not wait is asked.
	poll = 250 * time.Millisecond
)

// Changes answers what became final after a cursor. A server may answer before the wait is over, or not wait at all: it
// is asked again until then, never more often than every poll.
func (l *Ledger) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	ctx, d, leave, err := l.enter(ctx, driver.AbilityChanges)
	if err != nil {
		return nil, err
	}
	defer leave()
	if !utf8.ValidString(string(after)) {
		return nil, driver.Errorf(driver.CursorInvalid, "the cursor is not UTF-8, so that no server made it")
	}
	end := time.Now().Add(wait)
	for {
		asked := time.Now()
		b, err := l.batch(ctx, d, after, limit, min(end.Sub(asked), longestWait))
		again := earlier(asked.Add(poll), end)
		if err != nil || len(b.Entries) > 0 || b.Next != after || !again.After(asked) {
			return b, err
		}
		if err := until(ctx, again); err != nil {
			return nil, err
		}
		if !time.Now().Before(end) {
			return b, nil
		}
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// until waits for a time, which may have passed.
func until(ctx context.Context, at time.Time) error {
	timer := time.NewTimer(time.Until(at))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return driver.FromContext(ctx)
	}
}

// batch asks once.
func (l *Ledger) batch(ctx context.Context, d *driver.Description, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	wait = max(wait, 0)
	request := protocol.Changes{After: after, Limit: pageLimit(d, limit), WaitMillis: protocol.Millis(wait)}
	text, err := encode(request)
	if err != nil {
		return nil, err
	}
	q := l.ask(protocol.OpChanges, text, pageBytes(d))
	q.wait = wait
	m := new(protocol.Batch)
	if err := l.send(ctx, d, q, m); err != nil {
		return nil, err
	}
	if err := checkBatch(m, request, d); err != nil {
		return nil, err
	}
	b := &driver.Batch{Entries: drivers(m.Entries), Next: m.Next}
	if m.Head != nil {
		b.Head = m.Head.Driver()
	}
	return b, l.places.advance(after, b)
}

package memory

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Changes answers what became final after a cursor. It waits on a channel that the chain closes when it grows, so that
// news ends the wait at once, as do the caller, Close and the time given.
func (l *Ledger) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		batch, grown, err := l.since(ctx, after, limit)
		if err != nil || len(batch.Entries) > 0 {
			return batch, err
		}
		select {
		case <-grown:
		case <-timer.C:
			return batch, nil
		case <-ctx.Done():
			return nil, driver.FromContext(ctx)
		case <-l.closed:
			return nil, errClosed()
		}
	}
}

// since answers what there is now, and the channel that is closed when there may be more. Both are taken under one
// lock: a block made between the two would be slept through.
func (l *Ledger) since(ctx context.Context, after driver.Cursor, limit int) (*driver.Batch, <-chan struct{}, error) {
	if err := l.ready(ctx); err != nil {
		return nil, nil, err
	}
	c := l.chain
	c.mu.RLock()
	defer c.mu.RUnlock()
	from, err := c.place(after)
	if err != nil {
		return nil, nil, err
	}
	final := c.finalCount(c.log)
	run := c.page(c.log[min(from, final):final], limit)
	batch := &driver.Batch{Entries: c.giveAll(run), Next: c.cursor(from + len(run))}
	if from+len(run) >= final {
		batch.Head = c.final()
	}
	return batch, c.grown, nil
}

// cursor says how many entries of this chain came before. It names the chain, so that it is worth nothing on another.
func (c *Chain) cursor(passed int) driver.Cursor {
	return driver.Cursor(c.id + "." + strconv.Itoa(passed))
}

// place reads a cursor of this chain. Anything else is CursorInvalid: to begin again at genesis would repeat
// everything to a reader who asked for what is new.
func (c *Chain) place(cursor driver.Cursor) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	chain, passed, _ := strings.Cut(string(cursor), ".")
	n, err := strconv.Atoi(passed)
	if err != nil || chain != c.id || n < 0 || n > len(c.log) || c.cursor(n) != cursor {
		return 0, driver.Errorf(driver.CursorInvalid, "memory: cursor is not of chain %s", c.id)
	}
	return n, nil
}

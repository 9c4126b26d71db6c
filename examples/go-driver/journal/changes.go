package journal

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Changes answers what came after a cursor, and waits for it if asked to.
func (l *Ledger) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	c, err := l.reach(ctx)
	if err != nil {
		return nil, err
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		batch, grown, err := c.since(after, limit)
		if err != nil || len(batch.Entries) > 0 {
			return batch, err
		}
		select {
		case <-grown:
		case <-timer.C:
			return batch, nil
		case <-ctx.Done():
			return nil, driver.FromContext(ctx)
		case <-l.ctx.Done():
			return nil, errClosed()
		}
	}
}

// since answers what there is now, and what is closed when there is more: both under one lock, so that no block falls
// between them.
func (c *chain) since(after driver.Cursor, limit int) (*driver.Batch, <-chan struct{}, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	from, err := c.place(after)
	if err != nil {
		return nil, nil, err
	}
	run := page(c.log, from, limit)
	to := from + uint64(len(run))
	batch := &driver.Batch{Entries: giveAll(run), Next: c.cursor(to)}
	if to == uint64(len(c.log)) {
		batch.Head = c.top()
	}
	return batch, c.grown, nil
}

// cursor is a height of this chain, which it names.
func (c *chain) cursor(height uint64) driver.Cursor {
	return driver.Cursor(c.blocks[0].Hash + "." + strconv.FormatUint(height, 10))
}

// place reads a cursor. One of another chain is never taken for the beginning of this one.
func (c *chain) place(cursor driver.Cursor) (uint64, error) {
	if cursor == "" {
		return 0, nil
	}
	_, height, _ := strings.Cut(string(cursor), ".")
	n, err := strconv.ParseUint(height, 10, 64)
	if err != nil || n > uint64(len(c.log)) || c.cursor(n) != cursor {
		return 0, driver.Errorf(driver.CursorInvalid, "journal: the cursor is not of this chain")
	}
	return n, nil
}

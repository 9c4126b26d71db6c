package memory

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Head answers where the chain stands.
func (l *Ledger) Head(ctx context.Context) (driver.Head, error) {
	if err := l.ready(ctx); err != nil {
		return driver.Head{}, err
	}
	c := l.chain
	c.mu.RLock()
	defer c.mu.RUnlock()
	return driver.Head{
		ChainID: c.id,
		Newest:  c.blocks[len(c.blocks)-1],
		Final:   c.final(),
		Cursor:  c.cursor(c.finalCount(c.log)),
	}, nil
}

// Get answers one version of a key. NotFound is safe to say here, because the whole chain is at hand; a driver whose
// index lags behind its node says NotReady until it has caught up.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if err := l.readyFor(ctx, ref.Key); err != nil {
		return nil, err
	}
	c := l.chain
	c.mu.RLock()
	defer c.mu.RUnlock()
	if err := ref.Pinned(c.final().Height); err != nil {
		return nil, err
	}
	seen := c.versions[ref.Key]
	if ref.Finality != driver.Latest {
		seen = seen[:c.finalCount(seen)]
	}
	at := ref.Version
	if at == 0 {
		at = uint64(len(seen))
	}
	if at == 0 || at > uint64(len(seen)) {
		return nil, driver.Errorf(driver.NotFound, "memory: no such version at height %d", c.final().Height)
	}
	return c.give(seen[at-1]), nil
}

// Versions answers a page of a key's final versions.
func (l *Ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if err := l.readyFor(ctx, key); err != nil {
		return nil, err
	}
	c := l.chain
	c.mu.RLock()
	defer c.mu.RUnlock()
	seen := c.versions[key]
	seen = seen[:c.finalCount(seen)]
	if len(seen) == 0 {
		return nil, driver.Errorf(driver.NotFound, "memory: no such key at height %d", c.final().Height)
	}
	from := min(after, uint64(len(seen)))
	return c.giveAll(c.page(seen[from:], limit)), nil
}

// readyFor is ready for a method that takes a key.
func (l *Ledger) readyFor(ctx context.Context, key string) error {
	if key == "" {
		return driver.Errorf(driver.Invalid, "memory: key is empty")
	}
	return l.ready(ctx)
}

// page cuts a list down to what one answer holds.
func (c *Chain) page(entries []*driver.Entry, limit int) []*driver.Entry {
	return entries[:min(len(entries), c.limit(limit))]
}

// limit gives the length of a page. A caller's huge limit is a wish, and PageSize the rule.
func (c *Chain) limit(asked int) int {
	if asked < 1 || asked > c.o.PageSize {
		return c.o.PageSize
	}
	return asked
}

// give copies an entry for a caller, who may do with it as it likes. What changes with time is filled in here. The
// caller holds the lock.
func (c *Chain) give(e *driver.Entry) *driver.Entry {
	out := e.Clone()
	out.Final = e.Height <= c.final().Height
	return out
}

func (c *Chain) giveAll(entries []*driver.Entry) []*driver.Entry {
	out := make([]*driver.Entry, len(entries))
	for i, e := range entries {
		out[i] = c.give(e)
	}
	return out
}

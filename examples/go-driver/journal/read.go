package journal

import (
	"context"
	"strconv"
	"unicode/utf8"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Head answers where the chain stands. Every block of it is final.
func (l *Ledger) Head(ctx context.Context) (driver.Head, error) {
	c, err := l.reach(ctx)
	if err != nil {
		return driver.Head{}, err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	top := c.top()
	return driver.Head{ChainID: c.blocks[0].Hash, Newest: top, Final: top, Cursor: c.cursor(top.Height)}, nil
}

// Get answers one version of a key. The whole chain is at hand, so that absence is certain.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	c, err := l.reachKey(ctx, ref.Key)
	if err != nil {
		return nil, err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	if err := ref.Pinned(c.top().Height); err != nil {
		return nil, err
	}
	seen := c.versions[ref.Key]
	at := ref.Version
	if at == 0 {
		at = uint64(len(seen))
	}
	if at == 0 || at > uint64(len(seen)) {
		return nil, driver.Errorf(driver.NotFound, "journal: no such version at height %d", c.top().Height)
	}
	return seen[at-1].Clone(), nil
}

// Versions answers a page of a key's versions.
func (l *Ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	c, err := l.reachKey(ctx, key)
	if err != nil {
		return nil, err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	seen := c.versions[key]
	if len(seen) == 0 {
		return nil, driver.Errorf(driver.NotFound, "journal: no such key at height %d", c.top().Height)
	}
	return giveAll(page(seen, min(after, uint64(len(seen))), limit)), nil
}

// Find answers the keys that were written with a lookup. A page is where it goes on in a list that only grows at its end.
func (l *Ledger) Find(ctx context.Context, lookup driver.Lookup, at string, limit int) ([]string, string, error) {
	c, err := l.reach(ctx)
	if err != nil {
		return nil, "", err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	found := c.found[lookup]
	from, err := strconv.ParseUint("0"+at, 10, 32)
	if err != nil || from > uint64(len(found)) {
		return nil, "", driver.Errorf(driver.Invalid, "journal: page %q is not one that Find gave for this lookup", at)
	}
	keys := append([]string(nil), page(found, from, limit)...)
	if next := from + uint64(len(keys)); next < uint64(len(found)) {
		return keys, strconv.FormatUint(next, 10), nil
	}
	return keys, "", nil
}

// checkKey refuses what can be no key here. A key is never altered to fit.
func checkKey(key string) error {
	if key == "" || len(key) > maxKey || !utf8.ValidString(key) {
		return driver.Errorf(driver.Invalid, "journal: a key must be UTF-8 text of 1 to %d bytes", maxKey)
	}
	return nil
}

// page cuts a list down to what one answer holds.
func page[T any](all []T, from uint64, limit int) []T {
	if limit < 1 || limit > pageSize {
		limit = pageSize
	}
	rest := all[from:]
	return rest[:min(limit, len(rest))]
}

func giveAll(entries []*driver.Entry) []*driver.Entry {
	out := make([]*driver.Entry, len(entries))
	for i, e := range entries {
		out[i] = e.Clone()
	}
	return out
}

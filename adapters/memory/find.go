package memory

import (
	"context"
	"slices"
	"strconv"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Find answers the keys that were written with a lookup. They stand in the order in which the lookup first led to them,
// which only ever grows at its end: so a page is a plain offset into it, and pages taken while the chain grows neither
// miss a key nor repeat one. An order by name or by newest change would do both.
func (l *Ledger) Find(ctx context.Context, lookup driver.Lookup, page string, limit int) ([]string, string, error) {
	from, err := offset(page)
	if err != nil {
		return nil, "", err
	}
	if err := l.ready(ctx); err != nil {
		return nil, "", err
	}
	c := l.chain
	c.mu.RLock()
	defer c.mu.RUnlock()
	found := c.found[lookup]
	found = found[:c.finalCount(found)]
	if from > len(found) {
		return nil, "", driver.Errorf(driver.Invalid, "memory: page %q is not of this lookup", page)
	}
	keys := keysOf(c.page(found[from:], limit))
	if to := from + len(keys); to < len(found) {
		return keys, strconv.Itoa(to), nil
	}
	return keys, "", nil
}

// offset reads a page that Find gave; the empty one is the first.
func offset(page string) (int, error) {
	if page == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(page)
	if err != nil || n < 1 || strconv.Itoa(n) != page {
		return 0, driver.Errorf(driver.Invalid, "memory: page %q is not one that Find gave", page)
	}
	return n, nil
}

func keysOf(entries []*driver.Entry) []string {
	keys := make([]string, len(entries))
	for i, e := range entries {
		keys[i] = e.Key
	}
	return keys
}

// index lets a lookup lead to an entry's key, once however many versions carry it. The caller holds the lock.
func (c *Chain) index(e *driver.Entry, lookups []driver.Lookup) {
	for _, lookup := range lookups {
		led := slices.ContainsFunc(c.found[lookup], func(have *driver.Entry) bool { return have.Key == e.Key })
		if !led {
			c.found[lookup] = append(c.found[lookup], e)
		}
	}
}

package conformance

import (
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// get expects an entry.
func (c *check) get(ref driver.Ref) *driver.Entry {
	e, err := c.ledger().Get(c.ctx, ref)
	c.must(err, "Get of "+refText(ref))
	c.that(e != nil, "get answers an entry or an error", "neither")
	return e
}

// absent expects that nothing stands under a key, final or not.
func (c *check) absent(key string) {
	for _, f := range []driver.Finality{driver.Final, driver.Latest} {
		_, err := c.ledger().Get(c.ctx, driver.Ref{Key: key, Finality: f})
		c.code(err, "get of a key that nothing was written to", driver.NotFound)
	}
}

// versions expects a page of versions.
func (c *check) versions(key string, after uint64, limit int) []*driver.Entry {
	page, err := c.ledger().Versions(c.ctx, key, after, limit)
	c.must(err, fmt.Sprintf("versions after %d", after))
	return page
}

// changes expects a batch, whose Next can be gone on from.
func (c *check) changes(after driver.Cursor, limit int, wait time.Duration) *driver.Batch {
	b, err := c.ledger().Changes(c.ctx, after, limit, wait)
	c.must(err, "changes after a cursor of this chain")
	c.that(b != nil, "changes answers a batch or an error", "neither")
	c.that(b.Next != "", "next is a cursor", "it is empty, which is genesis: whoever goes on from it begins again")
	if b.Head.Hash != "" {
		c.utc(b.Head.Time, "the head of a batch")
	}
	return b
}

// follow reads changes from a cursor until they have caught up with what is final now.
func (c *check) follow(after driver.Cursor, limit int) []*driver.Entry {
	target := c.head().Final.Height
	var all []*driver.Entry
	for {
		b := c.changes(after, limit, 0)
		all = append(all, b.Entries...)
		if b.Head.Hash != "" && b.Head.Height >= target {
			return all
		}
		if b.Next == after {
			c.pause(minPause, fmt.Sprintf("changes catch up with height %d", target))
		}
		after = b.Next
	}
}

func (c *check) head() driver.Head {
	h, err := c.ledger().Head(c.ctx)
	c.must(err, "head")
	return h
}

// mine keeps the entries of some keys: others may write to the same ledger.
func mine(entries []*driver.Entry, keys ...string) []*driver.Entry {
	var out []*driver.Entry
	for _, e := range entries {
		for _, key := range keys {
			if e.Key == key {
				out = append(out, e)
			}
		}
	}
	return out
}

func refText(ref driver.Ref) string {
	text := "the newest version"
	if ref.Version > 0 {
		text = fmt.Sprintf("version %d", ref.Version)
	}
	if ref.Finality == driver.Latest {
		text += ", final or not"
	}
	return text
}

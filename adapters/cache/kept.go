package cache

import (
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// kept makes the entry that a store holds of one that somebody else owns: nothing in it is shared with the buffer that
// the chain's answer came in, which would be kept with it.
func kept(e *driver.Entry) *driver.Entry {
	c := e.Clone()
	c.Key, c.Tx, c.Cursor = strings.Clone(e.Key), strings.Clone(e.Tx), driver.Cursor(strings.Clone(string(e.Cursor)))
	c.Author.ID, c.Author.Kind = strings.Clone(e.Author.ID), strings.Clone(e.Author.Kind)
	c.Seen = nil
	return c
}

// given makes of an entry that a store holds one that belongs to the caller.
func given(e *driver.Entry, seen driver.Seen) *driver.Entry {
	c := e.Clone()
	c.Seen = &seen
	return c
}

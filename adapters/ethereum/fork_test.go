package ethereum_test

import (
	"math/big"
)

// height is the newest block's.
func (c *chain) height() uint64 {
	c.t.Helper()
	n, err := c.backend.Client().BlockNumber(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return n
}

// grow makes blocks.
func (c *chain) grow(blocks int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range blocks {
		c.backend.Commit()
	}
}

// forked lets another chain grow from a height, which becomes longer than this one by more blocks. What stood in the
// blocks above is forgotten by the node; with puts other transactions in their place.
func (c *chain) forked(from uint64, more int, with func()) {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	long := c.height() + uint64(more)
	parent, err := c.backend.Client().HeaderByNumber(c.t.Context(), new(big.Int).SetUint64(from))
	if err != nil {
		c.t.Fatal(err)
	}
	c.backend.Rollback()
	if err := c.backend.Fork(parent.Hash()); err != nil {
		c.t.Fatal(err)
	}
	c.backend.Rollback()
	if with != nil {
		with()
	}
	for c.height() < long {
		c.backend.Commit()
	}
}

package conformance

import (
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// key draws a key that nobody wrote (see draw).
func (c *check) key() string { return c.session.harness.NewKey(c.rand) }

func (c *check) body(key string, lookups ...driver.Lookup) []byte {
	return c.session.harness.NewBody(c.rand, Body{Key: key, Lookups: lookups})
}

func (c *check) sized(key string, size int) []byte {
	return c.session.harness.NewBody(c.rand, Body{Key: key, Size: size})
}

// send appends and notes what it left.
func (c *check) send(w *driver.Write) (*driver.Receipt, error) {
	r, err := c.ledger().Append(c.ctx, w)
	if err == nil {
		c.that(r != nil, "append answers a receipt or an error", "neither")
		c.session.left.add(w.Key, w.Expect+1)
	}
	return r, err
}

// write appends, waits until the write is final, and expects that to succeed.
func (c *check) write(w *driver.Write) *driver.Receipt {
	r, err := c.send(w)
	c.must(err, fmt.Sprintf("append of version %d", w.Expect+1))
	return c.settle(r)
}

// settle waits until a write is final.
func (c *check) settle(r *driver.Receipt) *driver.Receipt {
	r = c.fate(r)
	c.that(r.State == driver.Finally, "the write becomes final", "%s: %s", r.State, r.Reason)
	return r
}

// fate waits until a write is final, or for good without effect.
func (c *check) fate(r *driver.Receipt) *driver.Receipt {
	for pause := time.Millisecond; ; pause = min(2*pause, 100*time.Millisecond) {
		if r.State != driver.Pending && r.State != driver.Included {
			return r
		}
		c.advance()
		next, err := c.ledger().Receipt(c.ctx, r.Tx)
		c.must(err, "receipt of a transaction that was sent")
		if r = next; r.State == driver.Finally {
			return r
		}
		c.pause(pause, "a write that was sent becomes final")
	}
}

// wins expects one of several rival writes to have won or to have been refused, and says which.
func (c *check) wins(r *driver.Receipt, err error) bool {
	if err != nil {
		c.code(err, "a write that came second", driver.Conflict)
		return false
	}
	return c.fate(r).State == driver.Finally
}

// advance lets a chain go on that does not by itself.
func (c *check) advance() {
	if c.session.harness.Advance != nil {
		c.must(c.session.harness.Advance(c.ctx), "Harness.Advance")
	}
}

// pause waits between two looks at whether something is so, no longer than the case lasts.
func (c *check) pause(d time.Duration, awaited string) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-c.ctx.Done():
		c.fail(awaited, "that was not so when the case's time ran out")
	}
}

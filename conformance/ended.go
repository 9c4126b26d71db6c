package conformance

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var endedCases = []Case{{
	ID: "read/ended-context", Level: LevelRead,
	Why: "A caller that went away must not hold a place that others wait for.",
	Steps: []string{
		"Call every operation for a caller who has gone away already: canceled, soon.",
		"Call every operation for a caller whose time has passed: deadline-exceeded, soon.",
	},
	run: endedContext,
}}

func endedContext(c *check) {
	key := c.key()
	canceled := c.canceled()
	late, cancel := context.WithDeadline(c.ctx, time.Unix(0, 0))
	defer cancel()
	c.step(1)
	for _, call := range c.offered(key, true) {
		c.within(c.soon, call.name, func() { c.code(call.do(canceled, c.ledger()), call.name, driver.Canceled) })
	}
	c.step(2)
	for _, call := range c.offered(key, true) {
		c.within(c.soon, call.name, func() { c.code(call.do(late, c.ledger()), call.name, driver.DeadlineExceeded) })
	}
}

// canceled gives a context that has ended.
func (c *check) canceled() context.Context {
	ctx, cancel := context.WithCancel(c.ctx)
	cancel()
	return ctx
}

package conformance

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var closeCases = []Case{{
	ID: "read/close-twice", Level: LevelRead,
	Why:   "Whoever cleans up after an error may not know that somebody already did.",
	Steps: []string{"Close the ledger: no error, soon.", "Close it again: no error, no panic."},
	run:   closeTwice,
}, {
	ID: "read/closed-is-canceled", Level: LevelRead,
	Why: "After Close the connection is gone. An answer from memory is stale, and the code of an outage lets a caller try " +
		"for ever.",
	Steps: []string{"Close the ledger and call every operation: canceled."},
	run:   closedIsCanceled,
}, {
	ID: "read/close-ends-calls-under-way", Level: LevelRead, Needs: []Need{needChanges},
	Why: "A gateway that shuts down waits for its readers; if they wait for the chain, it never ends.",
	Steps: []string{
		"Begin to wait for changes at the head, for as long as the case may last, and close the ledger meanwhile: Close " +
			"returns soon, and the waiting call is canceled, soon.",
	},
	run: closeEndsCallsUnderWay,
}, {
	ID: "read/close-leaves-nothing", Level: LevelRead,
	Why: "A ledger is opened anew at every change of its configuration. What each one leaves behind adds up until the gateway " +
		"stops.",
	Steps: []string{
		"Open the ledger, call every operation that reads, and close it.",
		"Soon, nothing is left running that opening the ledger or a call began.",
	},
	run: closeLeavesNothing,
}}

func (c *check) shut() {
	var err error
	x := c.asks("Close", nil)
	c.within(c.soon, "Close", func() { err = c.session.close() })
	x.answered("closed", err)
	c.must(err, "Close")
}

func closeTwice(c *check) {
	l := c.ledger()
	c.step(1)
	c.shut()
	c.step(2)
	var err error
	c.within(c.soon, "a second Close", func() { err = l.Close() })
	c.must(err, "a second Close")
}

func closedIsCanceled(c *check) {
	l, key := c.ledger(), c.key()
	c.step(1)
	closed := c.offered(key, true)
	if c.session.described.Can(driver.AbilityAppend) && c.session.described.ForTesting {
		closed = append(closed, appendCall(c.firstVersion()))
	}
	c.shut()
	for _, call := range closed {
		c.within(c.soon, call.name, func() { c.code(call.do(c.ctx, l), call.name+" after Close", driver.Canceled) })
	}
}

func closeEndsCallsUnderWay(c *check) {
	c.step(1)
	waiting := c.listens(c.ctx, c.head().Cursor, "")
	c.shut()
	c.hears(waiting, func(err error) { c.code(err, "changes", driver.Canceled) })
}

func closeLeavesNothing(c *check) {
	key := c.key()
	c.step(1)
	c.shut()
	label := newLabel()
	labelled(c.ctx, label, func(ctx context.Context) {
		c.must(c.session.open(ctx), "opening the ledger")
		for _, call := range c.offered(key, true) {
			_ = call.do(ctx, c.ledger()) // what it answers is for other cases
		}
		c.must(c.session.close(), "Close")
	})
	c.step(2)
	var left []string
	for deadline := time.Now().Add(c.soon); time.Now().Before(deadline); c.pause(minPause, "nothing is left running") {
		if left = stacks(label); len(left) == 0 {
			return
		}
	}
	c.fail("nothing is left running", "%d goroutines, begun in %s", len(left), begunIn(left))
}

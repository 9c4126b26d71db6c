package conformance

import (
	"context"
	"fmt"
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
	Steps: []string{"Close the ledger and call every method: Canceled."},
	run:   closedIsCanceled,
}, {
	ID: "read/close-ends-calls-under-way", Level: LevelRead, Needs: []Need{needChanges},
	Why: "A gateway that shuts down waits for its readers; if they wait for the chain, it never ends.",
	Steps: []string{
		"Begin to wait for changes at the head, for as long as the case may last, and close the ledger meanwhile: Close " +
			"returns soon, and the waiting call is Canceled, soon.",
	},
	run: closeEndsCallsUnderWay,
}, {
	ID: "read/close-leaves-nothing", Level: LevelRead,
	Why: "A ledger is opened anew at every change of its configuration. What each one leaves behind adds up until the gateway " +
		"stops.",
	Steps: []string{
		"Open the ledger, call every method that reads, and close it.",
		"Soon, no goroutine is left that Open or a call began.",
	},
	run: closeLeavesNothing,
}}

var reopenCases = []Case{{
	ID: "write/reopened-has-everything", Level: LevelWrite, Needs: []Need{NeedWrites, NeedReopen},
	Why: "A gateway is restarted. What was acknowledged before must be there after, and a follower goes on where it was.",
	Steps: []string{
		"Write an entry and take the head's cursor; close the ledger and open it again.",
		"Get the entry and the receipt of its transaction: as before.",
		"Where changes are offered, write another entry and read the changes after the cursor: that entry alone.",
	},
	run: reopenedHasEverything,
}, {
	ID: "write/reopened-knows-repeats", Level: LevelWrite, Needs: []Need{NeedWrites, NeedReopen},
	Why: "A caller who asks again after a restart of ours still means the same write.",
	Steps: []string{
		"Write with an idempotency key; close the ledger and open it again.",
		"Append the same: the receipt of the first. Append another body with the same idempotency key: Conflict.",
	},
	run: reopenedKnowsRepeats,
}}

func (c *check) shut() {
	var err error
	c.within(c.soon, "Close", func() { err = c.session.close() })
	c.must(err, "Close")
}

// reopen closes the ledger and opens it again.
func (c *check) reopen() {
	c.shut()
	c.must(c.session.open(c.ctx), "opening the ledger again")
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
	heard := c.listens(c.ctx, c.head().Cursor, "")
	c.shut()
	c.within(c.soon, "the waiting call", func() { c.code(<-heard, "Changes", driver.Canceled) })
}

func closeLeavesNothing(c *check) {
	key := c.key()
	c.step(1)
	c.shut()
	label := text(c.rand, 12)
	labelled(c.ctx, label, func(ctx context.Context) {
		c.must(c.session.open(ctx), "opening the ledger")
		for _, call := range c.offered(key, true) {
			_ = call.do(ctx, c.ledger()) // what it answers is for other cases
		}
		c.must(c.session.close(), "Close")
	})
	c.step(2)
	var left []string
	for deadline := time.Now().Add(c.soon); time.Now().Before(deadline); c.pause(minPause, "no goroutine is left") {
		if left = stacks(label); len(left) == 0 {
			return
		}
	}
	c.fail("no goroutine is left", "%d, begun in %s", len(left), begunIn(left))
}

func reopenedHasEverything(c *check) {
	c.step(1)
	w := c.firstVersion()
	r := c.write(w)
	cursor := c.head().Cursor
	c.reopen()
	c.step(2)
	c.written(c.get(driver.Ref{Key: w.Key}), entryOf(w, r), "Get after the ledger was opened again")
	again, err := c.ledger().Receipt(c.ctx, r.Tx)
	c.must(err, "Receipt after the ledger was opened again")
	c.that(again.State == driver.Finally && again.Version == r.Version, fmt.Sprintf("final, version %d", r.Version),
		"%s, version %d", again.State, again.Version)
	c.step(3)
	if !c.session.described.Can(driver.AbilityChanges) {
		return
	}
	other := c.firstVersion()
	c.write(other)
	got := mine(c.follow(cursor, 0), w.Key, other.Key)
	c.that(len(got) == 1 && got[0].Key == other.Key, "the entry written after the cursor alone", "%d entries", len(got))
}

func reopenedKnowsRepeats(c *check) {
	c.step(1)
	w := c.keyed(c.firstVersion())
	first := c.write(w)
	c.reopen()
	c.step(2)
	c.repeats(w, first)
	other := *w
	other.Body = c.body(w.Key)
	_, err := c.send(&other)
	c.code(err, "Append of another body with a used idempotency key", driver.Conflict)
}

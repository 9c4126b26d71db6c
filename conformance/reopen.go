package conformance

import (
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

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
		"Append the same: the receipt of the first. Append another body with the same idempotency key: conflict.",
	},
	run: reopenedKnowsRepeats,
}}

// reopen closes the ledger and opens it again.
func (c *check) reopen() {
	c.shut()
	c.must(c.session.open(c.ctx), "opening the ledger again")
}

func reopenedHasEverything(c *check) {
	c.step(1)
	w := c.firstVersion()
	r := c.write(w)
	cursor := c.head().Cursor
	c.reopen()
	c.step(2)
	c.written(c.get(driver.Ref{Key: w.Key}), entryOf(w, r), "get after the ledger was opened again")
	again, err := c.ledger().Receipt(c.ctx, r.Tx)
	c.must(err, "receipt after the ledger was opened again")
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
	c.code(err, "append of another body with a used idempotency key", driver.Conflict)
}

package conformance

import "github.com/ftagateway/ftagateway/adapters/driver"

var finalityCases = []Case{{
	ID: "read/final-and-latest", Level: LevelRead, Needs: []Need{NeedWrites},
	Why: "What is not final may go away. Duty decided on it would stand on nothing.",
	Steps: []string{
		"Append, and do not wait. If the receipt says included, get the latest: there, and not final. Get the final one: " +
			"not-found, unless the block has become final meanwhile.",
		"Wait until the write is final: now both are the same entry, final.",
	},
	run: finalAndLatest,
}}

func finalAndLatest(c *check) {
	c.step(1)
	w := c.firstVersion()
	r, err := c.send(w)
	c.must(err, "append")
	if r.State == driver.Included {
		c.notFinalYet(w, r)
	}
	c.step(2)
	c.settle(r)
	final := c.get(driver.Ref{Key: w.Key})
	c.that(final.Final, "the entry is final", "final is false")
	c.same(c.get(driver.Ref{Key: w.Key, Finality: driver.Latest}), final, "get of the latest")
}

// notFinalYet expects an entry to be told as not final for as long as its receipt says so.
func (c *check) notFinalYet(w *driver.Write, r *driver.Receipt) {
	latest := c.get(driver.Ref{Key: w.Key, Finality: driver.Latest})
	_, err := c.ledger().Get(c.ctx, driver.Ref{Key: w.Key})
	now, failed := c.ledger().Receipt(c.ctx, r.Tx)
	c.must(failed, "receipt")
	if now.State == driver.Finally {
		return
	}
	c.that(!latest.Final, "an entry in a block that is not final is told as not final", "final is true")
	c.code(err, "get of the final version while only a block that is not final has it", driver.NotFound)
}

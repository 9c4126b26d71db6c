package conformance

import (
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var outageCases = []Case{{
	ID: "read/outage-is-no-answer", Level: LevelRead, Needs: []Need{NeedOutage},
	Why: "An outage is never a verdict. Not found, where nobody could look, tells customs that nothing was filed.",
	Steps: []string{
		"Make the chain unreachable, and get a key that nobody wrote: the code of an outage, never not-found.",
		"Call the other operations: the code of an outage.",
	},
	run: outageIsNoAnswer,
}, {
	ID: "read/recovers-by-itself", Level: LevelRead, Needs: []Need{NeedOutage, NeedHistory},
	Why: "Nodes are restarted at night. A driver that has to be restarted too is out until somebody notices.",
	Steps: []string{
		"Make the chain unreachable, call head until it fails, and make the chain reachable again.",
		"Within the case's time, head and get answer as before.",
	},
	run: recoversByItself,
}, {
	ID: "read/opens-without-the-chain", Level: LevelRead, Needs: []Need{NeedOutage, NeedReopen, NeedHistory},
	Why: "A gateway serves many ledgers. If one that is down keeps it from starting, all are down.",
	Steps: []string{
		"Close the ledger, make the chain unreachable, and open it: no error, and soon. Head: the code of an outage.",
		"Make the chain reachable again: within the case's time, head and get answer as before.",
	},
	run: opensWithoutTheChain,
}}

// outage expects an error that says nothing but that the chain could not be asked.
func (c *check) outage(err error, doing string) {
	c.that(err != nil, doing+" fails", "no error")
	c.code(err, doing, driver.Unavailable, driver.NotReady, driver.DeadlineExceeded, driver.ResourceExhausted,
		driver.Unknown)
}

func outageIsNoAnswer(c *check) {
	key := c.key()
	restore := c.session.harness.Outage()
	defer restore()
	c.step(1)
	_, err := c.ledger().Get(c.ctx, driver.Ref{Key: key})
	c.outage(err, "get of an absent key while the chain is down")
	c.step(2)
	for _, call := range c.offered(key, true) {
		c.outage(call.do(c.ctx, c.ledger()), call.name+" while the chain is down")
	}
}

func recoversByItself(c *check) {
	newest := c.history().newest()[0]
	c.step(1)
	restore := c.session.harness.Outage()
	defer restore()
	_, err := c.ledger().Head(c.ctx)
	c.outage(err, "head while the chain is down")
	restore()
	c.step(2)
	c.recovers(newest)
}

// recovers waits until the ledger answers again, and expects it to answer as before.
func (c *check) recovers(newest *driver.Entry) {
	for pause := minPause; ; pause = min(2*pause, 100*time.Millisecond) {
		_, err := c.ledger().Head(c.ctx)
		if err == nil {
			break
		}
		c.outage(err, "head after the chain came back")
		c.pause(pause, "head answers again")
	}
	for pause := minPause; ; pause = min(2*pause, 100*time.Millisecond) {
		e, err := c.ledger().Get(c.ctx, driver.Ref{Key: newest.Key})
		if err == nil {
			c.written(e, newest, "get after the chain came back")
			return
		}
		c.outage(err, "get after the chain came back")
		c.pause(pause, "get answers again")
	}
}

func opensWithoutTheChain(c *check) {
	newest := c.history().newest()[0]
	c.step(1)
	c.must(c.session.close(), "Close")
	restore := c.session.harness.Outage()
	defer restore()
	var err error
	c.within(c.soon, "opening the ledger", func() { err = c.session.open(c.ctx) })
	c.must(err, "opening the ledger while the chain is down")
	_, err = c.ledger().Head(c.ctx)
	c.outage(err, "head of a ledger opened while the chain is down")
	restore()
	c.step(2)
	c.recovers(newest)
}

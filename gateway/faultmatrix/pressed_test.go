package faultmatrix_test

import (
	"sync"
	"time"
)

// fromCache is for how long fta serve answers from its cache, where nothing is configured.
const fromCache = 5 * time.Second

// remembers opens a gateway with a cache, and has it learn the record.
func (c *cell) remembers() {
	config := c.reach.config
	config.MaxAge = fromCache
	c.cached = c.opens(config)
	c.atEnd(c.cached.close)
	eventually(c.t, "the cache has the record", func() bool { return isValid(c, c.cached.onLedger(sick, c.known.id), c.known) })
}

// The most that an answer may take once the ledger is known to be away, on a busy machine. It is microseconds and HTTP.
const forRest = 100 * time.Millisecond

// press asks for one id after another that nobody knows, until the answer is that the ledger is away, and costs no time; and
// gives the time of that answer.
func (c *cell) press() (took time.Duration) {
	eventually(c.t, "a ledger that is away costs no time", func() bool {
		var all sync.WaitGroup
		answers := make([]seen, 8)
		for i := range answers {
			all.Go(func() { answers[i] = c.onLedger(sick, c.nobody()) })
		}
		all.Wait()
		took = 0
		for _, s := range answers {
			if !s.away() {
				c.t.Errorf("%s: %d: %s", s.what, s.status, s.body)
			}
			took = max(took, s.took)
		}
		return took < forRest
	})
	return took
}

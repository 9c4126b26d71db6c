package conformance

import (
	"hash/fnv"
	"math/rand/v2"
	"strconv"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// maxRuns bounds how many runs of one seed a ledger may hold.
const maxRuns = 1000

// draw makes the randomness of a run. All of it comes from the seed and from how many runs of that seed the ledger
// already holds: so a run is repeated exactly on a fresh ledger, and draws keys, lookups and idempotency keys that are
// new on one that keeps what earlier runs left. A run is counted by an entry that it writes before any other.
type draw struct {
	seed  uint64
	run   uint64
	known bool
}

// of gives a case its own randomness, so that leaving one case out changes no other.
func (d *draw) of(c *check, id string) *rand.Rand {
	if !d.known {
		d.known = true // also if this fails: the cases will tell why
		d.count(c)
	}
	return d.rand(id, d.run)
}

func (d *draw) rand(id string, run uint64) *rand.Rand {
	name := fnv.New64a()
	_, _ = name.Write([]byte(strconv.FormatUint(run, 10) + " " + id))
	return rand.New(rand.NewPCG(d.seed, name.Sum64()))
}

// count finds the first run whose entry is not there, and writes it where the suite may write.
func (d *draw) count(c *check) {
	for ; d.run < maxRuns; d.run++ {
		r := d.rand("run", d.run)
		key := c.session.harness.NewKey(r)
		e, err := c.ledger().Get(c.ctx, driver.Ref{Key: key, Finality: driver.Latest})
		if err == nil && e != nil && e.Key == key && e.Version > 0 {
			continue
		}
		if met(NeedWrites, c.session.harness, c.session.described) {
			body := c.session.harness.NewBody(r, Body{Key: key})
			_, _ = c.send(&driver.Write{Key: key, Body: body}) // whether it can be written is for the cases to tell
		}
		return
	}
}

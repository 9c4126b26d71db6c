package conformance

import (
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var repeatCases = []Case{{
	ID: "write/repeat-is-the-first-write", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why: "A caller whose connection broke asks again. It must be told what came of the first time: neither a second filing, " +
		"nor a conflict with itself.",
	Steps: []string{
		"Write with an idempotency key, and append the same again: the receipt of the first, no error.",
		"Get the newest: still version 1.",
	},
	run: repeatIsTheFirstWrite,
}, {
	ID: "write/repeat-without-a-key", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why:   "Without an idempotency key, key, expect and body make one: most callers rely on that.",
	Steps: []string{"Write without an idempotency key, and append the same again: the receipt of the first, no error."},
	run:   repeatWithoutAKey,
}, {
	ID: "write/repeat-after-newer-versions", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why: "Others may have written meanwhile. The first write still happened, and conflict would say that it did not.",
	Steps: []string{
		"Write version 1 with an idempotency key and version 2 with another.",
		"Append version 1 again: the receipt of the first. Get the newest: still version 2.",
	},
	run: repeatAfterNewerVersions,
}, {
	ID: "write/used-idempotency-key-is-a-conflict", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why: "The first receipt for other bytes tells a filer that a correction is on the chain which is nowhere.",
	Steps: []string{
		"Write with an idempotency key; append another body to the same key with it: conflict.",
		"Append to another key with it: conflict, and nothing is there.",
	},
	run: usedIdempotencyKey,
}, {
	ID: "write/repeats-at-once-write-once", Level: LevelWrite, Needs: []Need{NeedWrites, NeedCAS},
	Why: "A retry may overtake the attempt that it repeats.",
	Steps: []string{
		"Append one write 8 times at once: each time the same transaction, or conflict while it is under way; at least once " +
			"no error.",
		"Get the newest: version 1.",
	},
	run: repeatsAtOnce,
}}

// repeats expects a write to be answered with the receipt of the first time.
func (c *check) repeats(w *driver.Write, first *driver.Receipt) {
	r, err := c.send(w)
	c.must(err, "append of the same once more")
	r = c.settle(r)
	c.that(r.Tx == first.Tx && r.Version == first.Version,
		fmt.Sprintf("the receipt of the first: tx %s, version %d", first.Tx, first.Version), "tx %s, version %d", r.Tx, r.Version)
}

// standsAt expects the newest version of a key.
func (c *check) standsAt(key string, version uint64) {
	e := c.get(driver.Ref{Key: key, Finality: driver.Latest})
	c.that(e.Version == version, fmt.Sprintf("the newest version is %d", version), "%d", e.Version)
}

func (c *check) keyed(w *driver.Write) *driver.Write {
	w.IdempotencyKey = text(c.rand, 16)
	return w
}

func repeatIsTheFirstWrite(c *check) {
	c.step(1)
	w := c.keyed(c.firstVersion())
	c.repeats(w, c.write(w))
	c.step(2)
	c.standsAt(w.Key, 1)
}

func repeatWithoutAKey(c *check) {
	c.step(1)
	w := c.firstVersion()
	c.repeats(w, c.write(w))
}

func repeatAfterNewerVersions(c *check) {
	c.step(1)
	w := c.keyed(c.firstVersion())
	first := c.write(w)
	c.write(c.keyed(c.nextVersion(w)))
	c.step(2)
	c.repeats(w, first)
	c.standsAt(w.Key, 2)
}

func usedIdempotencyKey(c *check) {
	c.step(1)
	w := c.keyed(c.firstVersion())
	c.write(w)
	other := *w
	other.Body = c.body(w.Key)
	_, err := c.send(&other)
	c.code(err, "append of another body with a used idempotency key", driver.Conflict)
	c.step(2)
	elsewhere := c.firstVersion()
	elsewhere.IdempotencyKey = w.IdempotencyKey
	_, err = c.send(elsewhere)
	c.code(err, "append to another key with a used idempotency key", driver.Conflict)
	c.absent(elsewhere.Key)
}

func repeatsAtOnce(c *check) {
	c.step(1)
	w := c.keyed(c.firstVersion())
	receipts := make([]*driver.Receipt, rivals)
	c.together(rivals, func(c *check, i int) {
		same := *w
		r, err := c.send(&same)
		if c.wins(r, err) {
			receipts[i] = c.fate(r)
		}
	})
	txs := map[string]bool{}
	for _, r := range receipts {
		if r != nil {
			txs[r.Tx] = true
		}
	}
	c.that(len(txs) == 1, "one transaction", "%d", len(txs))
	c.step(2)
	c.standsAt(w.Key, 1)
}

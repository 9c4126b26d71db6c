package conformance

import (
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var refusalCases = []Case{{
	ID: "write/empty-is-invalid", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why: "An entry without a key is found by nobody, and one without a body says nothing. Neither can be taken back.",
	Steps: []string{
		"Append to the empty key: invalid.",
		"Append an empty body, and none at all: invalid. Get the key: not-found.",
	},
	run: emptyIsInvalid,
}, {
	ID: "write/max-body", Level: LevelWrite, Needs: []Need{NeedWrites, NeedBodyLimit},
	Why: "The limit is known beforehand so that a filing is refused before it is signed, and not halfway to the chain.",
	Steps: []string{
		"Append a body of one byte more than maxBody: too-large. Get the key: not-found.",
		"Append a body of maxBody bytes: written, and read back the same.",
	},
	run: maxBody,
}, {
	ID: "write/order-of-refusals", Level: LevelWrite, Needs: []Need{NeedWrites, NeedBodyLimit},
	Why: "Where two things are wrong, every driver names the same one: else the same filing is answered in two ways by two " +
		"chains.",
	Steps: []string{
		"Append a body above maxBody to the empty key: invalid.",
		"Append a body above maxBody at a version where the key does not stand: too-large.",
		"Append a body above maxBody with an idempotency key that another write used: too-large.",
	},
	run: orderOfRefusals,
}, {
	ID: "write/stale-version-is-a-conflict", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why: "expect says what the writer has seen. A write on top of what it has not seen undoes another's correction.",
	Steps: []string{
		"Write versions 1 and 2 of a key.",
		"Append at version 0, at 1 and at 3, with new bodies: conflict each time.",
		"Append at version 1 the very body that version 2 has, under an idempotency key of its own: conflict.",
		"Get the newest: still version 2, with its own body.",
	},
	run: staleVersion,
}}

func emptyIsInvalid(c *check) {
	key := c.key()
	c.step(1)
	_, err := c.send(&driver.Write{Body: c.body(key)})
	c.code(err, "append to the empty key", driver.Invalid)
	c.step(2)
	for _, body := range [][]byte{{}, nil} {
		_, err := c.send(&driver.Write{Key: key, Body: body})
		c.code(err, "append of an empty body", driver.Invalid)
	}
	c.absent(key)
}

func maxBody(c *check) {
	most := c.session.described.MaxBody
	key := c.key()
	c.step(1)
	_, err := c.send(&driver.Write{Key: key, Body: c.sized(key, most+1)})
	c.code(err, fmt.Sprintf("append of %d bytes where maxBody is %d", most+1, most), driver.TooLarge)
	c.absent(key)
	c.step(2)
	w := &driver.Write{Key: key, Body: c.sized(key, most)}
	r := c.write(w)
	c.written(c.get(driver.Ref{Key: key}), entryOf(w, r), fmt.Sprintf("get of a body of %d bytes", len(w.Body)))
}

func orderOfRefusals(c *check) {
	other := c.firstVersion()
	other.IdempotencyKey = text(c.rand, 16)
	key := c.key()
	large := c.sized(key, c.session.described.MaxBody+1)
	c.step(1)
	_, err := c.send(&driver.Write{Body: large})
	c.code(err, "append of too large a body to the empty key", driver.Invalid)
	c.step(2)
	_, err = c.send(&driver.Write{Key: key, Expect: 7, Body: large})
	c.code(err, "append of too large a body at a wrong version", driver.TooLarge)
	c.step(3)
	c.write(other)
	_, err = c.send(&driver.Write{Key: key, Body: large, IdempotencyKey: other.IdempotencyKey})
	c.code(err, "append of too large a body with a used idempotency key", driver.TooLarge)
}

func staleVersion(c *check) {
	c.step(1)
	first := c.firstVersion()
	c.write(first)
	second := c.nextVersion(first)
	r := c.write(second)
	c.step(2)
	for _, expect := range []uint64{0, 1, 3} {
		_, err := c.send(&driver.Write{Key: first.Key, Expect: expect, Body: c.body(first.Key)})
		c.code(err, fmt.Sprintf("append at version %d of a key that stands at 2", expect), driver.Conflict)
	}
	c.step(3)
	again := *second
	again.IdempotencyKey = text(c.rand, 16)
	_, err := c.send(&again)
	c.code(err, "append at version 1 of the body that version 2 has", driver.Conflict)
	c.step(4)
	c.written(c.get(driver.Ref{Key: first.Key}), entryOf(second, r), "get of the newest")
}

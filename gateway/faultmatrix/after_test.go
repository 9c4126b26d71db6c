package faultmatrix_test

import (
	"net/http"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// recovers waits until the record is shown as it is, everywhere and in the list, by asking and nothing else.
func (c *cell) recovers() {
	id := c.known.id
	c.result.recovered = eventually(c.t, "the ledger recovers by itself", func() bool {
		return isValid(c, c.onLedger(sick, id), c.known)
	})
	eventually(c.t, "the gateway with a cache recovers by itself", func() bool {
		return isValid(c, c.cached.onLedger(sick, id), c.known)
	})
	if c.shared != nil {
		c.result.recovered = c.isLive("the Redis is answered from again")
	}
	eventually(c.t, "and is missing nowhere", func() bool {
		s := c.everywhere(id)
		all := in[gateway.RecordAnswer](c.t, s)
		return s.status == http.StatusOK && len(all.Answers) == 1 && all.Answers[0].Verdict.Outcome == trust.Valid &&
			c.state(s, all.Sources) == gateway.Answered
	})
}

// isValid reports whether an answer is a record as it was filed, and valid.
func isValid(c *cell, s seen, f filed) bool {
	if s.status != http.StatusOK {
		return false
	}
	a := in[gateway.Answer](c.t, s)
	return a.Verdict.Outcome == trust.Valid && f.is(a)
}

// keeps holds that nothing that was taken is lost, and that the same submission again is harmless whatever was answered
// first: in the end it stands there once, also for who reads past the wire.
func (c *cell) keeps() {
	if c.reach.acme == nil {
		c.resubmits()
	}
	past := open(c.t, c.people, c.reach.direct, c.reach.env, c.well, 0)
	defer past.close()
	for _, f := range []filed{c.known, c.meanwhile} {
		var s seen
		eventually(c.t, "what was taken is on the ledger", func() bool {
			s = past.onLedger(sick, f.id)
			return isValid(c, s, f)
		})
		if !isValid(c, s, f) {
			c.t.Errorf("past the wire: %d %s", s.status, s.body)
		}
	}
}

// resubmits submits the same again.
func (c *cell) resubmits() {
	if taken(c.result.submit) {
		c.isFinal(c.result.submit)
	}
	var again seen
	eventually(c.t, "the same submission is taken", func() bool {
		again = c.submit(sick, c.under)
		return taken(again)
	})
	c.isFinal(again)
}

package faultmatrix_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance/wire"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
)

// cell is one fault with one driver.
type cell struct {
	t      *testing.T
	people *gatewaytest.World
	fault  fault
	reach  reach
	well   *memory.Chain
	*site

	shared *wire.Wire // leads to the Redis that the gateways share; nil: each has a cache of its own, or none
	cached *site      // another gateway, which answers from its cache for as long as fta serve does where nothing is configured

	known, old filed // a record on the sick ledger, and the version before it
	other      filed // one on the healthy ledger
	under      filed // is submitted to the sick ledger while it is sick
	meanwhile  filed // stands on the sick ledger in the end: what was submitted, or what a vendor wrote itself
	result     result
}

// play plays a cell:
//
//  1. A gateway reads a ledger, and a healthy one, and a client has a certificate filed and replaced on the one and filed
//     on the other.
//  2. The fault is put in. The client asks for everything at once: both records on their ledgers and everywhere, the list,
//     an id that nobody knows, and whether a new certificate is taken. A gateway that has seen nothing yet is asked too, and
//     one that has a cache. Where the network fails they ask on, until it costs no time any more.
//     Where their Redis is gone the record is replaced meanwhile, and read.
//  3. The fault is taken away, and nothing else is done but ask, until the record is shown as it is.
//  4. What was taken is asked for by its receipt, sent again, and read through another gateway that goes past the wire.
//  5. The gateway's goroutines are as many as before; and none once it has been closed.
func (c *cell) play() {
	c.mark()
	c.site = c.opens(c.reach.config)
	defer c.close()
	c.file()
	c.remembers()
	if c.t.Failed() {
		return
	}
	before, _ := c.goroutines()
	c.begin()
	c.endure()
	c.end()
	c.recovers()
	c.keeps()
	c.settlesTo(before + spare)
	c.close()
	c.settlesTo(0)
}

// file has everything filed that the cell knows beforehand.
func (c *cell) file() {
	ctx, partner := c.t.Context(), c.people.Exporter
	eventually(c.t, "the ledger says what it is", func() bool {
		c.get("/v1/ledgers/" + sick)
		return c.uri(sick) != ""
	})
	c.old = c.stands(filed{})
	c.reads()
	if c.reach.liar != nil {
		c.reach.liar.remember()
	}
	c.known = c.stands(c.old)
	c.other = c.files(healthy, certificate(ctx, c.t, partner, c.uri(healthy), nil))
	c.reads()
	c.under = certificate(ctx, c.t, partner, c.uri(sick), nil)
	c.meanwhile = c.under
	for _, s := range []seen{c.onLedger(sick, c.known.id), c.everywhere(c.known.id)} {
		c.holdKnown(s)
		if s.status != http.StatusOK {
			c.t.Errorf("before the fault: %s: %d %s", s.what, s.status, s.body)
		}
	}
}

// reads asks for what is asked for again while the ledger is sick.
func (c *cell) reads() {
	c.onLedger(sick, c.old.id)
	c.everywhere(c.old.id)
	c.get(list)
}

const list = "/v1/records?limit=200"

// stands has a record stand on the sick ledger, or what replaces one: it is filed, or a vendor writes it himself, and is shown.
func (c *cell) stands(before filed) filed {
	if c.reach.acme == nil {
		return c.files(sick, certificate(c.t.Context(), c.t, c.people.Exporter, c.uri(sick), before.record))
	}
	f := c.vendorWrites(before)
	for _, s := range []*site{c.site, c.cached} {
		if s != nil {
			eventually(c.t, "what the vendor wrote is shown", func() bool { return isValid(c, s.onLedger(sick, f.id), f) })
		}
	}
	return f
}

// vendorWrites has the vendor write a certificate, or what replaces one, over a connection that is not the gateway's.
func (c *cell) vendorWrites(before filed) (f filed) {
	c.unmarked(func() { f = c.reach.acme.writes(c.t, before) })
	return f
}

// files has a record filed, and waits until it is final. Where a busy machine lets its time run out it is sent again, as
// the answer says.
func (c *cell) files(slug string, f filed) filed {
	var s seen
	eventually(c.t, "a record is taken", func() bool {
		s = c.submit(slug, f)
		return !s.away()
	})
	if !taken(s) {
		c.t.Fatalf("filing: %d %s", s.status, s.body)
	}
	c.isFinal(s)
	return f
}

// isFinal follows a receipt to its end.
func (c *cell) isFinal(s seen) {
	receipt := in[gateway.SubmissionReceipt](c.t, s)
	eventually(c.t, "what was taken is final", func() bool {
		if receipt.State == driver.Rejected || receipt.State == driver.Dropped {
			c.t.Errorf("what was taken is %s: %s", receipt.State, receipt.Reason)
			return true
		}
		if receipt.State != driver.Finally {
			receipt = in[gateway.SubmissionReceipt](c.t, c.get("/v1/submissions/"+receipt.ID))
		}
		return receipt.State == driver.Finally
	})
}

// endure asks for everything at once while the ledger is sick, and holds every answer.
func (c *cell) endure() {
	var all sync.WaitGroup
	ask := func(into *seen, how func() seen) { all.Go(func() { *into = how() }) }
	r := &c.result
	ask(&r.onLedger, func() seen { return c.onLedger(sick, c.known.id) })
	ask(&r.everywhere, func() seen { return c.everywhere(c.known.id) })
	ask(&r.list, func() seen { return c.get(list) })
	ask(&r.unknown, func() seen { return c.everywhere(c.nobody()) })
	ask(&r.submit, func() seen { return c.submit(sick, c.under) })
	ask(&r.healthy, func() seen { return c.onLedger(healthy, c.other.id) })
	ask(&r.healthyEverywhere, func() seen { return c.everywhere(c.other.id) })
	ask(&r.newcomer, c.arrives)
	ask(&r.cached, func() seen { return c.cached.onLedger(sick, c.known.id) })
	ask(&r.cachedEverywhere, func() seen { return c.cached.everywhere(c.known.id) })
	if c.reach.acme != nil {
		c.meanwhile = c.vendorWrites(filed{})
	}
	all.Wait()
	c.holdAll()
	if c.fault.wire != "" && !c.fault.harmless {
		r.tired = c.press()
	}
	if c.shared != nil {
		c.goesOn()
	}
}

// arrives has another gateway, which has seen and kept nothing, read the record for the first time. On a busy machine one
// question's time may be too short for a chain that has to be followed first: where the ledger can be reached it is asked
// until it has answered.
func (c *cell) arrives() (answer seen) {
	c.mark()
	began := time.Now()
	s := c.opens(c.reach.config)
	defer s.close()
	ask := func() bool {
		answer = s.onLedger(sick, c.known.id)
		answer.took, began = time.Since(began), time.Now()
		return c.word(answer) != away
	}
	if want := c.fault.expects(c.result.driver).newcomer; want == away || want == either {
		ask()
	} else {
		eventually(c.t, "a newcomer is answered", ask)
	}
	return answer
}

// nobody is the id of no record, for which the ledger has to be asked.
func (c *cell) nobody() string {
	if c.reach.acme != nil {
		return c.reach.acme.nobody(c.t)
	}
	return model.NewID()
}

// eventually waits for something, and fails the test where it does not come within half a minute.
func eventually(t *testing.T, what string, holds func() bool) (took time.Duration) {
	t.Helper()
	return within(t, 30*time.Second, what, holds)
}

// within is eventually with another bound.
func within(t *testing.T, most time.Duration, what string, holds func() bool) (took time.Duration) {
	t.Helper()
	began := time.Now()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		if time.Since(began) > most {
			t.Errorf("%s: not within %v", what, most)
			break
		}
		<-tick.C
	}
	return time.Since(began)
}

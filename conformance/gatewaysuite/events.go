package gatewaysuite

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/conformance"
)

var eventCases = []Case{{
	Case: conformance.Case{
		ID: "events/each-once-in-order", Level: LevelEvents,
		Why: "Whoever follows a ledger by its events must see what a reader of the ledger sees, or decides on a part of it.",
		Steps: []string{
			"File some entries on one ledger, and follow it two events at a time from a cursor before them: each once, in the ledger's order, valid.",
			"Follow all ledgers from the beginning: the same entries, each once, in the same order.",
		},
	}, run: eventsInOrder,
}, {
	Case: conformance.Case{
		ID: "events/resume-after-cursor", Level: LevelEvents,
		Why: "A follower is restarted at any moment. What it has not seen must come, and it must not have to read everything again.",
		Steps: []string{
			"File some entries and follow them. From the cursor of each event: what comes after it, and nothing before.",
			"End the gateway, open it again, and go on from the cursor in the middle: the same.",
		},
	}, run: resumesAfterCursor,
}, {
	Case: conformance.Case{
		ID: "events/wait-is-heeded", Level: LevelEvents,
		Why: "A follower that is answered at once asks without a pause, and one that is kept waiting learns too late.",
		Steps: []string{
			"Ask for what is new, where nothing is, with a wait of one second: nothing, and not before the second is over.",
			"Ask with a wait of twenty seconds while an entry is filed: it comes long before they are over.",
			"Ask with a wait that is no number, or above a minute: 422, a fault that points to ?wait.",
		},
	}, run: waitIsHeeded,
}, {
	Case: conformance.Case{
		ID: "events/unknown-cursor-is-a-problem", Level: LevelEvents,
		Why: "A cursor of another chain, taken for a place on this one, loses events in silence.",
		Steps: []string{
			"Open a second gateway on another world, and follow it from a cursor of the first: 400, cursor-invalid, naming a ledger.",
			"Follow it from there with that ledger, and every one that is named next, begun anew: it is answered.",
			"Follow from a cursor that nobody made: 400, cursor-invalid.",
		},
	}, run: unknownCursor,
}, {
	Case: conformance.Case{
		ID: "events/a-sick-ledger-keeps-its-place", Level: LevelEvents,
		Why: "A ledger that is down for an hour has an hour of news when it is back, and the others have theirs meanwhile.",
		Steps: []string{
			"Cut off one ledger, file an entry on it and one on another, and follow both: the other's comes, and the first is unavailable.",
			"Have the ledger come back and go on from the cursor: its entry comes.",
		},
	}, run: sickKeepsItsPlace,
}}

// followed takes pages of events up to an empty one, and answers those that are about some entries.
// A further node of a ledger tells of everything once more, in its own name.
func (c *check) followed(query, after string, ours []string) (events []event, next string) {
	for next = after; ; {
		p := c.eventsAfter(query, next)
		next = p.Next
		if len(p.Events) == 0 {
			return events, next
		}
		for _, e := range p.Events {
			if e.Ledger != mirror && slices.Contains(ours, e.ID) {
				events = append(events, e)
			}
		}
	}
}

func (c *check) eventsAfter(query, after string) (p eventPage) {
	c.get("/v1/events?"+query+"&after="+escaped(after), &p)
	c.That(p.Next != "", "a cursor to go on from", "none")
	return p
}

// here is the cursor behind everything that stands.
func (c *check) here() string { return c.eventsAfter("", "now").Next }

func subjects(events []event) (ids []string) {
	for _, e := range events {
		ids = append(ids, e.ID)
	}
	return ids
}

func eventsInOrder(c *check) {
	c.Step(1)
	before := c.here()
	ids := c.entries(other, 7)
	events, _ := c.followed("limit=2&ledger="+other, before, ids)
	c.That(slices.Equal(subjects(events), ids), fmt.Sprintf("%d entries in the ledger's order, each once", len(ids)), "%s", listed(subjects(events)))
	for _, e := range events {
		c.That(e.Ledger == other && e.Type == "EntrySummary" && e.Event == "file" && e.Version == 1 && e.Outcome == valid,
			"the filing of an entry, valid", "%s", asJSON(e))
	}
	c.Step(2)
	events, _ = c.followed("limit=100", "", ids)
	c.That(slices.Equal(subjects(events), ids), "the same entries in the same order", "%s", listed(subjects(events)))
}

func resumesAfterCursor(c *check) {
	c.Step(1)
	before := c.here()
	ids := c.entries(trade, 5)
	events, _ := c.followed("limit=3", before, ids)
	c.That(slices.Equal(subjects(events), ids), "each entry once", "%s", listed(subjects(events)))
	for i, e := range events {
		c.goesOn(e.Cursor, ids, i+1)
	}
	c.Step(2)
	c.reopen()
	c.goesOn(events[2].Cursor, ids, 3)
}

// goesOn expects those entries to come after a cursor that stand after the first n.
func (c *check) goesOn(cursor string, ids []string, n int) {
	rest, _ := c.followed("limit=100", cursor, ids)
	c.That(slices.Equal(subjects(rest), ids[n:]), fmt.Sprintf("after the cursor of event %d the %d that follow it", n, len(ids)-n), "%s", listed(subjects(rest)))
}

func waitIsHeeded(c *check) {
	c.Step(1)
	before, begun := c.here(), time.Now()
	p := c.eventsAfter("wait=1", before)
	took := time.Since(begun)
	c.That(len(p.Events) == 0 && took >= time.Second, "nothing, after a second", "%d events after %s", len(p.Events), took.Round(time.Millisecond))
	c.Step(2)
	var filing sync.WaitGroup
	made := c.made()
	filing.Go(func() { c.stand(trade, made.record) })
	begun = time.Now()
	p = c.eventsAfter("wait=20&ledger="+trade, p.Next)
	took = time.Since(begun)
	filing.Wait()
	c.That(slices.Equal(subjects(p.Events), []string{made.id()}) && took < 10*time.Second, "the entry, as soon as it is filed",
		"%d events after %s", len(p.Events), took.Round(time.Millisecond))
	c.Step(3)
	for _, wait := range []string{"soon", "-1", "61"} {
		q := c.problem(c.do(get("/v1/events?wait="+wait)), http.StatusUnprocessableEntity, "invalid")
		c.points(q, "?wait")
	}
}

func unknownCursor(c *check) {
	c.Step(1)
	c.entries(trade, 1)
	cursor := c.here()
	c.elsewhere(func(g *Gateway) {
		p := c.problem(c.doAt(g, get("/v1/events?after="+escaped(cursor))), http.StatusBadRequest, "cursor-invalid")
		c.That(p.Ledger != "" && !p.retryable(), "the ledger that it is not of, and not to be tried again", "ledger %q", p.Ledger)
		c.Step(2)
		anew, a := p.Ledger, answer{}
		for range []string{trade, cbp, other, mirror} {
			a = c.doAt(g, get("/v1/events?anew="+escaped(anew)+"&after="+escaped(cursor)))
			if a.Status == http.StatusOK {
				break
			}
			anew += "," + c.problem(a, http.StatusBadRequest, "cursor-invalid").Ledger
		}
		c.That(a.Status == http.StatusOK, "200 with all ledgers that are named begun anew", "%s", a)
	})
	c.Step(3)
	c.problem(c.do(get("/v1/events?after=nobody-made-this")), http.StatusBadRequest, "cursor-invalid")
}

func sickKeepsItsPlace(c *check) {
	c.Step(1)
	before := c.here()
	c.ail(c.stage.nodes[other], down)
	there, here := c.entry(other).id(), c.entry(trade).id()
	ids := []string{there, here}
	events, next := c.followed("wait=1", before, ids)
	c.That(slices.Equal(subjects(events), []string{here}), "the entry on the ledger that can be asked", "%s", listed(subjects(events)))
	p := c.eventsAfter("", next)
	c.That(of(p.Sources, other).State == unavailable, "ledger "+other+" among the sources, unavailable", "%s", asJSON(p.Sources))
	c.Step(2)
	c.heal()
	for len(events) < 2 && c.ctx.Err() == nil {
		var more []event
		more, next = c.followed("wait=5", next, ids)
		events = append(events, more...)
	}
	c.That(slices.Equal(subjects(events), []string{here, there}), "the entry on the ledger that is back, and no other again", "%s", listed(subjects(events)))
}

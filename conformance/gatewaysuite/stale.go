package gatewaysuite

import (
	"slices"

	"github.com/ftagateway/ftagateway/conformance"
)

var staleCases = []Case{{
	Case: conformance.Case{
		ID: "outage/stale-is-told", Level: LevelOutage,
		Why: "Customs has seen the record. That its ledger is down for an hour must not make it look as if it had never been.",
		Steps: []string{
			"File an entry, read it, and cut off its ledger. Ask for the record wherever it is: 200, stale, version 1, without content.",
			"It is undetermined, and neither valid nor invalid.",
			"Have the ledger come back: current, and valid.",
		},
	}, run: staleIsTold,
}, {
	Case: conformance.Case{
		ID: "outage/taken-back-is-invalid", Level: LevelOutage,
		Why: "A ledger that answers, and shows nothing of what it showed before, has taken it back. That is no outage.",
		Steps: []string{
			"File an entry and read it. Have the node say that it has no such record: 200, stale, and invalid for its versions.",
		},
	}, run: takenBack,
}, {
	Case: conformance.Case{
		ID: "outage/listing-keeps-its-place", Level: LevelOutage,
		Why: "A list that passes over a ledger which is down is short by what stands there, and nobody knows.",
		Steps: []string{
			"Cut off a ledger and list the records of all: it is unavailable among the sources, and there is a next page.",
			"Have it come back, and go on from there: its records come.",
		},
	}, run: listingKeepsItsPlace,
}}

func staleIsTold(c *check) {
	entry := c.entry(other)
	c.says(c.onLedger(other, entry.id()), valid, checkVersions)
	c.Step(1)
	c.ail(c.stage.nodes[other], down)
	s := c.only(entry.id())
	c.That(s.State == stateStale && s.Version == 1 && s.Ledger == other && s.Record == nil, "stale, version 1, without content",
		"%s", describe(s))
	c.Step(2)
	c.That(s.Verdict.Outcome == undetermined, "undetermined", "%s", describe(s))
	c.Step(3)
	c.heal()
	s = c.only(entry.id())
	c.That(s.State != stateStale && s.Verdict.Outcome == valid, "current and valid", "%s", describe(s))
}

// only asks for a record wherever it is, which must be on one ledger.
func (c *check) only(id string) *shown {
	var all recordAnswer
	c.get("/v1/records/"+id, &all)
	c.That(len(all.Answers) == 1, "one answer", "%d", len(all.Answers))
	return &all.Answers[0]
}

func takenBack(c *check) {
	entry := c.entry(other)
	c.says(c.onLedger(other, entry.id()), valid, checkVersions)
	c.entry(other) // the ledger goes on, so that it cannot be one that has not come so far yet
	c.Step(1)
	c.stage.nodes[other].tell(entry.id(), lie{absent: true})
	s := c.only(entry.id())
	c.That(s.State == stateStale && s.Record == nil, "stale, without content", "%s", describe(s))
	c.says(s, invalid, checkVersions)
}

func listingKeepsItsPlace(c *check) {
	entry := c.entry(other)
	c.Step(1)
	c.ail(c.stage.nodes[other], down)
	cursor := ""
	for end := false; !end; {
		p := c.page("/v1/records?limit=200&cursor=" + escaped(cursor))
		c.That(p.Next != "", "a next page while a ledger cannot be asked", "none")
		end = len(p.Records) == 0
		cursor = p.Next
		s := of(p.Sources, other)
		c.That(s.State == unavailable || s.State == "notAsked", "ledger "+other+" among the sources, not asked or unavailable", "%s", s.State)
	}
	c.Step(2)
	c.heal()
	all := c.listed("/v1/records?limit=200", cursor)
	c.That(slices.Contains(all, entry.id()), "the record of the ledger that was down", "%d others", len(all))
}

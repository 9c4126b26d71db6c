package gatewaysuite

import (
	"slices"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
)

var countingCases = []Case{{
	Case: conformance.Case{
		ID: "verdict/copies-never-count", Level: LevelVerdict,
		Why: "A record is signed for its home ledger. What stands elsewhere can be left to stand when the home has moved on.",
		Steps: []string{
			"File an entry on one ledger, put a copy of its record on another, and open it: valid, from its home.",
			"The copy is listed as a copy, and after the home where the record is asked for.",
		},
	}, run: copiesNeverCount,
}, {
	Case: conformance.Case{
		ID: "verdict/copy-alone-is-no-entry", Level: LevelVerdict,
		Why: "A copy whose home shows nothing may be of something that was taken back there.",
		Steps: []string{
			"Put a copy on a ledger of an entry that its home does not show: undetermined, without a status, and the copy is listed.",
		},
	}, run: copyAlone,
}, {
	Case: conformance.Case{
		ID: "verdict/decisions-only-on-customs-ledger", Level: LevelVerdict,
		Why: "Customs decides on its own ledger. On a partner's, a partner could hold a decision back, or show an old one again.",
		Steps: []string{
			"File an entry, and put a rejection by customs on the partners' ledger: filed still, and valid.",
			"The rejection is listed, and not among what is linked.",
			"Put it on customs' own ledger: rejected.",
		},
	}, run: decisionsOnCustomsLedger,
}, {
	Case: conformance.Case{
		ID: "verdict/strangers-links-change-nothing", Level: LevelVerdict,
		Why: "Anybody can write a record that links to somebody else's entry. If it counted, anybody could spoil it.",
		Steps: []string{
			"File an entry. A stranger puts a decision on it, and something that is no record, on the partners' ledger: valid, filed.",
		},
	}, run: strangersLinks,
}, {
	Case: conformance.Case{
		ID: "verdict/lying-mirror-is-contradicted", Level: LevelVerdict,
		Why: "Two nodes of one chain that differ are how a lie is found out. The honest one counts, and the other is named.",
		Steps: []string{
			"File an entry, have the mirror alter it, and open it: valid, from the honest node.",
			"A finding says that the ledger is contradicted, and the mirror's answer stands beside, invalid and without content.",
		},
	}, run: lyingMirror,
}}

func copiesNeverCount(c *check) {
	c.Step(1)
	entry := c.entry(trade)
	c.stand(other, entry.record)
	f := c.entryFile(entry)
	c.outcome(f, valid, "filed")
	c.That(f.Summary.Ledger != other && !f.Summary.Copy, "the summary of the home ledger", "%s", describe(f.Summary))
	c.Step(2)
	c.That(slices.ContainsFunc(f.Others, func(s shown) bool { return s.Ledger == other && s.Copy }),
		"the copy among the others, as one", "%d others", len(f.Others))
	var all recordAnswer
	c.get("/v1/records/"+entry.id(), &all)
	last := len(all.Answers) - 1
	c.That(last >= 1 && !all.Answers[0].Copy && all.Answers[last].Copy && all.Answers[last].Ledger == other,
		"the home first, and the copy last", "%d answers", len(all.Answers))
}

func copyAlone(c *check) {
	c.Step(1)
	entry := c.make(c.stage.importer, trade, plain(c.number()), filing.Filing{})
	c.stand(other, entry.record)
	f := c.entryFile(entry)
	c.outcome(f, undetermined, "")
	c.That(len(f.Others) == 1 && f.Others[0].Copy, "the copy, listed as one", "%d others", len(f.Others))
}

func decisionsOnCustomsLedger(c *check) {
	c.Step(1)
	entry := c.entry(trade)
	elsewhere := c.file(c.stage.customs, trade, decision(entry.pin(), model.ActionReject, "004"), filing.Filing{})
	f := c.entryFile(entry)
	c.outcome(f, valid, "filed")
	c.Step(2)
	is := func(s shown) bool { return s.ID == elsewhere.id() }
	c.That(!slices.ContainsFunc(f.Linked, is) && slices.ContainsFunc(f.Others, is),
		"the rejection among the others, and not among what is linked", "%d linked, %d others", len(f.Linked), len(f.Others))
	c.Step(3)
	c.rejection(entry)
	c.outcome(c.entryFile(entry), valid, "rejected")
}

func strangersLinks(c *check) {
	c.Step(1)
	entry := c.entry(trade)
	c.file(c.stage.stranger, trade, decision(entry.pin(), model.ActionReject, "004"), filing.Filing{})
	c.linking(trade, entry.id())
	f := c.entryFile(entry)
	c.outcome(f, valid, "filed")
	c.That(len(f.Linked) == 0, "nothing that is linked", "%d are", len(f.Linked))
}

func lyingMirror(c *check) {
	c.Step(1)
	entry := c.entry(trade)
	c.stage.nodes[mirror].tell(entry.id(), showing(entry, altered(entry)))
	f := c.entryFile(entry)
	c.outcome(f, valid, "filed")
	c.That(f.Summary.Ledger == trade, "the summary of the honest node", "%s", describe(f.Summary))
	c.Step(2)
	c.That(slices.ContainsFunc(f.Findings, func(x finding) bool { return x.Code == contradicted }),
		"a finding "+contradicted, "%s", asJSON(f.Findings))
	at := slices.IndexFunc(f.Others, func(s shown) bool { return s.Ledger == mirror })
	c.That(at >= 0, "the mirror's answer among the others", "%d others", len(f.Others))
	c.says(&f.Others[at], invalid, checkProof)
	c.withheld(&f.Others[at])
}

package gatewaysuite

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
)

var refusalCases = []Case{{
	Case: problemCase("submission/faults-are-pointed-to", LevelSubmission,
		"What stands on a ledger stays. A filer must be told what is wrong before it does, and where.",
		"Submit a record that was altered after it was signed: 422, and a fault points to /record/proof.",
		"Submit one with a document that was altered: 422, pointing to /document/proof, and with another document: to /record/digest.",
		"Submit one with a member that there is not, and one for another ledger: 422, pointing to it.",
		"Nothing was written by any of it."),
	run: faultsPointedTo,
}, {
	Case: problemCase("submission/authority-is-asked", LevelSubmission,
		"Who may write what is the gateway's to hold: the ledger takes everything that it passes on.",
		"Submit an entry by a key that nobody vouches for, and one by the exporter, who files none: 422, rule-broken, naming /record/issuer.",
		"Submit customs' decision to a partner's ledger, and a partner's entry to customs': 422, rule-broken.",
		"Nothing was written by any of it."),
	run: authorityAsked,
}, {
	Case: problemCase("submission/steps-are-held", LevelSubmission,
		"An entry moves by the steps of its life cycle. One out of turn, once written, is invalid for ever.",
		"File an entry, and submit a refiling that nobody asked for: 422, rule-broken, naming /record/event.",
		"Submit a step that is none of an entry's: 422, unknown-event.",
		"Nothing was written by any of it."),
	run: stepsHeld,
}, {
	Case: problemCase("submission/second-is-told", LevelSubmission,
		"Of two who write the next version, one has not seen the other's. It must be told, and not overwrite it.",
		"File an entry in two versions, both of which are rejected. Submit another second version: 409, conflict, and nothing is written.",
		"Submit a fourth version where there is no third: 409, conflict, and nothing is written."),
	run: secondIsTold,
}, {
	Case: problemCase("submission/found-by-customs", LevelSubmission,
		"A record without the right commitment to its number is one that customs never finds.",
		"Submit an entry whose commitment is to another number: 422, invalid, and nothing is written."),
	run: foundByCustoms,
}}

// refused expects a submission to be refused, and nothing to be written.
func (c *check) refused(slug string, body any, kind string) problem {
	before := c.count(slug)
	p := c.problem(c.do(post("/v1/ledgers/"+slug+"/records", body)), http.StatusUnprocessableEntity, kind)
	c.That(!p.retryable(), "not to be tried again", "retryable")
	c.wrote(slug, before, 0)
	return p
}

func faultsPointedTo(c *check) {
	begun := c.count(trade)
	c.Step(1)
	made := c.made()
	whole := made.submissionText()
	c.points(c.refused(trade, swap(whole, `"issued":"20`, `"issued":"19`), "invalid"), "/record/proof")
	c.Step(2)
	c.points(c.refused(trade, swap(whole, "Brake pads", "Brake pods"), "invalid"), "/document/proof")
	c.points(c.refused(trade, filed{c.made().document, made.record}.submissionText(), "invalid"), "/record/digest")
	c.Step(3)
	c.points(c.refused(trade, swap(whole, `"event":"file"`, `"event":"file","colour":"blue"`), "invalid"), "/record/colour")
	away := c.make(c.stage.importer, other, plain(c.number()), filing.Filing{})
	c.points(c.refused(trade, away.submissionText(), "invalid"), "/record/ledger")
	c.Step(4)
	c.wrote(trade, begun, 0)
}

// naming expects a problem to name what it is about.
func (c *check) naming(p problem, pointer string) {
	c.That(strings.Contains(p.Detail, pointer), "a detail that names "+pointer, "%q", p.Detail)
}

func authorityAsked(c *check) {
	begun := c.count(trade)
	c.Step(1)
	for _, by := range []*filing.Partner{c.stage.stranger, c.filing(c.stage.exporter)} {
		made := c.make(by, trade, plain(c.number()), filing.Filing{})
		c.naming(c.refused(trade, made.submission(), "rule-broken"), "/record/issuer")
	}
	c.Step(2)
	entry := c.entry(other)
	c.refused(trade, c.make(c.stage.customs, trade, decision(entry.pin(), model.ActionReject, "004"), filing.Filing{}).submission(), "rule-broken")
	c.refused(cbp, c.make(c.stage.importer, cbp, plain(c.number()), filing.Filing{}).submission(), "rule-broken")
	c.Step(3)
	c.wrote(trade, begun, 0)
}

// filing gives a party what it needs to file entries with, but for the right to.
func (c *check) filing(p *filing.Partner) *filing.Partner {
	able := *p
	able.Lookup = c.stage.importer.Lookup
	return &able
}

func stepsHeld(c *check) {
	entry := c.entry(trade)
	number := entry.document.Subject.(entrySummary).EntryNumber
	begun := c.count(trade)
	c.Step(1)
	again := c.make(c.stage.importer, trade, plain(number), filing.Filing{Previous: entry.record})
	c.naming(c.refused(trade, again.submission(), "rule-broken"), "/record/event")
	c.Step(2)
	odd := c.make(c.stage.importer, trade, plain(number), filing.Filing{Event: lifecycle.Certify})
	c.naming(c.refused(trade, odd.submission(), "unknown-event"), "/record/event")
	c.Step(3)
	c.wrote(trade, begun, 0)
}

func secondIsTold(c *check) {
	all := c.refiled(2)
	c.rejection(all[1])
	number := all[0].document.Subject.(entrySummary).EntryNumber
	before := c.count(trade)
	c.Step(1)
	late := c.make(c.stage.importer, trade, plain(number), filing.Filing{Previous: all[0].record})
	c.conflicts(late)
	c.wrote(trade, before, 0)
	c.Step(2)
	third := c.make(c.stage.importer, trade, plain(number), filing.Filing{Previous: all[1].record})
	fourth := c.make(c.stage.importer, trade, plain(number), filing.Filing{Previous: third.record})
	c.conflicts(fourth)
	c.wrote(trade, before, 0)
}

func (c *check) conflicts(f filed) {
	p := c.problem(c.submit(trade, f), http.StatusConflict, "conflict")
	c.That(!p.retryable(), "not to be tried again", "retryable")
}

func foundByCustoms(c *check) {
	c.Step(1)
	made := c.made()
	record := made.record.Record
	record.Lookups = c.made().record.Lookups
	lost, err := model.SignRecord(record, c.stage.importer.Issuer)
	c.staged(err)
	c.refused(trade, filed{made.document, lost}.submission(), "invalid")
}

// submissionText is a submission as JSON, to be altered.
func (f filed) submissionText() []byte {
	return bytes.Join([][]byte{[]byte(`{"record":`), f.record.Bytes, []byte(`,"document":`), f.document.Bytes, []byte(`}`)}, nil)
}

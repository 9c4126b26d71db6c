package gatewaysuite

import (
	"net/http"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
)

var honestCases = []Case{{
	Case: conformance.Case{
		ID: "verdict/honest-is-valid", Level: LevelVerdict,
		Why: "An import specialist who is told that a right entry is wrong, or in doubt, asks a partner for nothing.",
		Steps: []string{
			"File a certificate and an entry that claims preference under it on an honest ledger, and open the entry: valid, filed.",
			"The summary is shown with its record and its document, byte for byte as they were signed.",
			"The first line claims preference, and its certificate is valid.",
			"Of every ledger it is said what became of asking it.",
		},
	}, run: honestIsValid,
}, {
	Case: conformance.Case{
		ID: "verdict/found-by-number", Level: LevelVerdict,
		Why: "Customs knows an entry by its number. One that is not found was never filed, as far as anybody at the port can see.",
		Steps: []string{
			"File an entry on each of two partners' ledgers under one number, and find it: both ids.",
			"Find it as people write it, with hyphens and in small letters: the same.",
			"Find a number under which nothing was filed: 404, not-found.",
		},
	}, run: foundByNumber,
}, {
	Case: conformance.Case{
		ID: "verdict/decision-is-folded", Level: LevelVerdict,
		Why: "The status of an entry is what everybody acts on. It follows from the records, and from nothing else.",
		Steps: []string{
			"File an entry, and customs' rejection of it: rejected, and the decision is linked.",
			"File it again, and customs' acceptance: accepted, in two versions.",
		},
	}, run: decisionIsFolded,
}, {
	Case: conformance.Case{
		ID: "verdict/in-hand", Level: LevelVerdict,
		Why: "A broker checks what a partner sent before it is filed. A wrong yes is filed; a wrong no is argued about.",
		Steps: []string{
			"Verify a right record with its document: both valid.",
			"Verify the same with one character of the document's text altered: 200, and the document is invalid.",
			"Verify a record signed by a key that nobody vouches for: not valid.",
		},
	}, run: inHand,
}}

func honestIsValid(c *check) {
	c.Step(1)
	cert := c.file(c.stage.exporter, trade, certificate(), filing.Filing{})
	entry := c.file(c.stage.importer, trade, claiming(c.number(), cert.pin()), filing.Filing{})
	var f entryFile
	c.get("/v1/entries/"+entry.id(), &f)
	c.outcome(f, valid, "filed")
	c.Step(2)
	c.That(f.Summary != nil && same(f.Summary.Record, entry.record.Bytes) && same(f.Summary.Document, entry.document.Bytes),
		"the summary's record and document as they were signed", "%s", describe(f.Summary))
	c.Step(3)
	c.That(len(f.Lines) > 0 && f.Lines[0].Certificate == cert.id() && f.Lines[0].Outcome == valid,
		"line 1 with its certificate, which is valid", "%s", asJSON(f.Lines))
	c.Step(4)
	c.allSources(f.Sources)
}

func foundByNumber(c *check) {
	c.Step(1)
	number := c.number()
	here := c.file(c.stage.importer, trade, plain(number), filing.Filing{})
	there := c.file(c.stage.importer, other, plain(number), filing.Filing{})
	c.finds(number, here.id(), there.id())
	c.Step(2)
	c.finds(lower(number[:3])+"-"+number[3:10]+"-"+number[10:], here.id(), there.id())
	c.Step(3)
	c.problem(c.do(find(c.number())), http.StatusNotFound, "not-found")
}

func find(number string) request {
	return post("/v1/entries/find", map[string]string{"entryNumber": number})
}

// finds expects a number to lead to these records and no others.
func (c *check) finds(number string, ids ...string) {
	var f found
	a := c.do(find(number))
	c.That(a.Status == http.StatusOK, "finding an entry by its number is answered with 200", "%s", a)
	c.read(a, &f)
	c.That(alike(f.Entries, ids), "the ids of the entries under this number: "+listed(ids), "%s", asJSON(f.Entries))
}

func decisionIsFolded(c *check) {
	c.Step(1)
	number := c.number()
	first := c.file(c.stage.importer, trade, plain(number), filing.Filing{})
	no := c.rejection(first)
	var f entryFile
	c.get("/v1/entries/"+first.id(), &f)
	c.outcome(f, valid, "rejected")
	c.That(len(f.Linked) == 1 && f.Linked[0].ID == no.id(), "the decision among what is linked", "%d are linked", len(f.Linked))
	c.Step(2)
	second := c.file(c.stage.importer, trade, plain(number), filing.Filing{Previous: first.record})
	c.file(c.stage.customs, cbp, decision(second.pin(), model.ActionAccept), filing.Filing{})
	f = entryFile{}
	c.get("/v1/entries/"+first.id(), &f)
	c.outcome(f, valid, "accepted")
	c.That(len(f.Versions) == 2, "two versions", "%d", len(f.Versions))
}

func inHand(c *check) {
	c.Step(1)
	f := c.make(c.stage.importer, trade, plain(c.number()), filing.Filing{})
	v := c.verify(f.record.Bytes, f.document.Bytes)
	c.That(v.Record != nil && v.Record.Outcome == valid && v.Document != nil && v.Document.Outcome == valid,
		"record and document are valid", "%s", asJSON(v))
	c.Step(2)
	v = c.verify(f.record.Bytes, swap(f.document.Bytes, "Brake pads", "Brake pods"))
	c.That(v.Document != nil && v.Document.Outcome == invalid, "the altered document is invalid", "%s", asJSON(v.Document))
	c.Step(3)
	forged := c.make(c.stage.stranger, trade, plain(c.number()), filing.Filing{})
	v = c.verify(forged.record.Bytes, nil)
	c.That(v.Record != nil && (v.Record.Outcome == invalid || v.Record.Outcome == undetermined), "a stranger's record is not valid", "%s", asJSON(v.Record))
}

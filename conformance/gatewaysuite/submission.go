package gatewaysuite

import (
	"net/http"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/proof"
)

var submissionCases = []Case{{
	Case: problemCase("submission/final-is-receipted", LevelSubmission,
		"A filer proves by the receipt that it filed in time. One that nobody can check proves nothing.",
		"Submit a right entry: 201, with a receipt that is final and names the record, its version and its digest.",
		"The receipt's signature is right, and its Location, a path of this interface, answers it again.",
		"The record stands on the ledger, byte for byte, and the entry is valid."),
	run: finalIsReceipted,
}, {
	Case: problemCase("submission/again-is-the-first-receipt", LevelSubmission,
		"A client that lost the answer sends the same again. It must not have filed twice, and must not be told that it was second.",
		"Submit a right entry twice: the same receipt, and one version is written.",
		"Submit it once more, under an Idempotency-Key: the same receipt."),
	run: againIsTheFirst,
}, {
	Case: problemCase("submission/one-key-one-submission", LevelSubmission,
		"An Idempotency-Key that is used for something else is a mistake of the client's, which must not be answered with another's receipt.",
		"Submit an entry under an Idempotency-Key, and another under the same key: 409, conflict, and the second is not written.",
		"Submit the second without a key: taken."),
	run: oneKey,
}, {
	Case: problemCase("submission/unchecked-is-told", LevelSubmission,
		"Whoever files without the document must know which rules nobody held it to.",
		"Submit a record without its document: taken, and the receipt says what was not checked.",
		"Submit one with its document: the receipt says that nothing about the document was left out."),
	run: uncheckedIsTold,
}, {
	Case: problemCase("submission/no-such-submission", LevelSubmission,
		"A receipt that is asked for by a wrong id must not look like one that was lost.",
		"Ask what became of a submission that never was: 404, not-found."),
	run: noSuchSubmission,
}}

// made is an entry that may be submitted.
func (c *check) made() filed {
	return c.make(c.stage.importer, trade, plain(c.number()), filing.Filing{})
}

func submitting(slug string, f filed) request {
	return post("/v1/ledgers/"+slug+"/records", f.submission())
}

func (c *check) submit(slug string, f filed) answer { return c.do(submitting(slug, f)) }

// taken expects a submission to be final at once, and reads its receipt.
func (c *check) taken(a answer) (r receipt) {
	c.That(a.Status == http.StatusCreated, "a right submission is taken with 201", "%s", a)
	c.read(a, &r)
	c.That(r.State == string(driver.Finally), "a receipt that is final", "%s: %s", r.State, r.Reason)
	return r
}

func finalIsReceipted(c *check) {
	c.Step(1)
	made := c.made()
	a := c.submit(trade, made)
	r := c.taken(a)
	c.That(r.Record == made.id() && r.Version == 1 && r.Digest == made.record.Digest.String() && r.Ledger == trade,
		"a receipt of this record", "%s", asJSON(r))
	c.Step(2)
	c.signed(a)
	at := a.Header.Get("Location")
	c.That(at == "/v1/submissions/"+r.ID, "a Location, /v1/submissions/ and the receipt's id", "%q", at)
	var again receipt
	c.get(at, &again)
	c.That(again.ID == r.ID && again.Digest == r.Digest, "the same receipt", "%s", asJSON(again))
	c.Step(3)
	e, err := c.stage.nodes[trade].Ledger.Get(c.ctx, driver.Ref{Key: made.id()})
	c.That(err == nil && same(e.Body, made.record.Bytes), "the record on the ledger as it was signed", "%v", err)
	c.outcome(c.entryFile(made), valid, "filed")
}

// signed expects an answer to carry a right signature.
func (c *check) signed(a answer) {
	o, err := ld.Parse(a.Body, ld.Limits{})
	if err == nil {
		_, err = proof.Verify(o, proof.AssertionMethod)
	}
	if err != nil {
		c.Fail("a receipt with a right signature over it", "%v", err)
	}
}

func againIsTheFirst(c *check) {
	c.Step(1)
	made := c.made()
	before := c.count(trade)
	first := c.taken(c.submit(trade, made))
	again := c.taken(c.submit(trade, made))
	c.That(first == again, "the same receipt", "%s after %s", asJSON(again), asJSON(first))
	c.wrote(trade, before, 1)
	c.Step(2)
	again = c.taken(c.do(submitting(trade, made).with("Idempotency-Key", "conformance-"+c.id())))
	c.That(first == again, "the same receipt", "%s after %s", asJSON(again), asJSON(first))
	c.wrote(trade, before, 1)
}

// wrote expects so many versions to have been written to a ledger since it was counted.
func (c *check) wrote(slug string, before, n int) {
	got := c.count(slug) - before
	c.That(got == n, plural(n)+" written to the ledger", "%d", got)
}

func oneKey(c *check) {
	c.Step(1)
	one, two, key := c.made(), c.made(), "conformance-"+c.id()
	c.taken(c.do(submitting(trade, one).with("Idempotency-Key", key)))
	before := c.count(trade)
	p := c.problem(c.do(submitting(trade, two).with("Idempotency-Key", key)), http.StatusConflict, "conflict")
	c.That(!p.retryable(), "not to be tried again", "retryable")
	c.wrote(trade, before, 0)
	c.Step(2)
	c.taken(c.submit(trade, two))
}

func uncheckedIsTold(c *check) {
	c.Step(1)
	var r struct{ Unchecked []string }
	made := c.made().submission()
	delete(made, "document")
	delete(made, "mediaType")
	a := c.do(post("/v1/ledgers/"+trade+"/records", made))
	c.taken(a)
	c.read(a, &r)
	c.That(len(r.Unchecked) > 0, "a receipt that says what was not checked", "it says nothing of it")
	c.Step(2)
	r.Unchecked = nil
	a = c.submit(trade, c.made())
	c.taken(a)
	c.read(a, &r)
	for _, rule := range r.Unchecked {
		c.That(!names("document")(rule), "a receipt by which the document was checked", "unchecked: %s", rule)
	}
}

func noSuchSubmission(c *check) {
	c.Step(1)
	c.problem(c.do(get("/v1/submissions/"+c.id())), http.StatusNotFound, "not-found")
}

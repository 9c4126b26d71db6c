package conformance

import (
	"bytes"
	"encoding/json"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var alteredCases = []Case{{
	ID: "proof/binds-what-was-written", Level: LevelProof, Needs: []Need{NeedHistory, needProve, NeedAnchors},
	Why: "A node that hands over an honest proof with another body is the very thing that proofs are against.",
	Steps: []string{
		"Verify an entry's proof with one bit of its body turned, with its body cut, with its version raised, and with " +
			"another key: invalid each time, with a reason.",
		"Verify it with the entry told as deleted: invalid.",
	},
	run: bindsWhatWasWritten,
}, {
	ID: "proof/binds-the-author", Level: LevelProof, Needs: []Need{NeedHistory, needProve, NeedAnchors},
	Why:   "Where a record has no signature of its own, a false author makes one trader answer for another's filing.",
	Steps: []string{"Verify an entry's proof with another author: invalid, with a reason."},
	run:   bindsTheAuthor,
}, {
	ID: "proof/binds-the-place", Level: LevelProof, Needs: []Need{NeedHistory, needProve, NeedAnchors},
	Why:   "When a filing was made decides on deadlines and duties.",
	Steps: []string{"Verify an entry's proof with another height, transaction, and time: invalid each time, with a reason."},
	run:   bindsThePlace,
}, {
	ID: "proof/other-anchors-are-refused", Level: LevelProof, Needs: []Need{NeedHistory, needProve, NeedAnchors, NeedOtherAnchors},
	Why: "Anybody can make a chain and prove by it. A proof that brings along what it is to be believed by proves nothing.",
	Steps: []string{
		"Verify an entry's proof with the harness' anchors: valid.",
		"Verify it with the anchors of another chain: not valid, with a reason, whatever was found before.",
		"Verify it with no anchors: undetermined, for nothing was trusted and so nothing refuted.",
	},
	run: otherAnchorsAreRefused,
}, {
	ID: "proof/altered-proof-is-refused", Level: LevelProof, Needs: []Need{NeedHistory, needProve, NeedAnchors},
	Why: "Proofs come from nodes that are not trusted. A verifier that crashes on one, or believes it, is worse than none.",
	Steps: []string{
		"Replace each character of the proof, at 64 places, by another: no panic, and never a proof of another entry.",
		"Cut the proof short, empty it, and put JSON of another shape in its place: not valid, and no panic.",
	},
	run: alteredProofIsRefused,
}}

// sample gives an entry with its proof.
func (c *check) sample() (*driver.Entry, *driver.Proof) {
	e := c.get(driver.Ref{Key: c.history().newest()[0].Key})
	return e, c.prove(e)
}

// altered expects an entry's proof not to hold once the entry has been changed.
func (c *check) altered(e *driver.Entry, p *driver.Proof, doing string, alter func(e *driver.Entry)) {
	other := e.Clone()
	alter(other)
	c.refuted(other, p, "a proof with "+doing)
}

func bindsWhatWasWritten(c *check) {
	e, p := c.sample()
	c.step(1)
	c.altered(e, p, "one bit of the body turned", func(e *driver.Entry) { e.Body[len(e.Body)/2] ^= 1 })
	c.altered(e, p, "the body cut", func(e *driver.Entry) { e.Body = e.Body[:len(e.Body)-1] })
	c.altered(e, p, "the version raised", func(e *driver.Entry) { e.Version++ })
	c.altered(e, p, "another key", func(e *driver.Entry) { e.Key = c.key() })
	c.step(2)
	c.altered(e, p, "the entry told as deleted", func(e *driver.Entry) { e.Body, e.Deleted = nil, true })
}

func bindsTheAuthor(c *check) {
	e, p := c.sample()
	c.step(1)
	c.altered(e, p, "another author", func(e *driver.Entry) { e.Author.ID += "x" })
}

func bindsThePlace(c *check) {
	e, p := c.sample()
	c.step(1)
	c.altered(e, p, "a lower height", func(e *driver.Entry) { e.Height-- })
	c.altered(e, p, "another transaction", func(e *driver.Entry) { e.Tx = unlike(e.Tx) })
	c.altered(e, p, "an earlier time", func(e *driver.Entry) { e.Time = e.Time.AddDate(0, 0, -1) })
}

func otherAnchorsAreRefused(c *check) {
	e, p := c.sample()
	c.step(1)
	c.verifies(e, p, "the proof")
	c.step(2)
	result := c.verify(e, p, c.session.harness.OtherAnchors())
	c.that(result.Outcome != driver.Verified && result.Reason != "", "not valid, with a reason", "%s: %q",
		result.Outcome, result.Reason)
	c.step(3)
	result = c.verify(e, p, nil)
	c.that(result.Outcome == driver.Undetermined, "undetermined", "%s: %s", result.Outcome, result.Reason)
}

func alteredProofIsRefused(c *check) {
	e, p := c.sample()
	other := e.Clone()
	other.Body[0] ^= 1
	c.step(1)
	for range 64 {
		data := bytes.Clone(p.Data)
		data[c.rand.IntN(len(data))] = "0123456789abcdefABCDEF{}[]\",:"[c.rand.IntN(29)]
		result := c.verify(other, &driver.Proof{Type: p.Type, Data: data}, c.session.harness.Anchors())
		c.that(result.Outcome != driver.Verified, "no altered proof proves another entry", "valid: %s", data)
	}
	c.step(2)
	for _, data := range []string{string(p.Data[:len(p.Data)/2]), "", "null", "{}", "[]", "0", `"proof"`, `{"path":[[]]}`} {
		result := c.verify(e, &driver.Proof{Type: p.Type, Data: json.RawMessage(data)}, c.session.harness.Anchors())
		c.that(result.Outcome != driver.Verified, "a proof that is none is not valid", "valid: %.60q", data)
	}
}

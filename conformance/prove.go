package conformance

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var proveCases = []Case{{
	ID: "proof/verifies", Level: LevelProof, Needs: []Need{NeedHistory, needProve, NeedAnchors},
	Why: "With a proof, customs need not trust the node that it reads from. One that does not verify makes an honest node look " +
		"like a forger.",
	Steps: []string{
		"Prove each entry: the proof is of a type that describe names.",
		"Write the proof as JSON and read it back, as it travels; verify it with the harness' anchors: valid.",
	},
	run: proofVerifies,
}, {
	ID: "proof/every-version", Level: LevelProof, Needs: []Need{NeedHistory, needVersions, needProve, NeedAnchors},
	Why:   "What an auditor asks about is seldom the newest version.",
	Steps: []string{"Prove each version of a key: each proof verifies for its own version, and for no other."},
	run:   proofOfEveryVersion,
}, {
	ID: "proof/stays-valid", Level: LevelProof, Needs: []Need{NeedWrites, needProve, NeedAnchors},
	Why: "A proof is kept as evidence for years, over which the chain goes on.",
	Steps: []string{
		"Prove an entry, and write two more.",
		"The proof still verifies; and so does one that is made now.",
	},
	run: proofStaysValid,
}}

// prove expects a proof of an entry, as it is after it has travelled.
func (c *check) prove(e *driver.Entry) *driver.Proof {
	p, err := c.ledger().Prove(c.ctx, e)
	c.must(err, "Prove of "+nameOf(e))
	c.that(p != nil, "prove answers a proof or an error", "neither")
	types := c.session.described.ProofTypes
	c.that(slices.Contains(types, p.Type), "a proof of a type that describe names: "+listed(types), "%q", p.Type)
	sent, err := json.Marshal(p)
	c.must(err, "writing the proof as JSON")
	var arrived driver.Proof
	c.must(json.Unmarshal(sent, &arrived), "reading the proof from JSON")
	return &arrived
}

// verifies expects an entry and its proof to be found valid.
func (c *check) verifies(e *driver.Entry, p *driver.Proof, doing string) {
	result := c.verify(e, p, c.session.harness.Anchors())
	c.that(result.Outcome == driver.Verified, doing+" is valid", "%s: %s", result.Outcome, result.Reason)
}

// refuted expects an entry and a proof that do not belong together to be found invalid.
func (c *check) refuted(e *driver.Entry, p *driver.Proof, doing string) {
	result := c.verify(e, p, c.session.harness.Anchors())
	c.that(result.Outcome == driver.Failed, doing+" is invalid", "%s: %s", result.Outcome, result.Reason)
	c.that(result.Reason != "", doing+" is refused with a reason", "none")
}

func proofVerifies(c *check) {
	for _, known := range c.history().newest() {
		e := c.get(driver.Ref{Key: known.Key})
		c.step(1)
		p := c.prove(e)
		c.step(2)
		c.verifies(e, p, "the proof of "+nameOf(e))
	}
}

func proofOfEveryVersion(c *check) {
	want := c.history().longest()
	c.step(1)
	for _, mine := range want {
		p := c.prove(c.get(driver.Ref{Key: mine.Key, Version: mine.Version}))
		for _, other := range want {
			e := c.get(driver.Ref{Key: other.Key, Version: other.Version})
			if other.Version == mine.Version {
				c.verifies(e, p, "the proof of "+nameOf(mine))
			} else {
				c.refuted(e, p, fmt.Sprintf("the proof of version %d for version %d", mine.Version, other.Version))
			}
		}
	}
}

func proofStaysValid(c *check) {
	c.step(1)
	e := c.get(driver.Ref{Key: c.history().newest()[0].Key})
	p := c.prove(e)
	c.write(c.firstVersion())
	c.write(c.firstVersion())
	c.step(2)
	c.verifies(e, p, "the proof made before")
	c.verifies(e, c.prove(e), "a proof made now")
}

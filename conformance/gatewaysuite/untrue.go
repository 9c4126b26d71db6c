package gatewaysuite

import (
	"bytes"
	"strings"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
)

var lieCases = []Case{{
	Case: conformance.Case{
		ID: "verdict/forged-signature-is-invalid", Level: LevelVerdict,
		Why: "Whoever can write to a ledger can write in anybody's name. Only the signature says who it was.",
		Steps: []string{
			"Put a record on a ledger that names the importer as its issuer, and that another key signed: invalid, for its proof.",
			"Its content is left out.",
		},
	}, run: forgedIsInvalid,
}, {
	Case: conformance.Case{
		ID: "verdict/altered-record-is-invalid", Level: LevelVerdict,
		Why: "A node shows what it likes. One byte of a record says another day, another document, another issuer.",
		Steps: []string{
			"File an entry and read it: valid.",
			"Have the node alter the day of its issue: invalid, for its proof, and without content.",
			"Have the node be honest again: valid.",
		},
	}, run: alteredIsInvalid,
}, {
	Case: conformance.Case{
		ID: "verdict/another-record-is-invalid", Level: LevelVerdict,
		Why: "A node that answers with another record, rightly signed, has customs judge one entry by another.",
		Steps: []string{
			"File two entries, and have the node answer for the first with the second: invalid, for its schema.",
		},
	}, run: anotherRecordIsInvalid,
}, {
	Case: conformance.Case{
		ID: "verdict/hidden-version-is-invalid", Level: LevelVerdict,
		Why: "What a partner filed and took back by a later version is part of the entry. A node that leaves it out rewrites the past.",
		Steps: []string{
			"File an entry in three versions, and have the node list only the first before the gateway sees any: invalid, for its versions.",
			"File another, and have the node leave out the second version wherever it is asked: not valid.",
		},
	}, run: hiddenIsInvalid,
}, {
	Case: conformance.Case{
		ID: "verdict/no-record-is-invalid", Level: LevelVerdict,
		Why: "Anything may stand on a ledger under an id. It is answered, as what it is: no record.",
		Steps: []string{
			"Have the node show JSON that is no record: 200, invalid, for its schema, and without content.",
		},
	}, run: noRecordIsInvalid,
}, {
	Case: conformance.Case{
		ID: "verdict/content-only-on-request", Level: LevelVerdict,
		Why: "What is invalid is not read by mistake. Whoever investigates asks for it.",
		Steps: []string{
			"Have the node alter a record, and read it: 200, invalid, without content.",
			"Ask for it with include=invalid: invalid still, with the content as the node shows it.",
			"Ask for the entry file in both ways: the same.",
		},
	}, run: contentOnRequest,
}}

func forgedIsInvalid(c *check) {
	c.Step(1)
	right := c.make(c.stage.importer, trade, plain(c.number()), filing.Filing{})
	forged := c.make(c.stage.broker, trade, plain(c.number()), filing.Filing{})
	body := bytes.ReplaceAll(forged.record.Bytes, keyOf(forged.record.Issuer), keyOf(right.record.Issuer))
	c.raw(trade, forged.id(), body)
	s := c.onLedger(trade, forged.id())
	c.says(s, invalid, checkProof)
	c.Step(2)
	c.withheld(s)
}

// keyOf is the key of a did:key, as it stands in verification methods too.
func keyOf(id string) []byte { return []byte(strings.TrimPrefix(id, "did:key:")) }

// altered is a record's bytes with another day of issue.
func altered(f filed) []byte { return swap(f.record.Bytes, `"issued":"20`, `"issued":"19`) }

// showing has a node show other bytes as a version of a record.
func showing(f filed, body []byte) lie {
	return lie{bodies: map[uint64][]byte{f.record.Version: body}}
}

func alteredIsInvalid(c *check) {
	c.Step(1)
	entry := c.entry(trade)
	c.says(c.onLedger(trade, entry.id()), valid, checkProof)
	c.Step(2)
	c.stage.nodes[trade].tell(entry.id(), showing(entry, altered(entry)))
	s := c.onLedger(trade, entry.id())
	c.says(s, invalid, checkProof)
	c.withheld(s)
	c.Step(3)
	c.heal()
	c.says(c.onLedger(trade, entry.id()), valid, checkProof)
}

func anotherRecordIsInvalid(c *check) {
	c.Step(1)
	one, two := c.entry(trade), c.entry(trade)
	c.stage.nodes[trade].tell(one.id(), showing(one, two.record.Bytes))
	s := c.onLedger(trade, one.id())
	c.says(s, invalid, checkSchema)
	c.withheld(s)
}

func hiddenIsInvalid(c *check) {
	c.Step(1)
	all := c.refiled(3)
	c.stage.nodes[trade].tell(all[0].id(), lie{listed: 1})
	s := c.onLedger(trade, all[0].id())
	c.says(s, invalid, checkVersions)
	c.withheld(s)
	c.Step(2)
	all = c.refiled(3)
	c.stage.nodes[trade].tell(all[0].id(), lie{hidden: 2})
	c.notValid(c.onLedger(trade, all[0].id()), checkVersions)
}

func noRecordIsInvalid(c *check) {
	c.Step(1)
	entry := c.entry(trade)
	c.stage.nodes[trade].tell(entry.id(), showing(entry, []byte(`{"id":"`+model.NewID()+`","colour":"blue"}`)))
	s := c.onLedger(trade, entry.id())
	c.says(s, invalid, checkSchema)
	c.withheld(s)
}

func contentOnRequest(c *check) {
	c.Step(1)
	entry := c.entry(trade)
	body := altered(entry)
	for _, slug := range []string{trade, mirror} {
		c.stage.nodes[slug].tell(entry.id(), showing(entry, body))
	}
	s := c.onLedger(trade, entry.id())
	c.says(s, invalid, checkProof)
	c.withheld(s)
	c.Step(2)
	s = &shown{}
	c.get("/v1/ledgers/"+trade+"/records/"+entry.id()+"?include=invalid", s)
	c.says(s, invalid, checkProof)
	c.That(same(s.Record, body), "the record as the node shows it", "%s", describe(s))
	c.Step(3)
	var without, with entryFile
	c.get("/v1/entries/"+entry.id(), &without)
	c.outcome(without, invalid, "")
	c.withheld(without.Summary)
	c.get("/v1/entries/"+entry.id()+"?include=invalid", &with)
	c.outcome(with, invalid, "")
	c.That(same(with.Summary.Record, body), "the record as the node shows it", "%s", describe(with.Summary))
}

package gatewaysuite

import (
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/filing"
)

var authorityCases = []Case{{
	Case: conformance.Case{
		ID: "verdict/unknown-key-is-not-valid", Level: LevelVerdict,
		Why: "Anybody can make a key. A right signature by nobody in particular is what a forger has too.",
		Steps: []string{
			"Put an entry on a ledger that is rightly signed by a key that no participant document binds: not valid, for its authority.",
		},
	}, run: unknownKey,
}, {
	Case: conformance.Case{
		ID: "verdict/wrong-role-is-invalid", Level: LevelVerdict,
		Why: "Who may certify origin may not file entries. Roles are what customs granted.",
		Steps: []string{
			"Put an entry on a ledger that the exporter signed, who files none: invalid, for its authority.",
		},
	}, run: wrongRole,
}, {
	Case: conformance.Case{
		ID: "verdict/another-filer-is-invalid", Level: LevelVerdict,
		Why: "Whoever may file entries may not file a further version of somebody else's.",
		Steps: []string{
			"File an entry and its rejection. The broker, a filer too, puts a second version on the ledger: invalid, for its authority.",
			"The first version is valid still.",
		},
	}, run: anotherFiler,
}, {
	Case: conformance.Case{
		ID: "verdict/step-out-of-turn-is-invalid", Level: LevelVerdict,
		Why: "A ledger takes any version. That nobody rejected what is filed again is for the gateway to notice.",
		Steps: []string{
			"Put a second version of an entry on the ledger that refiles what nobody rejected: the entry file is invalid, without a status.",
			"The first version is valid still.",
		},
	}, run: outOfTurn,
}}

func unknownKey(c *check) {
	c.Step(1)
	entry := c.file(c.stage.stranger, trade, plain(c.number()), filing.Filing{})
	c.notValid(c.onLedger(trade, entry.id()), checkAuthority)
}

func wrongRole(c *check) {
	c.Step(1)
	entry := c.file(c.filing(c.stage.exporter), trade, plain(c.number()), filing.Filing{})
	s := c.onLedger(trade, entry.id())
	c.says(s, invalid, checkAuthority)
	c.withheld(s)
}

func anotherFiler(c *check) {
	c.Step(1)
	number := c.number()
	first := c.file(c.stage.importer, trade, plain(number), filing.Filing{})
	c.rejection(first)
	c.file(c.stage.broker, trade, plain(number), filing.Filing{Previous: first.record})
	f := c.entryFile(first)
	c.outcome(f, invalid, "")
	c.says(f.Summary, invalid, checkAuthority)
	c.Step(2)
	c.That(len(f.Versions) == 2, "two versions", "%d", len(f.Versions))
	c.says(&f.Versions[0], valid, checkAuthority)
}

func outOfTurn(c *check) {
	c.Step(1)
	number := c.number()
	first := c.file(c.stage.importer, trade, plain(number), filing.Filing{})
	c.file(c.stage.importer, trade, plain(number), filing.Filing{Previous: first.record})
	f := c.entryFile(first)
	c.outcome(f, invalid, "")
	c.says(f.Summary, invalid, checkLifecycle)
	c.Step(2)
	c.That(len(f.Versions) == 2, "two versions", "%d", len(f.Versions))
	c.says(&f.Versions[0], valid, checkLifecycle)
}

// entryFile opens an entry.
func (c *check) entryFile(entry filed) (f entryFile) {
	c.get("/v1/entries/"+entry.id(), &f)
	return f
}

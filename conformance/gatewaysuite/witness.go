package gatewaysuite

import (
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/filing"
)

var witnessCases = []Case{{
	Case: conformance.Case{
		ID: "verdict/rolled-back-is-invalid", Level: LevelVerdict,
		Why: "The versions before are all there and rightly signed. Only who remembers the newest knows that it was taken back.",
		Steps: []string{
			"File an entry in two versions and read it: valid, version 2.",
			"Have the node show version 1 as the newest: invalid, for its versions, and without content.",
			"Ask for the record wherever it is: the mirror, which is honest, is valid beside it.",
			"Have the node be honest again: valid, version 2.",
		},
	}, run: rolledBackIsInvalid,
}, {
	Case: conformance.Case{
		ID: "verdict/rollback-is-found-after-a-restart", Level: LevelVerdict,
		Why: "What was seen must outlast the process that saw it, or a rollback waits for the next deployment.",
		Steps: []string{
			"File an entry in two versions and read it: valid.",
			"End the gateway, and open it again with the same data folder. The node now shows version 1 as the newest: invalid.",
		},
	}, run: rollbackAfterRestart,
}, {
	Case: conformance.Case{
		ID: "verdict/another-version-is-invalid", Level: LevelVerdict,
		Why: "An issuer who signs two second versions shows one to customs and the other to the importer.",
		Steps: []string{
			"File an entry in two versions and read it: valid.",
			"Have the node show another second version, rightly signed by the same issuer: invalid, for its versions.",
		},
	}, run: anotherVersionIsInvalid,
}, {
	Case: conformance.Case{
		ID: "verdict/listed-otherwise-is-invalid", Level: LevelVerdict,
		Why: "A node that shows one version and lists another contradicts itself. Whoever asks only once does not notice.",
		Steps: []string{
			"File an entry in two versions. Have the node show another second version than it lists: never valid.",
		},
	}, run: listedOtherwise,
}, {
	Case: conformance.Case{
		ID: "verdict/forgery-leaves-no-trace", Level: LevelVerdict,
		Why: "A node that shows a forged next version once would otherwise have the true record called rolled back for ever.",
		Steps: []string{
			"File an entry and read it: valid.",
			"Have the node show a second version by a key that nobody vouches for: not valid.",
			"Have the node be honest again: valid.",
		},
	}, run: forgeryLeavesNoTrace,
}, {
	Case: conformance.Case{
		ID: "verdict/witness-tells-what-was-seen", Level: LevelVerdict,
		Why: "Whoever accuses a ledger of taking something back must be able to show what it showed, and when.",
		Steps: []string{
			"File an entry and read it: the witness log of its ledger has its version and digest.",
		},
	}, run: witnessTells,
}}

func rolledBackIsInvalid(c *check) {
	c.Step(1)
	id := c.seenTwice()
	c.Step(2)
	c.stage.nodes[trade].tell(id, lie{newest: 1})
	s := c.onLedger(trade, id)
	c.says(s, invalid, checkVersions)
	c.withheld(s)
	c.Step(3)
	var all recordAnswer
	c.get("/v1/records/"+id, &all)
	c.That(len(all.Answers) == 2, "the answers of trade and of its mirror side by side", "%d answers", len(all.Answers))
	for i := range all.Answers {
		want := map[string]string{trade: invalid, mirror: valid}[all.Answers[i].Ledger]
		c.says(&all.Answers[i], want, checkVersions)
	}
	c.Step(4)
	c.heal()
	s = c.onLedger(trade, id)
	c.says(s, valid, checkVersions)
	c.That(s.Version == 2, "version 2", "%d", s.Version)
}

// seenTwice files an entry in two versions that the gateway has seen both, and answers its id.
func (c *check) seenTwice() string {
	all := c.refiled(2)
	s := c.onLedger(trade, all[0].id())
	c.says(s, valid, checkVersions)
	c.That(s.Version == 2, "version 2", "%d", s.Version)
	return all[0].id()
}

func rollbackAfterRestart(c *check) {
	c.Step(1)
	id := c.seenTwice()
	c.Step(2)
	c.reopen()
	c.stage.nodes[trade].tell(id, lie{newest: 1})
	c.says(c.onLedger(trade, id), invalid, checkVersions)
}

// rival is another second version of an entry, rightly signed.
func (c *check) rival(all []filed) []byte {
	number := c.number()
	return c.make(c.stage.importer, trade, plain(number), filing.Filing{Previous: all[0].record}).record.Bytes
}

func anotherVersionIsInvalid(c *check) {
	c.Step(1)
	all := c.refiled(2)
	c.says(c.onLedger(trade, all[0].id()), valid, checkVersions)
	c.Step(2)
	c.stage.nodes[trade].tell(all[0].id(), showing(all[1], c.rival(all)))
	c.says(c.onLedger(trade, all[0].id()), invalid, checkVersions)
}

func listedOtherwise(c *check) {
	c.Step(1)
	all := c.refiled(2)
	two := showing(all[1], c.rival(all))
	two.faced = true
	c.stage.nodes[trade].tell(all[0].id(), two)
	c.notValid(c.onLedger(trade, all[0].id()), checkVersions)
}

func forgeryLeavesNoTrace(c *check) {
	c.Step(1)
	entry := c.entry(trade)
	c.says(c.onLedger(trade, entry.id()), valid, checkVersions)
	c.Step(2)
	forged := c.make(c.stage.stranger, trade, plain(c.number()), filing.Filing{Previous: entry.record})
	c.stage.nodes[trade].tell(entry.id(), lie{bodies: map[uint64][]byte{2: forged.record.Bytes}})
	c.notValid(c.onLedger(trade, entry.id()), checkAuthority)
	c.Step(3)
	c.heal()
	s := c.onLedger(trade, entry.id())
	c.says(s, valid, checkVersions)
}

func witnessTells(c *check) {
	c.Step(1)
	entry := c.entry(trade)
	c.onLedger(trade, entry.id())
	for after := ""; ; {
		var p witnessPage
		c.get("/v1/witness?ledger="+trade+"&after="+escaped(after), &p)
		for _, e := range p.Entries {
			if e.ID == entry.id() && e.Version == 1 && e.Digest == entry.record.Digest.String() {
				return
			}
		}
		c.That(p.Next != "" && p.Next != after, "version 1 of "+entry.id()+" in the witness log, with its digest", "it is not there")
		after = p.Next
	}
}

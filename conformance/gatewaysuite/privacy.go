package gatewaysuite

import (
	"net/http"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model/sample"
)

var privacyCases = []Case{{
	Case: conformance.Case{
		ID: "privacy/ledgers-see-commitments-only", Level: LevelPrivacy,
		Why: "Whoever runs a ledger sees what it is asked. An entry number, or a hash that can be tried out, tells it whose goods are looked at.",
		Steps: []string{
			"File an entry and find it by its number: found, so that every ledger was asked.",
			"Nothing that any ledger was asked holds the number, the importer's name, or an unkeyed hash of the number.",
			"Each ledger was asked for what the filer's key and customs' make of the number and that ledger's own URI.",
			"No two ledgers were asked for the same: they could tell each other whom customs looks at.",
		},
	}, run: commitmentsOnly,
}, {
	Case: conformance.Case{
		ID: "privacy/documents-stay-off-ledgers", Level: LevelPrivacy,
		Why: "A ledger forgets nothing. What a document says belongs on its owner's evidence server.",
		Steps: []string{
			"Submit an entry with its document: taken.",
			"Nothing that any ledger was asked, or had written to it, holds the document's salt, the entry number, or a name.",
		},
	}, run: documentsStayOff,
}, {
	Case: conformance.Case{
		ID: "privacy/entry-number-stays-in-bodies", Level: LevelPrivacy,
		Why: "Headers and addresses are logged by everything that stands between, and problems are pasted into tickets.",
		Steps: []string{
			"Find a number under which something was filed: the answer does not repeat it.",
			"Find one under which nothing was, one with a wrong check digit, and one of a filer whom nobody knows: no problem repeats it.",
			"Submit an entry under a number: no header of the answer, and not the receipt, holds it.",
			"Submit one with a wrong check digit: neither a header nor the problem's own words hold it.",
			"The metrics, the list of ledgers and the witness log hold none of these numbers.",
		},
	}, run: numberStaysInBodies,
}, {
	Case: conformance.Case{
		ID: "privacy/nothing-private-in-the-log", Level: LevelPrivacy, Needs: []conformance.Need{NeedLog},
		Why: "Logs are kept for years, copied to other systems, and read by people who may not see an entry.",
		Steps: []string{
			"Find an entry by its number, open it, and submit another, a right one and a wrong one.",
			"The log holds no entry number, no salt and no name of a party.",
		},
	}, run: nothingInTheLog,
}, {
	Case: conformance.Case{
		ID: "privacy/problems-name-no-backend", Level: LevelPrivacy,
		Why: "Where a partner's node and evidence server stand, and what runs there, is for nobody who asks the gateway.",
		Steps: []string{
			"Cut off a ledger and the evidence server. Ask for what needs them: no answer holds an address, a path or a stack.",
			"Have the ledger answer with garbage, and ask again: the same.",
			"The list of ledgers and the metrics hold none either.",
		},
	}, run: noBackend,
}, {
	Case: conformance.Case{
		ID: "privacy/held-keys-open-nothing", Level: LevelPrivacy,
		Why: "Whoever may see which keys to evidence are held must not be able to use them, or to see where they lead.",
		Steps: []string{
			"List the capabilities that are held: those that the partners handed over.",
			"The answer holds no proof, and no target.",
		},
	}, run: heldKeys,
}, {
	Case: conformance.Case{
		ID: "privacy/answers-are-not-kept", Level: LevelPrivacy,
		Why: "A proxy or a browser that keeps an entry file shows it to the next who asks, long after it was taken back.",
		Steps: []string{
			"Find an entry and open it, and ask for something that is not there: each answer says no-store, and is no page to be guessed at.",
		},
	}, run: notKept,
}}

func commitmentsOnly(c *check) {
	c.Step(1)
	number := c.number()
	entry := c.file(c.stage.importer, trade, plain(number), filing.Filing{})
	c.hush()
	c.finds(number, entry.id())
	c.Step(2)
	c.unheard(append(unkeyed(number), sample.Importer().Name))
	c.Step(3)
	asked := map[string][]string{}
	for slug, n := range c.stage.nodes {
		asked[slug] = lookups(n.told())
		want := c.commitment(n, number)
		c.That(slices.Contains(asked[slug], want), "ledger "+slug+" is asked for the keyed commitment "+want, "%s", asJSON(asked[slug]))
	}
	c.Step(4)
	for _, value := range asked[trade] {
		c.That(!slices.Contains(asked[other], value) && !slices.Contains(asked[cbp], value),
			"each ledger is asked for commitments of its own", "%s was asked of two", value)
	}
}

// unheard expects no ledger to have been told any of these.
func (c *check) unheard(secrets []string) {
	for slug, n := range c.stage.nodes {
		for _, text := range n.told() {
			for _, secret := range secrets {
				c.That(!strings.Contains(strings.ToLower(text), strings.ToLower(secret)),
					"nothing of the kind is told to ledger "+slug, "%q stands in %q", secret, text[:min(len(text), 300)])
			}
		}
	}
}

func documentsStayOff(c *check) {
	c.Step(1)
	number := c.number()
	made := c.make(c.stage.importer, trade, plain(number), filing.Filing{})
	c.hush()
	c.taken(c.submit(trade, made))
	c.Step(2)
	c.unheard(append(unkeyed(number), made.document.Salt, sample.Importer().Name, "Brake pads"))
}

func numberStaysInBodies(c *check) {
	c.Step(1)
	number, wrong, strange := c.number(), c.number(), "ZZZ"+c.number()[3:]
	c.file(c.stage.importer, trade, plain(number), filing.Filing{})
	c.untold(c.do(find(number)), number)
	c.Step(2)
	nothing := c.number()
	c.untold(c.do(find(nothing)), nothing)
	wrong = wrong[:10] + string('0'+(wrong[10]-'0'+1)%10)
	c.untold(c.do(find(wrong)), wrong)
	c.untold(c.do(find(strange)), strange[3:])
	c.Step(3)
	made := c.made()
	filedUnder := made.document.Subject.(entrySummary).EntryNumber
	c.untold(c.submit(trade, made), filedUnder)
	c.Step(4)
	made = c.made()
	broken := filed{misnumbered(made, wrong), made.record}
	a := c.submit(trade, broken)
	p := c.problem(a, http.StatusUnprocessableEntity, "invalid")
	c.untold(answer{Header: a.Header, Body: []byte(p.Title + p.Detail + p.Type)}, wrong)
	c.Step(5)
	for _, path := range []string{"/metrics", "/v1/ledgers", "/v1/witness", "/v1/capabilities"} {
		for _, secret := range []string{number, nothing, wrong, strange[3:], filedUnder} {
			c.untold(c.do(get(path)), secret)
		}
	}
}

// untold expects an answer not to hold a number, in any header or in its body.
func (c *check) untold(a answer, number string) {
	c.That(!a.holds(number), "an answer without the entry number", "it stands in it: %s", a)
}

func nothingInTheLog(c *check) {
	c.Step(1)
	number, another := c.number(), c.number()
	entry := c.file(c.stage.importer, trade, plain(number), filing.Filing{})
	c.finds(number, entry.id())
	c.entryFile(entry)
	made := c.make(c.stage.importer, trade, plain(another), filing.Filing{})
	c.taken(c.submit(trade, made))
	c.submit(trade, filed{made.document, c.make(c.stage.stranger, trade, plain(another), filing.Filing{}).record})
	c.ail(c.stage.nodes[other], down)
	c.do(find(number))
	c.Step(2)
	log := c.run.gateway.Log()
	for _, secret := range []string{number, another, entry.document.Salt, made.document.Salt, sample.Importer().Name} {
		c.That(!strings.Contains(log, secret), "a log that holds nothing private", "%q stands in it", secret)
	}
}

package gatewaysuite

import (
	"net/http"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/conformance"
)

var outageCases = []Case{{
	Case: conformance.Case{
		ID: "outage/not-found-so-far", Level: LevelOutage,
		Why: "Not found tells customs that nothing was filed. Where a ledger could not be asked, nobody knows that.",
		Steps: []string{
			"Cut off one ledger, and ask for a record that stands nowhere: 503, not-found-so-far, to be tried again, naming that ledger.",
			"Find an entry number under which nothing was filed, and open an entry that stands nowhere: the same.",
			"Have the ledger come back: 404, not-found, for all three.",
		},
	}, run: notFoundSoFar,
}, {
	Case: conformance.Case{
		ID: "outage/garbage-is-no-answer", Level: LevelOutage,
		Why: "A node that answers 200 and nonsense has not said that it holds nothing.",
		Steps: []string{
			"Have one ledger answer with what cannot be read, and ask for a record that stands nowhere: 503, naming that ledger.",
			"Open an entry on another ledger: the first one is unavailable among the sources, and the summary valid.",
		},
	}, run: garbageIsNoAnswer,
}, {
	Case: conformance.Case{
		ID: "outage/a-ledger-down-is-named", Level: LevelOutage,
		Why: "What else belongs to an entry may stand on the ledger that is down. In doubt is not wrong, and not right.",
		Steps: []string{
			"File an entry, cut off a ledger that it is not on, and open it: undetermined, for a reason that names the ledger.",
			"The summary is valid, and shown with its content.",
			"That ledger is unavailable among the sources, and no other is.",
		},
	}, run: downIsNamed,
}, {
	Case: conformance.Case{
		ID: "outage/a-silent-ledger-costs-its-budget", Level: LevelOutage,
		Why: "One sick ledger must not hold up the others: a queue at the port is made of such waits.",
		Steps: []string{
			"Have one ledger take requests and never answer, and open an entry on another: it comes while the silent one still holds its requests.",
			"The silent ledger is unavailable among the sources, and the summary valid.",
		},
	}, run: silentCostsItsBudget,
}, {
	Case: conformance.Case{
		ID: "outage/one-ledger-is-asked-alone", Level: LevelOutage,
		Why: "A reader of one ledger has to be told that it cannot be asked, and in a way that a program can wait on.",
		Steps: []string{
			"Cut off a ledger, and ask it for a record: 502 to 504, a problem to be tried again that names it. Never 404, never a verdict.",
			"Ask another ledger for a record of its own: valid.",
			"The gateway is ready, and says of the ledger that it is failing, with 200.",
		},
	}, run: oneLedgerAlone,
}, {
	Case: conformance.Case{
		ID: "outage/evidence-down-is-undetermined", Level: LevelOutage,
		Why: "A partner's server that is down at night does not make its certificates false by morning.",
		Steps: []string{
			"File an entry, cut off its evidence server, and open it: undetermined, with the evidence undetermined and not invalid.",
			"Have the server come back: valid.",
		},
	}, run: evidenceDown,
}}

func notFoundSoFar(c *check) {
	number, id := c.number(), c.id()
	c.Step(1)
	c.ail(c.stage.nodes[other], down)
	c.soFar(c.do(get("/v1/records/" + id)))
	c.Step(2)
	c.soFar(c.do(find(number)))
	c.soFar(c.do(get("/v1/entries/" + id)))
	c.Step(3)
	c.heal()
	for _, q := range []request{get("/v1/records/" + id), find(number), get("/v1/entries/" + id)} {
		c.problem(c.do(q), http.StatusNotFound, "not-found")
	}
}

// soFar expects to be told that a ledger could not be asked.
func (c *check) soFar(a answer) {
	p := c.problem(a, http.StatusServiceUnavailable, "not-found-so-far")
	c.That(p.retryable() && slices.Equal(p.Ledgers, []string{other}), "to be tried again, and the ledger that could not be asked",
		"retryable %t, ledgers %s", p.retryable(), asJSON(p.Ledgers))
}

func garbageIsNoAnswer(c *check) {
	entry := c.entry(trade)
	c.Step(1)
	c.ail(c.stage.nodes[other], garbled)
	c.soFar(c.do(get("/v1/records/" + c.id())))
	c.Step(2)
	c.inDoubt(entry)
}

// inDoubt opens an entry while another ledger cannot be asked, and expects that to be all that is wrong.
func (c *check) inDoubt(entry filed) entryFile {
	f := c.entryFile(entry)
	c.outcome(f, undetermined, "filed")
	c.That(f.Summary != nil && f.Summary.Verdict.Outcome == valid, "the summary is valid", "%s", describe(f.Summary))
	for _, s := range f.Sources {
		c.That((s.Ledger == other) == (s.State == unavailable), "the ledger that could not be asked, and no other, is unavailable",
			"%s is %s", s.Ledger, s.State)
	}
	c.That(of(f.Sources, other).State == unavailable, "ledger "+other+" among the sources, unavailable", "%s", asJSON(f.Sources))
	return f
}

func downIsNamed(c *check) {
	entry := c.entry(trade)
	c.Step(1)
	c.ail(c.stage.nodes[other], down)
	f := c.entryFile(entry)
	c.outcome(f, undetermined, "filed")
	c.That(slices.ContainsFunc(f.Reasons, names(other)), "a reason that names ledger "+other, "%s", asJSON(f.Reasons))
	c.Step(2)
	c.says(f.Summary, valid, checkEvidence)
	c.That(same(f.Summary.Record, entry.record.Bytes), "the summary's record", "%s", describe(f.Summary))
	c.Step(3)
	c.inDoubt(entry)
}

// patience is how long an answer may take that waits for a silent ledger: some rounds of asking it, each within its
// budget, on a machine that is busy.
const patience = 5 * otherBudget

func silentCostsItsBudget(c *check) {
	entry := c.entry(trade)
	c.Step(1)
	c.ail(c.stage.nodes[other], silent)
	begun := time.Now()
	f := c.entryFile(entry)
	c.That(time.Since(begun) < patience, "an answer that waits no longer than the silent ledger's budget allows",
		"it took more than %s, and the budget is %s", patience, otherBudget)
	c.outcome(f, undetermined, "filed")
	c.Step(2)
	c.inDoubt(entry)
}

func oneLedgerAlone(c *check) {
	here, there := c.entry(trade), c.entry(other)
	c.Step(1)
	c.ail(c.stage.nodes[other], down)
	a := c.do(get("/v1/ledgers/" + other + "/records/" + there.id()))
	c.outage(a, other)
	c.Step(2)
	c.says(c.onLedger(trade, here.id()), valid, checkProof)
	c.Step(3)
	c.get("/readyz", nil)
	var state struct{ Ledger, Health string }
	c.get("/v1/ledgers/"+other, &state)
	c.That(state.Ledger == other && state.Health == "failing", "ledger "+other+" is failing", "%s", asJSON(state))
}

// outage expects a problem that says no more than that a ledger could not be asked.
func (c *check) outage(a answer, slug string) problem {
	c.That(a.Status >= http.StatusBadGateway && a.Status <= http.StatusGatewayTimeout, "502, 503 or 504", "%s", a)
	var p problem
	c.read(a, &p)
	p = c.problem(a, a.Status, kindOf(p))
	c.That(p.retryable() && (p.Ledger == slug || slices.Contains(p.Ledgers, slug)), "to be tried again, naming ledger "+slug, "%s", a)
	return p
}

func evidenceDown(c *check) {
	entry := c.entry(trade)
	c.Step(1)
	c.ail(c.stage.evidence, down)
	f := c.entryFile(entry)
	c.outcome(f, undetermined, "filed")
	l := f.Summary.Verdict.line(checkEvidence)
	c.That(l.Outcome == undetermined && f.Summary.Verdict.Outcome != invalid, "the evidence is undetermined, and nothing is invalid",
		"%s", describe(f.Summary))
	c.Step(2)
	c.heal()
	c.outcome(c.entryFile(entry), valid, "filed")
}

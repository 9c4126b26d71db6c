package gatewaysuite

import (
	"net/http"

	"github.com/ftagateway/ftagateway/conformance"
)

var freshCases = []Case{{
	Case: conformance.Case{
		ID: "verdict/unchanged-is-what-still-holds", Level: LevelVerdict,
		Why: "Customs asks again and again whether anything happened to an entry. Told that nothing did, it goes on with what it has.",
		Steps: []string{
			"File an entry, open it, and open it again with the ETag of the first answer: 304, without content.",
			"File another entry, and ask with that ETag: 304 still. What happens to others changes nothing.",
			"Reject the entry, and ask with that ETag: 200, and the entry is rejected.",
		},
	}, run: unchanged,
}, {
	Case: problemCase("problem/only-what-is-cached", LevelProblem,
		"Who asks for what is cached only does not want a ledger to be waited for, and must not be given what looks like an absence.",
		"Open an entry with Cache-Control: only-if-cached. Which records belong to it no cache knows: 504, not-cached, to be tried again."),
	run: onlyCached,
}, {
	Case: problemCase("problem/finality-is-final-or-latest", LevelProblem,
		"Who asks for what is not settled yet has to know it, and a misspelt wish must not be answered as if it had been heeded.",
		"Ask for a record with finality=latest: valid, and the answer is kept by nobody.",
		"Ask with a finality that there is not: 422, and a fault points to it."),
	run: finality,
}}

func unchanged(c *check) {
	entry := c.entry(trade)
	path := "/v1/entries/" + entry.id()
	c.Step(1)
	c.outcome(c.entryFile(entry), valid, "filed")
	tag := c.get(path, nil).Header.Get("ETag")
	c.That(tag != "", "an ETag", "none")
	c.holds(path, tag)
	c.Step(2)
	c.entry(trade)
	c.holds(path, tag)
	c.Step(3)
	c.rejection(entry)
	a := c.do(get(path).with("If-None-Match", tag))
	c.That(a.Status == http.StatusOK, "200: the entry was rejected meanwhile", "%s", a)
	var f entryFile
	c.read(a, &f)
	c.outcome(f, valid, "rejected")
}

// holds expects to be told that the answer of a tag still holds.
func (c *check) holds(path, tag string) {
	a := c.do(get(path).with("If-None-Match", tag))
	c.That(a.Status == http.StatusNotModified && len(a.Body) == 0, "304, without content", "%s", a)
}

func onlyCached(c *check) {
	entry := c.entry(trade)
	c.Step(1)
	c.sick = true // a 504 is no hiccup here
	p := c.problem(c.do(get("/v1/entries/"+entry.id()).with("Cache-Control", "only-if-cached")), http.StatusGatewayTimeout, "not-cached")
	c.That(p.retryable(), "to be tried again", "%s", asJSON(p))
	c.heal()
}

func finality(c *check) {
	entry := c.entry(trade)
	path := "/v1/ledgers/" + trade + "/records/" + entry.id()
	c.Step(1)
	var s shown
	a := c.get(path+"?finality=latest", &s)
	c.says(&s, valid, checkProof)
	c.That(a.Header.Get("Cache-Control") == "no-store", "Cache-Control: no-store", "%q", a.Header.Get("Cache-Control"))
	c.Step(2)
	for _, word := range []string{"soon", "Latest"} {
		c.points(c.problem(c.do(get(path+"?finality="+word)), http.StatusUnprocessableEntity, "invalid"), "?finality")
	}
}

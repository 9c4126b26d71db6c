package gatewaysuite

import (
	"net/http"
	"strings"
)

var requestCases = []Case{{
	Case: problemCase("problem/json-is-read-strictly", LevelProblem,
		"Two readers of one text must not read two things in it, and a misspelt member must not look like one that was heeded.",
		"Send what is no JSON, is cut off, goes on after its end, or is no object: 422, invalid.",
		"Send a member that there is not, one of a wrong type, and one twice: 422, and a fault points to it.",
		"Send JSON that is a hundred thousand levels deep: 422, and the gateway goes on."),
	run: strictly,
}, {
	Case: problemCase("problem/parameters-are-read-strictly", LevelProblem,
		"A filter that is misspelt and passed over shows everything, as if everything had matched.",
		"Ask with a parameter that there is not, with one twice, and with values that cannot be: 422, and a fault points to it."),
	run: parameters,
}, {
	Case: problemCase("problem/names-are-checked", LevelProblem,
		"An id that cannot be one is a mistake of the caller's. Not found would have it looked for on every ledger.",
		"Ask for a record by what is no urn:uuid: 422, and a fault points to /id.",
		"Ask for version 0 of a record: 422, and a fault points to /version.",
		"Ask a ledger that is not configured: 404, no-such-ledger."),
	run: namesChecked,
}}

func strictly(c *check) {
	c.Step(1)
	for _, text := range []string{`entryNumber`, `{"entryNumber":`, `{"entryNumber":"ABC"} {}`, `["ABC"]`, ``} {
		c.problem(c.do(post("/v1/entries/find", []byte(text))), http.StatusUnprocessableEntity, "invalid")
	}
	c.Step(2)
	for text, pointer := range map[string]string{
		`{"entrynumber":"ABC"}`:                       "/entrynumber",
		`{"entryNumber":7}`:                           "/entryNumber",
		`{"entryNumber":"ABC","entryNumber":"ABC"}`:   "/entryNumber",
		`{"entryNumber":"ABC","\u0065ntryNumber":""}`: "/entryNumber",
		`{"entryNumber":"ABC20261106"}`:               "/entryNumber",
	} {
		p := c.problem(c.do(post("/v1/entries/find", []byte(text))), http.StatusUnprocessableEntity, "invalid")
		c.points(p, pointer)
		c.That(!p.retryable(), "not to be tried again", "retryable")
	}
	c.Step(3)
	c.problem(c.do(post("/v1/verify", []byte(strings.Repeat(`{"record":`, 100_000)))), http.StatusUnprocessableEntity, "invalid")
	c.get("/healthz", nil)
}

func parameters(c *check) {
	c.Step(1)
	for query, pointer := range map[string]string{
		"/v1/records?legder=trade":            "?legder",
		"/v1/records?limit=1&limit=2":         "?limit",
		"/v1/records?from=yesterday":          "?from",
		"/v1/records?include=everything":      "?include",
		"/v1/records?documents=yes":           "?documents",
		"/v1/ledgers?include=invalid":         "?include",
		"/v1/entries/" + c.id() + "?number=1": "?number",
	} {
		c.points(c.problem(c.do(get(query)), http.StatusUnprocessableEntity, "invalid"), pointer)
	}
}

func namesChecked(c *check) {
	c.Step(1)
	for _, id := range []string{"7", "urn:uuid:7", strings.ToUpper(c.id())} {
		for _, path := range []string{"/v1/records/", "/v1/entries/", "/v1/ledgers/" + trade + "/records/"} {
			c.points(c.problem(c.do(get(path+id)), http.StatusUnprocessableEntity, "invalid"), "/id")
		}
	}
	c.Step(2)
	c.points(c.problem(c.do(get("/v1/ledgers/"+trade+"/records/"+c.id()+"/versions/0")), http.StatusUnprocessableEntity, "invalid"), "/version")
	c.Step(3)
	c.problem(c.do(get("/v1/ledgers/nowhere/records/"+c.id())), http.StatusNotFound, "no-such-ledger")
}

package gatewaysuite

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/conformance"
)

// problemCase writes a case's words in the order in which they are read.
func problemCase(id string, level conformance.Level, why string, steps ...string) conformance.Case {
	return conformance.Case{ID: id, Level: level, Why: why, Steps: steps}
}

var problemCases = []Case{{
	Case: problemCase("problem/no-such-path", LevelProblem,
		"A program that is told 404 must know whether the record is not there, or it asked the wrong question.",
		"Ask for paths that the interface does not have: 404, a problem of type no-such-path, not to be tried again.",
		"Ask for a record that is not there: 404, of another type."),
	run: noSuchPath,
}, {
	Case: problemCase("problem/no-such-method", LevelProblem,
		"A client written against a newer interface must be told what this one offers.",
		"Use methods that a path does not have: 405, method-not-allowed, and the header Allow names those that it has."),
	run: noSuchMethod,
}, {
	Case: problemCase("problem/not-acceptable", LevelProblem,
		"What a client cannot read is refused before anything is done for it: a receipt that nobody reads is filed twice.",
		"Ask for text/html: 406, not-acceptable, as problem+json.",
		"Ask for application/ld+json: 200, of that type.",
		"Submit a right entry, asking for text/html: 406, and nothing is written."),
	run: notAcceptable,
}, {
	Case: problemCase("problem/only-json", LevelProblem,
		"A form in a page can send text, and no JSON. What is not declared as JSON is not read as such.",
		"Send JSON to each path that takes some, declared as text, as a form, and as nothing: 415, media-type."),
	run: onlyJSON,
}, {
	Case: problemCase("problem/too-large", LevelProblem,
		"A gateway that reads whatever is sent ends when somebody sends enough.",
		"Send a body of 16 MiB to each path that takes one: 413, request-too-large.",
		"Ask for something right: 200."),
	run: tooLarge,
}, {
	Case: problemCase("problem/head-is-get", LevelProblem,
		"Whoever watches the gateway asks by HEAD, and must be told what GET would tell.",
		"Ask by HEAD for something that is there, and for something that is not: the status of GET, and no body."),
	run: headIsGet,
}, {
	Case: problemCase("problem/types-are-described", LevelProblem,
		"A program acts by the type. One that stands in no description is one that nobody wrote a program for.",
		"Read /v1/openapi.json: a document of OpenAPI 3.1.",
		"Bring about a problem of each of eight kinds: the document lists the type of each."),
	run: typesDescribed,
}}

func noSuchPath(c *check) {
	c.Step(1)
	for _, path := range []string{"/", "/v1", "/v2/entries", "/v1/entries", "/v1/records/a/b", "/favicon.ico"} {
		p := c.problem(c.do(get(path)), http.StatusNotFound, "no-such-path")
		c.That(!p.retryable(), "not to be tried again", "retryable")
	}
	c.Step(2)
	p := c.problem(c.do(get("/v1/records/"+c.id())), http.StatusNotFound, "not-found")
	c.That(!p.retryable(), "not to be tried again", "retryable")
}

func noSuchMethod(c *check) {
	c.Step(1)
	for _, q := range []struct{ method, path, allow string }{
		{http.MethodDelete, "/v1/records", "GET"}, {http.MethodPut, "/v1/entries/find", "POST"}, {http.MethodPost, "/v1/witness", "GET"},
	} {
		a := c.do(request{method: q.method, path: q.path})
		c.problem(a, http.StatusMethodNotAllowed, "method-not-allowed")
		allow := strings.Join(a.Header.Values("Allow"), ", ")
		c.That(strings.Contains(allow, q.allow), q.allow+" in the header Allow", "%q", allow)
	}
}

func notAcceptable(c *check) {
	c.Step(1)
	c.problem(c.do(get("/v1/ledgers").with("Accept", "text/html")), http.StatusNotAcceptable, "not-acceptable")
	c.Step(2)
	a := c.do(get("/v1/ledgers").with("Accept", "application/ld+json"))
	c.That(a.Status == http.StatusOK && mediaOf(a) == "application/ld+json", "200, of type application/ld+json", "%s", a)
	c.Step(3)
	before := c.count(trade)
	c.problem(c.do(submitting(trade, c.made()).with("Accept", "text/html")), http.StatusNotAcceptable, "not-acceptable")
	c.That(c.count(trade) == before, "nothing written", "%d versions", c.count(trade)-before)
}

// taking lists the paths that take a body.
func taking() []string {
	return []string{"/v1/entries/find", "/v1/verify", "/v1/ledgers/" + trade + "/records", "/v1/capabilities"}
}

func onlyJSON(c *check) {
	c.Step(1)
	for _, path := range taking() {
		for _, media := range []string{"text/plain", "application/x-www-form-urlencoded", ""} {
			c.problem(c.do(post(path, []byte(`{}`)).with("Content-Type", media)), http.StatusUnsupportedMediaType, "media-type")
		}
	}
}

func tooLarge(c *check) {
	c.Step(1)
	body := []byte(strings.Repeat(" ", 16<<20))
	for _, path := range taking() {
		c.problem(c.do(post(path, body)), http.StatusRequestEntityTooLarge, "request-too-large")
	}
	c.Step(2)
	c.get("/v1/ledgers", nil)
}

func headIsGet(c *check) {
	entry := c.entry(trade)
	c.Step(1)
	for path, status := range map[string]int{"/v1/entries/" + entry.id(): 200, "/healthz": 200, "/v1/records/" + c.id(): 404} {
		a := c.do(request{method: http.MethodHead, path: path})
		c.That(a.Status == status && len(a.Body) == 0, http.StatusText(status)+", and no body", "%d with %d bytes", a.Status, len(a.Body))
	}
}

func typesDescribed(c *check) {
	c.Step(1)
	var doc struct {
		OpenAPI    string
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct{ Enum []string }
			}
		}
	}
	a := c.do(get("/v1/openapi.json"))
	c.That(a.Status == http.StatusOK && json.Unmarshal(a.Body, &doc) == nil && strings.HasPrefix(doc.OpenAPI, "3.1."),
		"a document of OpenAPI 3.1", "%s", a)
	c.Step(2)
	types := doc.Components.Schemas["Problem"].Properties["type"].Enum
	for _, q := range []request{
		get("/nowhere"), {method: http.MethodPut, path: "/v1/records"}, get("/v1/ledgers").with("Accept", "text/html"),
		post("/v1/verify", []byte(`{}`)).with("Content-Type", "text/plain"), post("/v1/verify", []byte(`{`)),
		get("/v1/records?cursor=nobody-made-this"), get("/v1/ledgers/nowhere"), get("/v1/records/" + c.id()),
	} {
		var p problem
		a := c.do(q)
		c.read(a, &p)
		c.problem(a, p.Status, kindOf(p))
		c.That(slices.Contains(types, p.Type), "a type that the document lists", "%s", p.Type)
	}
}

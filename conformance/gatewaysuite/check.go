package gatewaysuite

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"slices"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/trust/key"
)

// check is one case being played: what its function is given, and what it says what it expects with.
type check struct {
	*conformance.Steps
	ctx   context.Context
	run   *run
	stage *stage
	rand  *rand.Rand
	sick  bool // something of the world is unreachable on purpose
}

// open opens the gateway unless it is open, and hands over the partners' capabilities to a new one.
func (c *check) open() {
	if c.run.gateway == nil {
		c.run.gateway = c.opened("data")
	}
	if !c.run.admits {
		c.admit()
		c.run.admits = true
	}
}

// opened opens a gateway on the world, with a data folder of that name.
func (c *check) opened(data string) *Gateway {
	s, err := c.stage.setting(data)
	c.staged(err)
	g, err := c.run.harness.Open(c.ctx, s)
	if err != nil {
		c.Fail("the gateway opens", "%v", err)
	}
	return g
}

// elsewhere opens a second gateway, on a world of its own, for as long as use takes.
func (c *check) elsewhere(use func(g *Gateway)) {
	s, err := newStage()
	c.staged(err)
	there := &check{Steps: c.Steps, ctx: c.ctx, run: c.run, stage: s}
	g := there.opened("data")
	defer func() { c.staged(errors.Join(g.Close(), s.close())) }()
	use(g)
}

// reopen ends the gateway, and opens it again with what it kept.
func (c *check) reopen() {
	if err := c.run.end(); err != nil {
		c.Fail("the gateway ends", "%v", err)
	}
	c.open()
}

// admit hands over to the gateway a capability to everybody's evidence.
func (c *check) admit() {
	reader, err := key.DID(c.stage.holder)
	c.staged(err)
	for _, p := range c.stage.vouchedFor() {
		capability, err := p.Admit(reader, c.stage.deadline)
		c.staged(err)
		a := c.do(post("/v1/capabilities", capability.Object()))
		c.That(a.Status == http.StatusCreated, "a capability that a partner delegated to CBP is taken with 201", "%s", a)
	}
}

// ail makes something of the world unreachable, until the case is over or heal is called.
func (c *check) ail(what interface{ behave(manner) }, m manner) {
	c.sick = true
	what.behave(m)
}

// heal undoes what ail did.
func (c *check) heal() {
	c.sick = false
	c.stage.heal()
}

// get asks for a path that must be answered with 200, and reads the answer.
func (c *check) get(path string, into any) answer {
	a := c.do(get(path))
	c.That(a.Status == http.StatusOK, "GET "+path+" is answered with 200", "%s", a)
	c.read(a, into)
	return a
}

// read reads an answer's JSON.
func (c *check) read(a answer, into any) {
	if into == nil {
		return
	}
	if err := json.Unmarshal(a.Body, into); err != nil {
		c.Fail("the answer is JSON of the shape that /v1/openapi.json describes", "%s: %s", unread(err), a)
	}
}

// problem expects an answer to be a problem of a type, with a status.
func (c *check) problem(a answer, status int, kind string) problem {
	var p problem
	expected := "a problem " + kind
	c.That(a.Status == status, expected+" with status "+http.StatusText(status), "%s", a)
	c.That(mediaOf(a) == "application/problem+json", expected+" of type application/problem+json", "%s", a)
	if err := json.Unmarshal(a.Body, &p); err != nil {
		c.Fail(expected, "%s: %s", unread(err), a)
	}
	c.That(p.Type == typeBase+kind && p.Status == status && p.Title != "" && p.Retryable != nil,
		expected+" with its type, title, status and whether it may be tried again", "%s", a)
	return p
}

// points expects a problem to name what is wrong by its pointer, and to say which rule it breaks.
func (c *check) points(p problem, pointer string) {
	at := slices.IndexFunc(p.Faults, func(f fault) bool { return f.Pointer == pointer && f.Rule != "" })
	c.That(at >= 0, "a fault that points to "+pointer+" and names the rule", "%s", asJSON(p.Faults))
}

// count is how many versions stand on a ledger.
func (c *check) count(slug string) int {
	n, err := c.stage.nodes[slug].count(c.ctx)
	c.staged(err)
	return n
}

// holds reports whether an answer holds a text anywhere: in a header or in its body.
func (a answer) holds(text string) bool {
	for _, values := range a.Header {
		if slices.ContainsFunc(values, func(v string) bool { return bytes.Contains([]byte(v), []byte(text)) }) {
			return true
		}
	}
	return bytes.Contains(a.Body, []byte(text))
}

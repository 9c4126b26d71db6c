package faultmatrix_test

import (
	"bytes"
	"net/http"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// The longest that may be waited for a sick ledger: its budget for one question, and for a submission one for each of three,
// with what a busy machine adds. A healthy ledger waits for nobody.
const (
	forHealthy = 2 * time.Second
	forAnswer  = 8 * time.Second
	forList    = 18 * time.Second // a page's own time, and a budget
	forSubmit  = 20 * time.Second
)

// holdAll holds what was seen under the fault.
func (c *cell) holdAll() {
	r := &c.result
	c.holdKnown(r.onLedger)
	c.holdKnown(r.everywhere)
	c.holdNewcomer(r.newcomer)
	c.holdKnown(r.cached)
	c.holdKnown(r.cachedEverywhere)
	c.holdList(r.list)
	c.holdUnknown(r.unknown)
	c.holdSubmit(r.submit)
	c.holdHealthy(r.healthy, r.healthyEverywhere)
	c.holdView()
	for _, s := range []seen{r.onLedger, r.everywhere, r.unknown, r.newcomer, r.cached, r.cachedEverywhere, r.healthyEverywhere} {
		c.inTime(s, forAnswer)
	}
	c.inTime(r.list, forList)
	c.inTime(r.submit, forSubmit)
	c.inTime(r.healthy, forHealthy)
}

func (c *cell) inTime(s seen, most time.Duration) {
	c.t.Helper()
	if s.took > most {
		c.t.Errorf("%s took %v, more than %v", s.what, s.took, most)
	}
}

// holdKnown holds the answer about a record that is known to stand on the sick ledger: never absent, never another one, never
// invalid for an outage.
func (c *cell) holdKnown(s seen) {
	c.t.Helper()
	switch {
	case s.status == http.StatusOK:
	case s.away():
		return
	default:
		c.t.Errorf("%s: %d: a record that stands there: %s", s.what, s.status, s.body)
		return
	}
	answers := []gateway.Answer{in[gateway.Answer](c.t, s)}
	if bytes.Contains(s.body, []byte(`"answers"`)) {
		answers = in[gateway.RecordAnswer](c.t, s).Answers
	}
	for _, a := range answers {
		c.holdAnswer(s, a)
	}
	if len(answers) == 0 {
		c.t.Errorf("%s: no answer: %s", s.what, s.body)
	}
}

// holdNewcomer holds what a gateway answers that has seen nothing yet. It cannot know that a node shows what was so before:
// all else is held as for the others.
func (c *cell) holdNewcomer(s seen) {
	c.t.Helper()
	if c.fault.name == staleBlock && isValid(c, s, c.old) {
		return
	}
	c.holdKnown(s)
}

// holdAnswer holds one shown record that is known here.
func (c *cell) holdAnswer(s seen, a gateway.Answer) {
	c.t.Helper()
	newest := c.known.is(a)
	switch a.Verdict.Outcome {
	case trust.Valid:
		if a.State != gateway.Current || !newest {
			c.t.Errorf("%s: valid, and it is %s version %d: %s", s.what, a.State, a.Version, a.Record)
		}
	case trust.Invalid:
		if !c.fault.accused {
			c.t.Errorf("%s: invalid, and nothing was altered: %+v", s.what, a.Verdict.Checks)
		}
	}
	if c.fault.harmless && (a.Verdict.Outcome != trust.Valid || !newest) {
		c.t.Errorf("%s: %s %+v", s.what, a.Verdict.Outcome, a.Verdict.Checks)
	}
}

// holdList holds a list: what it shows as valid is as it was filed, and a ledger that is missing in it is named.
func (c *cell) holdList(s seen) {
	c.t.Helper()
	if s.status != http.StatusOK {
		if !s.away() {
			c.t.Errorf("%s: %d: %s", s.what, s.status, s.body)
		}
		return
	}
	page := in[gateway.Page](c.t, s)
	shown := 0
	for _, a := range page.Records {
		if a.ID == c.known.id && c.listed(s, a) {
			shown++
		}
	}
	if state := c.state(s, page.Sources); state == gateway.Answered && page.Next == "" && shown < 2 && !c.fault.accused {
		c.t.Errorf("%s: the ledger answered, and of two versions %d are shown", s.what, shown)
	}
}

// listed holds one version in a list.
func (c *cell) listed(s seen, a gateway.Answer) bool {
	c.t.Helper()
	if a.Verdict.Outcome == trust.Valid && !c.old.is(a) && !c.known.is(a) || a.Verdict.Outcome == trust.Invalid && !c.fault.accused {
		c.t.Errorf("%s: version %d is %s: %s", s.what, a.Version, a.Verdict.Outcome, a.Record)
	}
	return a.Verdict.Outcome == trust.Valid
}

// state is what the sick ledger contributed, which must be told.
func (c *cell) state(s seen, sources []gateway.Source) gateway.SourceState {
	c.t.Helper()
	i := slices.IndexFunc(sources, func(s gateway.Source) bool { return s.Ledger == sick })
	if i < 0 {
		c.t.Errorf("%s: the sick ledger is left out: %+v", s.what, sources)
		return ""
	}
	return sources[i].State
}

// holdUnknown holds the answer about an id of nobody: it is absent only where the sick ledger said so.
func (c *cell) holdUnknown(s seen) {
	c.t.Helper()
	named := slices.Contains(s.problem().Ledgers, sick)
	if absent := s.status == http.StatusNotFound; absent == s.away() || !absent && !named {
		c.t.Errorf("%s: %d: %s", s.what, s.status, s.body)
	}
	if c.fault.wire != "" && !c.fault.harmless && s.status == http.StatusNotFound {
		c.t.Errorf("%s: not found, while a ledger is away", s.what)
	}
}

// holdSubmit holds what became of a submission: taken, or to be sent again. It has no fault. What a vendor writes himself
// is told as not offered, whatever his ledger does.
func (c *cell) holdSubmit(s seen) {
	c.t.Helper()
	refused := s.code() == string(gateway.NotOffered)
	if c.reach.acme != nil && refused || c.reach.acme == nil && (taken(s) || s.away()) {
		return
	}
	c.t.Errorf("%s: %d: a submission without a fault: %s", s.what, s.status, s.body)
}

func taken(s seen) bool { return s.status == http.StatusCreated || s.status == http.StatusAccepted }

// holdHealthy holds what the other ledger shows.
func (c *cell) holdHealthy(on, everywhere seen) {
	c.t.Helper()
	if a := in[gateway.Answer](c.t, on); on.status != http.StatusOK || a.Verdict.Outcome != trust.Valid {
		c.t.Errorf("%s: %d %s", on.what, on.status, on.body)
	}
	all := in[gateway.RecordAnswer](c.t, everywhere)
	if everywhere.status != http.StatusOK || len(all.Answers) != 1 || all.Answers[0].Verdict.Outcome != trust.Valid {
		c.t.Errorf("%s: %d %s", everywhere.what, everywhere.status, everywhere.body)
	}
	c.state(everywhere, all.Sources)
}

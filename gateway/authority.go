package gateway

import (
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// machines says which life cycle the records of a type of document move through. A disposition is a step of the entry
// that it links to.
var machines = map[string]lifecycle.Machine{
	model.TypeEntrySummary:        lifecycle.Entry,
	model.TypeEntryDisposition:    lifecycle.Entry,
	model.TypeCertificateOfOrigin: lifecycle.Certificate,
}

// roles lists who may take the step of a record; none where its event is no step that such a record takes. Customs' steps
// stand in dispositions, and nobody else's do. A ledger without records of ours may tell customs' steps of an entry, which
// only customs may have written; and it may tell no step at all, when whoever signs such documents may have written it.
func roles(s *adapters.Statement) []lifecycle.Role {
	all := lifecycle.Roles(machines[s.Type], lifecycle.Event(s.Event))
	customs, decision := slices.Contains(all, lifecycle.CBP), s.Type == model.TypeEntryDisposition
	switch {
	case s.Event == "" && signers[s.Type] != "":
		return []lifecycle.Role{signers[s.Type]}
	case customs != decision && (s.Signed() || decision):
		return nil
	}
	return all
}

// reports tells that a ledger without records of ours repeats a decision of customs: it decides nothing, for customs'
// decisions are dispositions.
func reports(s *adapters.Statement) bool {
	return !s.Signed() && s.Type != model.TypeEntryDisposition &&
		slices.Contains(lifecycle.Roles(machines[s.Type], lifecycle.Event(s.Event)), lifecycle.CBP)
}

// authority checks whether whoever said it may take the step, at a time: the issuer's key, or, where nobody signed, whom
// the chain authenticated. Witnessed is when this gateway first saw it, zero if never: a key that is known to be
// compromised vouches only for what was seen before.
func (g *Gateway) authority(s *adapters.Statement, at, witnessed time.Time) trust.Check {
	allowed := roles(s)
	switch {
	case len(allowed) == 0:
		return trust.Check{Name: trust.Authority, Outcome: trust.Invalid, Method: "life cycle",
			Reason: "the event " + s.Event + " is no step of a " + s.Type}
	case s.Signed():
		return g.Participants.Authority(s.Issuer, allowed[0], s.Home, at, witnessed)
	}
	return g.Participants.SenderAuthority(sender(s.Author, s.Home), allowed[0], at, witnessed)
}

func sender(a driver.Author, ledger string) trust.Sender {
	return trust.Sender{Kind: a.Kind, ID: a.ID, Ledger: ledger, Certificate: a.Evidence}
}

// authorityOf is that of a reading: at the time that the chain gives it, or, where the chain tells none, when it was
// first seen here.
func (g *Gateway) authorityOf(r *adapters.Reading, witnessed time.Time) trust.Check {
	at := r.Entry.Time
	if at.IsZero() {
		at = witnessed
	}
	return g.authority(r.Says, at, witnessed)
}

// Why the life cycle is not asked about some of what a ledger without records of ours says.
const (
	untold   = "the ledger's shape tells no step of the life cycle"
	reported = "the ledger repeats a decision of customs, which counts only where customs' own ledger has it"
)

// firstStep checks what the life cycle says of a record by itself: whether a first version begins with a first step.
// Later versions, and decisions on an entry, need the records beside them: the entry file folds those.
func firstStep(s *adapters.Statement) trust.Check {
	c := trust.Check{Name: trust.Lifecycle, Method: "table of steps", Outcome: trust.NotOffered,
		Reason: "is told in the entry file, where the records beside this one are read"}
	m := machines[s.Type]
	switch {
	case s.Event == "":
		c.Reason = untold
		return c
	case reports(s):
		c.Reason = reported
		return c
	case s.Version > 1 || s.Type == model.TypeEntryDisposition:
		return c
	}
	_, err := lifecycle.Next(m, lifecycle.Initial(m), lifecycle.Event(s.Event), lifecycle.Facts{})
	if err != nil {
		c.Outcome, c.Reason = trust.Invalid, err.Error()
		return c
	}
	c.Outcome, c.Reason = trust.Valid, ""
	return c
}

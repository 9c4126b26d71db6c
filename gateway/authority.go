package gateway

import (
	"time"

	"github.com/ftagateway/ftagateway/adapters"
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

// roles lists who may take the step of a record; none where its event is no step of its machine.
func roles(r *model.Parsed) []lifecycle.Role {
	return lifecycle.Roles(machines[r.Type], lifecycle.Event(r.Event))
}

// authority checks whether the issuer's key may do this step, at the time that the chain gives the record. Witnessed is
// when this gateway first saw it: a key that is known to be compromised vouches only for what was seen before.
func (g *Gateway) authority(r *adapters.Reading, witnessed time.Time) trust.Check {
	allowed := roles(r.Record)
	if len(allowed) == 0 {
		return trust.Check{Name: trust.Authority, Outcome: trust.Invalid, Method: "life cycle",
			Reason: "the event " + r.Record.Event + " is no step of a " + r.Record.Type}
	}
	at := r.Entry.Time
	if at.IsZero() {
		at = witnessed
	}
	return g.Participants.Authority(r.Record.Issuer, allowed[0], r.Record.Ledger, at, witnessed)
}

// firstStep checks what the life cycle says of a record by itself: whether a first version begins with a first step.
// Later versions, and decisions on an entry, need the records beside them: the entry file folds those.
func firstStep(r *model.Parsed) trust.Check {
	c := trust.Check{Name: trust.Lifecycle, Method: "table of steps", Outcome: trust.NotOffered,
		Reason: "is told in the entry file, where the records beside this one are read"}
	m := machines[r.Type]
	if r.Version > 1 || r.Type == model.TypeEntryDisposition {
		return c
	}
	_, err := lifecycle.Next(m, lifecycle.Initial(m), lifecycle.Event(r.Event), lifecycle.Facts{})
	if err != nil {
		c.Outcome, c.Reason = trust.Invalid, err.Error()
		return c
	}
	c.Outcome, c.Reason = trust.Valid, ""
	return c
}

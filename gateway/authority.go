package gateway

import (
	"slices"
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

// roles lists who may take the step of a record; none where its event is no step that such a record takes. Customs' steps
// stand in dispositions, and nobody else's do.
func roles(r *model.Parsed) []lifecycle.Role {
	all := lifecycle.Roles(machines[r.Type], lifecycle.Event(r.Event))
	if slices.Contains(all, lifecycle.CBP) != (r.Type == model.TypeEntryDisposition) {
		return nil
	}
	return all
}

// authority checks whether the issuer's key may take the step of a record, at a time. Witnessed is when this gateway first
// saw it, zero if never: a key that is known to be compromised vouches only for what was seen before.
func (g *Gateway) authority(r *model.Parsed, at, witnessed time.Time) trust.Check {
	allowed := roles(r)
	if len(allowed) == 0 {
		return trust.Check{Name: trust.Authority, Outcome: trust.Invalid, Method: "life cycle",
			Reason: "the event " + r.Event + " is no step of a " + r.Type}
	}
	return g.Participants.Authority(r.Issuer, allowed[0], r.Ledger, at, witnessed)
}

// authorityOf is that of a reading: at the time that the chain gives it, or, where the chain tells none, when it was
// first seen here.
func (g *Gateway) authorityOf(r *adapters.Reading, witnessed time.Time) trust.Check {
	at := r.Entry.Time
	if at.IsZero() {
		at = witnessed
	}
	return g.authority(r.Record, at, witnessed)
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

package trust

import (
	"fmt"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
)

// step is a step of the life cycle that somebody took: who signed it, or whom the chain names.
type step struct {
	key       string
	accounts  []model.Account // the names that one sender goes by
	role      lifecycle.Role
	ledger    string
	at        time.Time
	witnessed time.Time
}

// what names by what the one who took a step is known.
func (s step) what() string {
	if s.key == "" {
		return "account"
	}
	return "key"
}

// binding is how a document binds a key or an account to its party.
type binding struct {
	signs       bool
	ledger      string // empty: any
	from, until model.Instant
	revoked     *model.Revocation
}

// bindings lists all that a document says of whoever took a step.
func (p *Participant) bindings(s step) []binding {
	var all []binding
	for _, k := range p.Keys {
		if s.key != "" && k.ID == s.key {
			all = append(all, binding{k.Use == model.UseSigning, k.Ledger, k.ValidFrom, k.ValidUntil, k.Revoked})
		}
	}
	for _, a := range p.Accounts {
		if slices.ContainsFunc(s.accounts, func(name model.Account) bool { return named(name, a) }) {
			all = append(all, binding{true, a.Ledger, a.ValidFrom, a.ValidUntil, a.Revoked})
		}
	}
	return all
}

func keep(all []binding, wanted func(binding) bool) []binding {
	return slices.DeleteFunc(slices.Clone(all), func(b binding) bool { return !wanted(b) })
}

// objection says why a step may not be taken on the strength of this document, and is empty where it may. A key may be
// bound to several ledgers, and every binding that speaks of this one must let the step pass.
func (p *Participant) objection(s step) string {
	all := p.bindings(s)
	signing := keep(all, func(b binding) bool { return b.signs })
	here := keep(signing, func(b binding) bool { return b.ledger == "" || b.ledger == s.ledger })
	switch {
	case outside(s.at, p.ValidFrom, p.ValidUntil):
		return "the participant is valid " + span(p.ValidFrom, p.ValidUntil)
	case len(signing) == 0:
		return "the key is not for signing"
	case len(here) == 0:
		return "the " + s.what() + " is bound to another ledger"
	}
	for _, b := range here {
		if reason := b.objection(s); reason != "" {
			return reason
		}
	}
	return compromise(all, s)
}

func (b binding) objection(s step) string {
	if outside(s.at, b.from, b.until) {
		return "the " + s.what() + " is valid " + span(b.from, b.until)
	}
	if b.revoked != nil && b.revoked.Reason == model.RevokedSuperseded && !s.at.Before(b.revoked.Since.Time()) {
		return fmt.Sprintf("the %s was superseded at %s", s.what(), b.revoked.Since)
	}
	return ""
}

// compromise objects to a key that was stolen, whatever it was bound to. Whoever holds it can sign what he likes and
// have it stand in whatever time a chain of his tells; so only what was seen here before counts. A revocation for a
// reason that is not known here is treated as this one.
func compromise(all []binding, s step) string {
	for _, b := range all {
		if b.revoked == nil || b.revoked.Reason == model.RevokedSuperseded {
			continue
		}
		if s.witnessed.IsZero() || !s.witnessed.Before(b.revoked.Since.Time()) {
			return fmt.Sprintf("the %s is compromised since %s, and the step was not witnessed before", s.what(), b.revoked.Since)
		}
	}
	return ""
}

// outside reports whether a time is before from, or not before until. A zero until is no end.
func outside(at time.Time, from, until model.Instant) bool {
	return at.Before(from.Time()) || !until.IsZero() && !at.Before(until.Time())
}

func span(from, until model.Instant) string {
	if until.IsZero() {
		return "from " + from.String()
	}
	return "from " + from.String() + " until " + until.String()
}

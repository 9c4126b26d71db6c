package trust

import (
	"crypto/ecdh"
	"fmt"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust/did"
)

// Participant is what one trusted document says of a party. It is shared: read it only.
type Participant struct {
	// Participant is the document's subject. Its roles are only those that the document's issuer is trusted for.
	model.Participant
	Issuer string        // who vouches for it
	Issued model.Instant // the document's own validFrom: of two documents, the later one speaks
	Digest ld.Digest     // of the document

	lookups []*ecdh.PublicKey
}

// LookupKeys lists the party's keys for lookups, the newest first. Keys that ended are among them: what was committed to
// with an old key is found with an old key.
func (p *Participant) LookupKeys() []*ecdh.PublicKey { return slices.Clone(p.lookups) }

// lookupKeys reads the keys for lookups, the newest first.
func lookupKeys(keys []model.ParticipantKey) ([]*ecdh.PublicKey, error) {
	keys = only(keys, func(k model.ParticipantKey) bool { return k.Use == model.UseLookup })
	slices.SortStableFunc(keys, func(a, b model.ParticipantKey) int {
		return b.ValidFrom.Time().Compare(a.ValidFrom.Time())
	})
	public := make([]*ecdh.PublicKey, len(keys))
	for i, k := range keys {
		var err error
		if public[i], err = did.X25519(k.ID); err != nil {
			return nil, err
		}
	}
	return public, nil
}

// step is a step of the life cycle that somebody took.
type step struct {
	key       string
	role      lifecycle.Role
	ledger    string
	at        time.Time
	witnessed time.Time
}

// fulfils says which parties may play a part of the life cycle. Who respondents are is 19 CFR 181.72 and its like: the
// importer, exporter or producer that customs asks, or the broker who answers for the importer.
var fulfils = map[lifecycle.Role][]string{
	lifecycle.Filer:      {model.RoleImporter, model.RoleBroker},
	lifecycle.Importer:   {model.RoleImporter},
	lifecycle.Certifier:  {model.RoleImporter, model.RoleExporter, model.RoleProducer},
	lifecycle.Respondent: {model.RoleImporter, model.RoleBroker, model.RoleExporter, model.RoleProducer},
	lifecycle.CBP:        {model.RoleCBP},
}

func (p *Participant) may(role lifecycle.Role) bool {
	return slices.ContainsFunc(p.Roles, func(r model.ParticipantRole) bool { return slices.Contains(fulfils[role], r.Role) })
}

// objection says why a step may not be taken on the strength of this document, and is empty where it may. A key may be
// bound to several ledgers, and every binding that speaks of this one must let the step pass.
func (p *Participant) objection(s step) string {
	signing := only(p.Keys, func(k model.ParticipantKey) bool { return k.ID == s.key && k.Use == model.UseSigning })
	here := only(signing, func(k model.ParticipantKey) bool { return k.Ledger == "" || k.Ledger == s.ledger })
	switch {
	case outside(s.at, p.ValidFrom, p.ValidUntil):
		return "the participant is valid " + span(p.ValidFrom, p.ValidUntil)
	case len(signing) == 0:
		return "the key is not for signing"
	case len(here) == 0:
		return "the key is bound to another ledger"
	}
	for _, k := range here {
		if reason := keyObjection(k, s); reason != "" {
			return reason
		}
	}
	return p.compromise(s)
}

func only(keys []model.ParticipantKey, wanted func(model.ParticipantKey) bool) []model.ParticipantKey {
	return slices.DeleteFunc(slices.Clone(keys), func(k model.ParticipantKey) bool { return !wanted(k) })
}

func keyObjection(k model.ParticipantKey, s step) string {
	if outside(s.at, k.ValidFrom, k.ValidUntil) {
		return "the key is valid " + span(k.ValidFrom, k.ValidUntil)
	}
	if k.Revoked != nil && k.Revoked.Reason == model.RevokedSuperseded && !s.at.Before(k.Revoked.Since.Time()) {
		return fmt.Sprintf("the key was superseded at %s", k.Revoked.Since)
	}
	return ""
}

// compromise objects to a key that was stolen, whatever it was bound to. Whoever holds it can sign what he likes and
// have it stand in whatever time a chain of his tells; so only what was seen here before counts. A revocation for a
// reason that is not known here is treated as this one.
func (p *Participant) compromise(s step) string {
	for _, k := range p.Keys {
		if k.ID != s.key || k.Revoked == nil || k.Revoked.Reason == model.RevokedSuperseded {
			continue
		}
		if s.witnessed.IsZero() || !s.witnessed.Before(k.Revoked.Since.Time()) {
			return fmt.Sprintf("the key is compromised since %s, and the step was not witnessed before", k.Revoked.Since)
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

package trust

import (
	"crypto/ecdh"
	"slices"

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

func only(keys []model.ParticipantKey, wanted func(model.ParticipantKey) bool) []model.ParticipantKey {
	return slices.DeleteFunc(slices.Clone(keys), func(k model.ParticipantKey) bool { return !wanted(k) })
}

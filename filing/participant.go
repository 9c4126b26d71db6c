package filing

import (
	"time"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Participant says which party the partner's keys belong to, in which roles, from when until when. It is for an issuer of
// participants to sign: nobody is trusted for what he says of himself.
func (p *Partner) Participant(is model.Party, from, until time.Time, roles ...model.ParticipantRole) (*model.Participant, error) {
	id, err := key.DID(p.Issuer)
	if err != nil {
		return nil, err
	}
	begins := model.At(from)
	keys := []model.ParticipantKey{{ID: id, Use: model.UseSigning, ValidFrom: begins}}
	if p.Lookup != nil {
		keys = append(keys, model.ParticipantKey{ID: did.FromX25519(p.Lookup.PublicKey()), Use: model.UseLookup, ValidFrom: begins})
	}
	return &model.Participant{Party: is, Roles: roles, Keys: keys, ValidFrom: begins, ValidUntil: model.At(until)}, nil
}

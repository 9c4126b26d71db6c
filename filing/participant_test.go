package filing_test

import (
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

// What binds a partner's keys names the lookup key only of one who has it, and keeps all rules.
func TestAPartnerAsAParticipant(t *testing.T) {
	from := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	until := from.AddDate(1, 0, 0)
	role := model.ParticipantRole{Role: model.RoleImporter, FilerCode: sample.FilerABC}
	p := &filing.Partner{Issuer: signer(t)}
	for _, lookup := range []bool{false, true} {
		want := []string{didOf(t, p.Issuer)}
		if lookup {
			p.Lookup = must(key.NewLookup())(t)
			want = append(want, did.FromX25519(p.Lookup.PublicKey()))
		}
		said := must(p.Participant(sample.Importer(), from, until, role))(t)
		if faults := said.Check(); len(faults) > 0 && lookup {
			t.Error(faults)
		}
		if len(said.Keys) != len(want) || len(said.Roles) != 1 || said.Roles[0] != role {
			t.Fatalf("%+v", said)
		}
		for i, k := range said.Keys {
			if k.ID != want[i] || k.ValidFrom != model.At(from) || said.ValidUntil != model.At(until) {
				t.Errorf("key %d: %+v", i, k)
			}
		}
	}
}

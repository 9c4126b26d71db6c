package evidence_test

import (
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/trust/capability"
)

func TestDelegatorsAreNamedFromTheCapabilityUpwards(t *testing.T) {
	p := evidencetest.NewPartner(t, "https://evidence.example", evidencetest.NewParty(t))
	agency := evidencetest.Delegate(t, p.Reading, p.Customs, capability.Grant{Controller: evidencetest.NewParty(t).DID})
	for name, c := range map[string]struct {
		capability *capability.Capability
		want       []string
	}{
		"root":    {p.Root, nil},
		"filing":  {p.Filing, []string{p.Owner.DID}},
		"reading": {p.Reading, []string{p.Filer.DID, p.Owner.DID}},
		"agency":  {agency, []string{p.Customs.DID, p.Filer.DID, p.Owner.DID}},
	} {
		if got, err := evidence.Delegators(c.capability); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v; want %v", name, got, err, c.want)
		}
	}
}

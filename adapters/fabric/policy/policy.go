// Package policy reads signature policies as Fabric's users write them, and says whether those who signed meet one.
//
//	AND('Org1MSP.peer', 'Org2MSP.peer')
//	OutOf(2, 'Org1MSP.peer', 'Org2MSP.peer', OR('Org3MSP.peer', 'Org4MSP.admin'))
//	MAJORITY peer
//
// The last form counts organisations: ANY, MAJORITY or ALL of those that the reader was given, each by a member with the
// role. It is what Fabric calls an implicit meta policy, with the organisations' own policies spelled out.
package policy

import (
	"slices"

	"github.com/ftagateway/ftagateway/adapters/fabric/member"
)

// Policy is a rule about who must have signed.
type Policy struct {
	text string
	rule rule
}

// rule is one member of an organisation in a role, or n of several rules.
type rule struct {
	msp, role string
	n         int
	of        []rule
}

// String is the policy as it was written.
func (p *Policy) String() string { return p.text }

// Met reports whether the signers meet the policy. They MUST be those whose signatures hold and for whom their
// organisation vouches. As in Fabric, each counts once, however often it is among them, and for one role; rules take
// their signers from left to right.
func (p *Policy) Met(signers []*member.Identity) bool {
	var distinct []*member.Identity
	for _, s := range signers {
		same := func(d *member.Identity) bool { return d.ID() == s.ID() }
		if !slices.ContainsFunc(distinct, same) {
			distinct = append(distinct, s)
		}
	}
	return p.rule.met(distinct, make([]bool, len(distinct)))
}

func (r *rule) met(signers []*member.Identity, used []bool) bool {
	if r.of == nil {
		return r.takes(signers, used)
	}
	met := 0
	for i := range r.of {
		trial := slices.Clone(used)
		if r.of[i].met(signers, trial) {
			copy(used, trial)
			met++
		}
	}
	return met >= r.n
}

func (r *rule) takes(signers []*member.Identity, used []bool) bool {
	for i, s := range signers {
		if !used[i] && s.MSP == r.msp && s.Is(r.role) {
			used[i] = true
			return true
		}
	}
	return false
}

// organisations lists the MSP ids that a rule names.
func (r *rule) organisations() []string {
	if r.of == nil {
		return []string{r.msp}
	}
	var all []string
	for i := range r.of {
		all = append(all, r.of[i].organisations()...)
	}
	return all
}

package inclusion

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/fabric/member"
	"github.com/ftagateway/ftagateway/adapters/fabric/policy"
)

// missing is a part of a proof that is not there, or an organisation that the anchors do not know: nothing was refuted,
// and nothing shown.
type missing struct{ error }

// signature is what somebody is said to have signed.
type signature struct{ identity, message, value []byte }

// maxSignatures is how many are looked at for one policy.
const maxSignatures = 64

// authentic checks that a member signed: its organisation vouches for it, and the signature holds. The error is missing
// where the anchors do not know the organisation.
func (a authorities) authentic(s signature) (*member.Identity, error) {
	id, err := member.Read(s.identity)
	if err != nil {
		return nil, err
	}
	organisation := a[id.MSP]
	if organisation == nil {
		return nil, missing{fmt.Errorf("the anchors do not know %.80q", id.MSP)}
	}
	if err := organisation.Vouch(id); err != nil {
		return nil, err
	}
	if err := id.Signed(s.message, s.value); err != nil {
		return nil, fmt.Errorf("the signature of a member of %s does not hold: %w", id.MSP, err)
	}
	return id, nil
}

// meet checks that enough signed for a policy. Signatures that do not hold do not count, as on the channel itself.
func (a authorities) meet(p *policy.Policy, all []signature) error {
	if len(all) > maxSignatures {
		return fmt.Errorf("%d signatures, the most is %d", len(all), maxSignatures)
	}
	var signers []*member.Identity
	var doubts []error
	for _, s := range all {
		if id, err := a.authentic(s); err != nil {
			doubts = append(doubts, err)
		} else {
			signers = append(signers, id)
		}
	}
	if p.Met(signers) {
		return nil
	}
	return unmet(fmt.Sprintf("policy %s is not met by %s", p, organisations(signers)), doubts)
}

// unmet says why too few signed. It is missing where all that is wrong is that the anchors do not know who did.
func unmet(what string, doubts []error) error {
	known := len(doubts) == 0
	for _, d := range doubts {
		known = known || !isMissing(d)
		what += "; " + d.Error()
	}
	if known {
		return errors.New(what)
	}
	return missing{errors.New(what)}
}

// organisations names whose members signed.
func organisations(signers []*member.Identity) string {
	var all []string
	for _, s := range signers {
		all = append(all, s.MSP)
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) == 0 {
		return "nobody"
	}
	return strings.Join(all, ", ")
}

func isMissing(err error) bool {
	var m missing
	return errors.As(err, &m)
}

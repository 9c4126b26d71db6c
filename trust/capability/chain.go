package capability

import (
	"github.com/ftagateway/ftagateway/trust/proof"
)

// VerifyDelegation checks a capability without a request: that each delegation of its chain is signed by the controller
// of the one above, only narrows it, and that none has expired. Everything that is wrong is ErrRefused. Whether it was
// revoked is not asked.
func (v *Verifier) VerifyDelegation(c *Capability) error {
	parent, err := v.root(c.Root())
	if err != nil {
		return err
	}
	chain := c.chain()
	if len(chain) > v.maxChain() {
		return refuse("chain has more than %d delegations", v.maxChain())
	}
	if c.IsRoot() && (c.Controller != parent.Controller || c.Target != parent.Target) {
		return refuse("root capability is not the one known here")
	}
	for _, child := range chain {
		if err := v.verifyStep(parent, child); err != nil {
			return err
		}
		parent = child
	}
	return nil
}

func (v *Verifier) maxChain() int {
	if v.MaxChain == 0 {
		return defaultMaxChain
	}
	return v.MaxChain
}

// verifyStep checks one delegation against the one above it. What is cheap comes first.
func (v *Verifier) verifyStep(parent, child *Capability) error {
	if err := checkNarrows(parent, child); err != nil {
		return err
	}
	if !v.now().Before(child.Expires.Add(skew)) {
		return refuse("delegation has expired")
	}
	signer, err := child.signedBy()
	if err != nil {
		return err
	}
	if !controls(parent.Controller, signer) {
		return refuse("delegation is not signed by the controller above")
	}
	return nil
}

// signedBy answers the key whose signature a delegation carries. That is arithmetic over what the capability says, and is
// done once for each; that it is the right key, in time and not revoked is for every call to ask.
func (c *Capability) signedBy() (string, error) {
	if known := c.delegator.Load(); known != nil {
		return *known, nil
	}
	s, err := proof.Verify(c.object, proof.CapabilityDelegation)
	if err != nil {
		return "", refuse("delegation: %v", verdict(err))
	}
	if s.Suite != proof.Ed25519Signature2020 {
		return "", refuse("delegation is signed by another suite")
	}
	c.delegator.Store(&s.Key)
	return s.Key, nil
}

func checkNarrows(parent, child *Capability) error {
	switch {
	case child.Parent != parent.ID:
		return refuse("delegation stands on another capability")
	case !within(child.Target, parent.Target):
		return refuse("delegation widens the target")
	case !narrows(child.Actions, parent.Actions):
		return refuse("delegation widens the actions")
	case !parent.IsRoot() && child.Expires.After(parent.Expires):
		return refuse("delegation outlives the one above")
	case child.created.Before(parent.created):
		return refuse("delegation is older than the one above")
	}
	return nil
}

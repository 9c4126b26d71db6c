package client

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/did"
)

const source = "Authorization Capabilities for Linked Data"

// check refuses a capability that could not be used, or that nobody with a name delegated, and answers who did.
func (h *Holdings) check(c *capability.Capability) (issuer string, err error) {
	var faults schemas.Faults
	if c.IsRoot() {
		faults.Add("/parentCapability", nil, "must be there: a root capability is never handed over", source)
		return "", faults
	}
	if c.Controller != h.controller && c.Controller != did.Method(h.controller) {
		faults.Add("/controller", c.Controller, "must be "+h.controller, source)
	}
	if c.Actions != nil && !slices.Contains(c.Actions, evidence.Read) {
		faults.Add("/allowedAction", fmt.Sprint(c.Actions), "must allow "+evidence.Read, source)
	}
	if err := checkTarget(c.Target); err != nil {
		faults.Add("/invocationTarget", c.Target, err.Error(), source)
	}
	if !c.Expires.After(h.now()) {
		faults.Add("/expires", c.Expires.String(), "must be in the future", source)
	}
	if issuer, err = h.delegator(c); err != nil {
		faults.Add("/proof", nil, "must be a chain of delegations, each signed by the controller above and no wider", source)
	}
	return issuer, faults.Err()
}

// delegator verifies the chain and answers the key that signed its last delegation.
func (h *Holdings) delegator(c *capability.Capability) (string, error) {
	keys, err := evidence.Delegators(c)
	if err != nil {
		return "", err
	}
	first := func(string) (string, bool) { return keys[len(keys)-1], true }
	if h.anchor != nil {
		first = h.anchor
	}
	v := capability.Verifier{RootController: first, Now: h.now}
	return keys[0], v.VerifyDelegation(c)
}

// renews refuses what would take the place of a capability that lasts longer, which only somebody with an old copy
// hands over.
func (h holding) renews(other holding) error {
	if h.capability.ID == other.capability.ID || !h.capability.Expires.Before(other.capability.Expires) {
		return nil
	}
	var faults schemas.Faults
	faults.Add("/expires", h.capability.Expires.String(), "must not be before that of the capability held for this target", source)
	return faults
}

// scan reads the holdings under a prefix, by issuer and then the latest first.
func (h *Holdings) scan(prefix string) ([]holding, error) {
	var all []holding
	var failed error
	err := h.store.Scan([]byte(prefix), nil, func(_, value []byte) bool {
		one, err := h.decoded.holding(value)
		if failed = err; err == nil {
			all = append(all, one)
		}
		return err == nil
	})
	slices.SortStableFunc(all, func(a, b holding) int {
		return cmp.Or(cmp.Compare(a.Issuer, b.Issuer), b.Added.Compare(a.Added))
	})
	return all, errors.Join(err, failed)
}

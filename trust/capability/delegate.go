package capability

import (
	"crypto"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// Grant says what a delegation gives, and to whom.
type Grant struct {
	Controller string    // did:key of whoever may invoke it, and delegate it further
	Target     string    // the parent's if empty
	Actions    []string  // the parent's if nil
	Expires    time.Time // the parent's if zero; cut to whole seconds
	ID         string    // a new urn:uuid if empty
	Created    time.Time // now if zero, and never before the parent's
}

// Delegate makes a capability that narrows parent, signed by parent's controller. A grant that is wider than its parent
// is refused with schemas.Faults. The proof is an Ed25519Signature2020, as the libraries want it.
func Delegate(parent *Capability, by crypto.Signer, g Grant) (*Capability, error) {
	g = g.orParent(parent)
	if err := g.check(parent, by); err != nil {
		return nil, fmt.Errorf("delegating capability: %w", err)
	}
	signed, err := proof.Sign(g.object(parent), by, proof.Options{
		Suite: proof.Ed25519Signature2020, Purpose: proof.CapabilityDelegation, Created: g.Created, Chain: parent.chainBelow(),
	})
	if err != nil {
		return nil, fmt.Errorf("delegating capability: %w", err)
	}
	data, err := ld.JCS(signed)
	if err != nil {
		return nil, fmt.Errorf("delegating capability: %w", err)
	}
	return Parse(data)
}

func (g Grant) orParent(parent *Capability) Grant {
	if g.Target == "" {
		g.Target = parent.Target
	}
	if g.Actions == nil {
		g.Actions = parent.Actions
	}
	if g.Expires.IsZero() {
		g.Expires = parent.Expires
	}
	if g.ID == "" {
		g.ID = uuid.New().URN()
	}
	if g.Created.IsZero() {
		g.Created = time.Now()
	}
	if g.Created.Before(parent.created) {
		g.Created = parent.created
	}
	g.Created, g.Expires = g.Created.UTC().Truncate(time.Second), g.Expires.UTC().Truncate(time.Second)
	return g
}

// check refuses what a Verifier would refuse, before it is signed.
func (g Grant) check(parent *Capability, by crypto.Signer) error {
	var faults schemas.Faults
	rule := func(ok bool, at string, value any, rule string) {
		if !ok {
			faults.Add(at, value, rule, source)
		}
	}
	signer, err := key.DID(by)
	if err != nil {
		return err
	}
	rule(controls(parent.Controller, signer), "/proof/verificationMethod", signer, "must be the parent's controller")
	rule(within(g.Target, parent.Target), "/invocationTarget", g.Target, "must be the parent's target, or below it")
	rule(narrows(g.Actions, parent.Actions), "/allowedAction", fmt.Sprint(g.Actions), "must be among the parent's")
	rule(g.Expires.After(g.Created), "/expires", g.Expires, "must be after its delegation")
	rule(parent.IsRoot() || !g.Expires.After(parent.Expires), "/expires", g.Expires, "must not be after the parent's")
	return faults.Err()
}

// controls reports whether a controller is the key, by its DID or by its method.
func controls(controller, key string) bool { return controller == key || controller == did.Method(key) }

func (g Grant) object(parent *Capability) ld.Object {
	o := ld.Object{
		"@context":         []any{contextZcap, context2020},
		"id":               g.ID,
		"controller":       g.Controller,
		"parentCapability": parent.ID,
		"invocationTarget": g.Target,
		"expires":          g.Expires.Format("2006-01-02T15:04:05Z"),
	}
	if g.Actions != nil {
		actions := make([]any, 0, len(g.Actions))
		for _, a := range slices.Compact(slices.Clone(g.Actions)) {
			actions = append(actions, a)
		}
		o["allowedAction"] = actions
	}
	return o
}

// chainBelow is the chain of a capability that stands on c: the ids above c, then c, whole where it is delegated.
func (c *Capability) chainBelow() []any {
	if c.IsRoot() {
		return []any{c.ID}
	}
	var chain []any
	for _, id := range c.above() {
		chain = append(chain, id)
	}
	return append(chain, c.object)
}

package evidence

import (
	"fmt"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/did"
)

// Delegators answers the keys that signed the delegations of a chain: first the one that delegated c itself, last the
// controller of the root. It reads and verifies nothing: a Verifier is to have seen the capability. A root has none.
func Delegators(c *capability.Capability) ([]string, error) {
	if c.IsRoot() {
		return nil, nil
	}
	var keys []string
	for object := c.Object(); object != nil; {
		proof, _ := object["proof"].(ld.Object)
		method, _ := proof["verificationMethod"].(string)
		key, err := did.SplitMethod(method)
		if err != nil {
			return nil, fmt.Errorf("who delegated capability %s: %w", c.ID, err)
		}
		keys = append(keys, key)
		object = whole(proof["capabilityChain"])
	}
	return keys, nil
}

// Names answers under which names a capability and those that it stands on are revoked, its own first. A name is an id
// with the key that delegated under it: an id is chosen freely, and whoever delegates a capability of their own under
// another's id must not be able to revoke that other one.
func Names(c *capability.Capability) ([]string, error) {
	keys, err := Delegators(c)
	if err != nil {
		return nil, err
	}
	chain := c.Chain() // of ids, the root's first
	names := make([]string, 0, len(keys))
	for i, key := range keys {
		at := len(chain) - 1 - i
		if at < 0 {
			return nil, fmt.Errorf("capability %s: more delegations than its chain has", c.ID)
		}
		names = append(names, chain[at]+" by "+key)
	}
	return names, nil
}

// whole answers the parent that stands in a chain, nil where that is the root, which is only named.
func whole(chain any) ld.Object {
	list, _ := chain.([]any)
	if len(list) == 0 {
		return nil
	}
	parent, _ := list[len(list)-1].(ld.Object)
	return parent
}

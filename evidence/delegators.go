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

// whole answers the parent that stands in a chain, nil where that is the root, which is only named.
func whole(chain any) ld.Object {
	list, _ := chain.([]any)
	if len(list) == 0 {
		return nil
	}
	parent, _ := list[len(list)-1].(ld.Object)
	return parent
}

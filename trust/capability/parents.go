package capability

import (
	"fmt"
	"slices"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// parents reads the chain that a delegation names: the root's id, the ids of those between, and the whole parent where
// that is a delegated one. The parent names its own chain, which must be the same but for itself.
func (r *reader) parents(at string, c *Capability, value any, depth int) {
	chain, ok := value.([]any)
	if !ok || len(chain) == 0 || len(chain) > depth {
		r.fault(at, value, fmt.Sprintf("must be the chain of at most %d capabilities above", depth))
		return
	}
	last := len(chain) - 1
	above := r.ids(at, chain[:last])
	if last == 0 {
		r.parentIs(at, c, chain[0])
		return
	}
	object, ok := chain[last].(ld.Object)
	if !ok {
		r.fault(schemas.Pointer(at, last), chain[last], "must be the whole parent capability")
		return
	}
	parent := r.capability(schemas.Pointer(at, last), object, depth-1)
	r.parentIs(at, c, parent.ID)
	c.parents = parent.chain()
	if have := parent.above(); !slices.Equal(have, above) || slices.Contains(append(have, parent.ID), c.ID) {
		r.fault(at, value, "must be the parent's own chain, then the parent")
	}
}

func (r *reader) ids(at string, list []any) []string {
	ids := make([]string, 0, len(list))
	for i, item := range list {
		s, _ := item.(string)
		if !absolute(s) {
			r.fault(schemas.Pointer(at, i), item, "must be the id of a capability")
		}
		ids = append(ids, s)
	}
	return ids
}

func (r *reader) parentIs(at string, c *Capability, id any) {
	if id != c.Parent || c.Parent == c.ID {
		r.fault(at, id, "must end with the parent capability")
	}
}

// above answers the ids of the capabilities that c stands on, from the root on.
func (c *Capability) above() []string {
	ids := c.Chain()
	return ids[:len(ids)-1]
}

package disclosure

import (
	"fmt"
	"slices"
	"strings"
)

// Rules is what one ledger may hold.
type Rules struct {
	Policy Policy
	// Allow lists what a permissioned ledger may hold beside the fields of a record: paths of its document, which begin
	// with /subject and allow what stands below them, lists as "*"; or "native:" and a native path, for what no field
	// of the model is. Empty on a public ledger.
	Allow []string
	// Shape says which field stands where in a body. Nil: a body is the record itself.
	Shape Shape
}

const (
	subject      = "/subject" // where a document's values stand among the fields
	nativePrefix = "native:"
)

// compiled is Rules made ready.
type compiled struct {
	allow  []string
	top    *node
	record bool // a body is the record itself
}

func (r Rules) compile() (*compiled, error) {
	switch {
	case r.Policy != Public && r.Policy != Permissioned:
		return nil, fmt.Errorf("policy %q: must be %q or %q", r.Policy, Public, Permissioned)
	case r.Policy == Public && len(r.Allow) > 0:
		return nil, fmt.Errorf("policy %q: must allow nothing beside the fields of a record", r.Policy)
	}
	c := &compiled{allow: slices.Clone(r.Allow), record: r.Shape == nil}
	if c.record {
		r.Shape = Shape{{}}
	}
	var err error
	c.top, err = r.Shape.tree()
	return c, err
}

// allows reports whether a field of a document, or a native place, is listed.
func (c *compiled) allows(field string) bool {
	return slices.ContainsFunc(c.allow, func(a string) bool { return field == a || strings.HasPrefix(field, a+"/") })
}

// allowsAny reports whether one of several fields is listed.
func (c *compiled) allowsAny(fields []string) bool { return slices.ContainsFunc(fields, c.allows) }

package capability

import (
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// limits hold a chain of maxDelegations, each inside the proof of the next.
var limits = ld.Limits{Bytes: 64 << 10, Depth: 4 * maxDelegations, Members: 1 << 10}

// Parse reads a capability, root or delegated. It checks the form and no signature: see Verifier. Members that are not
// known are refused, because one could restrict what the others say. The error is a schemas.Faults.
func Parse(data []byte) (*Capability, error) {
	object, err := ld.Parse(data, limits)
	if err != nil {
		return nil, err
	}
	r := reader{}
	c := r.capability("", object, maxDelegations)
	if err := r.faults.Err(); err != nil {
		return nil, err
	}
	return c, nil
}

// reader reads members and collects what is wrong with them.
type reader struct{ faults schemas.Faults }

const source = "Authorization Capabilities for Linked Data"

func (r *reader) fault(at string, value any, rule string) { r.faults.Add(at, value, rule, source) }

var (
	rootMembers      = []string{"@context", "id", "controller", "invocationTarget"}
	delegatedMembers = append([]string{"parentCapability", "expires", "allowedAction", "proof"}, rootMembers...)
)

// capability reads one, and those inside it, at most depth of them.
func (r *reader) capability(at string, o ld.Object, depth int) *Capability {
	c := &Capability{
		object:     o,
		ID:         r.uri(at, o, "id"),
		Controller: r.uri(at, o, "controller"),
		Target:     r.target(at, o),
	}
	if _, delegated := o["parentCapability"]; !delegated {
		r.only(at, o, rootMembers)
		r.root(at, c)
		return c
	}
	r.only(at, o, delegatedMembers)
	r.delegated(at, c, depth)
	return c
}

func (r *reader) root(at string, c *Capability) {
	if c.object["@context"] != contextZcap {
		r.fault(at+"/@context", c.object["@context"], "must be "+contextZcap)
	}
	if c.ID != RootID(c.Target) {
		r.fault(at+"/id", c.ID, "must be the id of the root for its target")
	}
}

func (r *reader) delegated(at string, c *Capability, depth int) {
	o := c.object
	if list, ok := o["@context"].([]any); !ok || len(list) != 2 || list[0] != contextZcap || list[1] != context2020 {
		r.fault(at+"/@context", o["@context"], fmt.Sprintf("must be [%q, %q]", contextZcap, context2020))
	}
	c.Parent = r.uri(at, o, "parentCapability")
	c.Actions = r.actions(at, o)
	c.Expires = r.instant(at, o, "expires")
	p, ok := o["proof"].(ld.Object)
	if !ok || p["proofPurpose"] != proof.CapabilityDelegation {
		r.fault(at+"/proof", nil, "must be one proof for "+proof.CapabilityDelegation)
		return
	}
	c.created = r.instant(at+"/proof", p, "created")
	r.parents(at+"/proof/capabilityChain", c, p["capabilityChain"], depth)
}

// only refuses members that are not in the list.
func (r *reader) only(at string, o ld.Object, members []string) {
	known := map[string]bool{}
	for _, name := range members {
		known[name] = true
	}
	for name, value := range o {
		if !known[name] {
			r.fault(schemas.Pointer(at, name), value, "is not a member known here")
		}
	}
}

func (r *reader) uri(at string, o ld.Object, name string) string {
	s, _ := o[name].(string)
	if !absolute(s) {
		r.fault(schemas.Pointer(at, name), o[name], "must be an absolute URI")
	}
	return s
}

func (r *reader) target(at string, o ld.Object) string {
	s := r.uri(at, o, "invocationTarget")
	if err := checkTarget(s); err != nil {
		r.fault(at+"/invocationTarget", s, err.Error())
	}
	return s
}

func (r *reader) instant(at string, o ld.Object, name string) time.Time {
	var t time.Time
	s, _ := o[name].(string)
	if err := t.UnmarshalText([]byte(s)); err != nil {
		r.fault(schemas.Pointer(at, name), o[name], "must be an instant with its zone, as RFC 3339 writes it")
	}
	return t.UTC()
}

// actions reads a list of actions, or a single one. None at all allows every action, so an empty list is refused.
func (r *reader) actions(at string, o ld.Object) []string {
	value, has := o["allowedAction"]
	if !has {
		return nil
	}
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	actions := make([]string, 0, len(list))
	for _, item := range list {
		if s, ok := item.(string); ok && isToken(s) {
			actions = append(actions, s)
		}
	}
	if len(actions) == 0 || len(actions) != len(list) {
		r.fault(at+"/allowedAction", value, "must be an action, or a list of at least one")
	}
	return actions
}

package shape

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate/format"
)

// Node is a place in the model: what may stand there, as the model's schemas say.
type Node struct {
	format.Leaf
	members  map[string]*Node
	required []string
	items    *Node
	most     int      // items, 0 for any number
	codes    []string // all that may stand there, where those are few
}

// Record is the model of a record under its closed schema.
func Record() *Node { return root("Record") }

// TypeRecord is what a mapping gives that reads and writes whole records. Every other type is that of a document.
const TypeRecord = "Record"

// Types lists what a mapping may give.
func Types() []string {
	return []string{TypeRecord, "EntrySummary", "CertificateOfOrigin", "EntryDisposition"}
}

// Statement is the model of what a ledger without our fields says about a type of document: a step of the life cycle
// with its reason and time, what it is linked to, and where the ledger holds the document itself, its subject. Nothing
// in it is required, for a shape may hold any part of it; within the subject, its schema's rules hold.
func Statement(documentType string) *Node {
	record := Record()
	links := &Node{most: record.members["links"].most, items: &Node{members: record.members["links"].items.members, required: []string{"rel", "id"}}}
	return &Node{members: map[string]*Node{
		"event":   record.members["event"],
		"reason":  record.members["reason"],
		"issued":  record.members["issued"],
		"links":   links,
		"subject": root(documentType).members["credentialSubject"],
	}}
}

var roots = sync.OnceValue(func() map[string]*Node {
	common := definition("Common")
	all := map[string]*Node{}
	for _, name := range Types() {
		all[name] = nodeOf(definition(name), common.Definitions, "")
	}
	return all
})

func root(name string) *Node { return roots()[name] }

// schema is what is read of a JSON Schema: where what may stand.
type schema struct {
	Ref         string             `json:"$ref"`
	Type        string             `json:"type"`
	Const       any                `json:"const"`
	Enum        []any              `json:"enum"`
	Required    []string           `json:"required"`
	Properties  map[string]*schema `json:"properties"`
	Items       *schema            `json:"items"`
	MaxItems    int                `json:"maxItems"`
	Definitions map[string]*schema `json:"definitions"`
}

// definition panics where an embedded schema cannot be read: the binary itself is wrong then.
func definition(name string) *schema {
	raw, _ := schemas.Schema(name)
	s := &schema{}
	if err := json.Unmarshal(raw, s); err != nil {
		panic("shape: schema " + name + ": " + err.Error())
	}
	return s
}

func nodeOf(s *schema, common map[string]*schema, form string) *Node {
	if name, ok := strings.CutPrefix(s.Ref, "Common#/definitions/"); ok {
		return nodeOf(common[name], common, name)
	}
	n := &Node{Leaf: format.Leaf{Form: form, Type: leafType(s)}, required: s.Required, most: s.MaxItems, codes: codesOf(s)}
	if s.Properties != nil {
		n.members = make(map[string]*Node, len(s.Properties))
	}
	for name, member := range s.Properties {
		n.members[name] = nodeOf(member, common, "")
	}
	if s.Items != nil {
		n.items = nodeOf(s.Items, common, "")
	}
	return n
}

// leafType is empty for what is no leaf.
func leafType(s *schema) string {
	samples := append(slices.Clone(s.Enum), s.Const)
	switch samples[0].(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	}
	switch s.Type {
	case "string", "integer", "boolean":
		return s.Type
	}
	return ""
}

// names lists the members, sorted.
func (n *Node) names() []string { return slices.Sorted(maps.Keys(n.members)) }

// Leaves lists the paths of all values at and below a place, lists as "*".
func (n *Node) Leaves(at string) []string {
	var all []string
	for _, name := range n.names() {
		all = append(all, n.members[name].Leaves(schemas.Pointer(at, name))...)
	}
	if n.items != nil {
		all = append(all, n.items.Leaves(at+"/*")...)
	}
	if len(all) == 0 {
		return []string{at}
	}
	return all
}

// tooMany finds a list that is longer than the model allows, before anybody looks at its items one by one.
func (n *Node) tooMany(v any, at path) (path, bool) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range sorted(v) {
			if found, ok := n.members[name].over(v[name], at.join(name)); ok {
				return found, true
			}
		}
	case []any:
		if n.most > 0 && len(v) > n.most {
			return at, true
		}
		for i, item := range v {
			if found, ok := n.items.over(item, at.join(i)); ok {
				return found, true
			}
		}
	}
	return nil, false
}

// over is tooMany also for what the model has no node for.
func (n *Node) over(v any, at path) (path, bool) {
	if n == nil {
		return nil, false
	}
	return n.tooMany(v, at)
}

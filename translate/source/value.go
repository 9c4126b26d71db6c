package source

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Value is a part of a mapping file that knows where it stands.
type Value struct {
	File string
	Line int
	At   string // the keys and indexes that lead to it, joined by "/"
	node *yaml.Node
}

// Member is a key of an object with its value, in the order of the file.
type Member struct {
	Key   string
	Line  int
	Value Value
}

// Refuse says what is wrong with the value.
func (v Value) Refuse(rule string, args ...any) *Refusal {
	return &Refusal{File: v.File, Line: v.Line, At: v.At, Rule: fmt.Sprintf(rule, args...)}
}

// IsObject reports whether the value is a YAML mapping.
func (v Value) IsObject() bool { return v.node != nil && v.node.Kind == yaml.MappingNode }

// IsList reports whether the value is a YAML sequence.
func (v Value) IsList() bool { return v.node != nil && v.node.Kind == yaml.SequenceNode }

// Members gives what an object holds.
func (v Value) Members() ([]Member, error) {
	if !v.IsObject() {
		return nil, v.Refuse("must be an object (key: value)")
	}
	members := make([]Member, 0, len(v.node.Content)/2)
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		key := v.node.Content[i]
		members = append(members, Member{Key: key.Value, Line: key.Line, Value: v.child(key.Value, v.node.Content[i+1])})
	}
	return members, nil
}

// Fields gives an object by its keys, which must be among the known ones and all that are needed. The error is Refusals,
// and the fields that are known are there all the same.
func (v Value) Fields(known Keys) (map[string]Value, error) {
	members, err := v.Members()
	if err != nil {
		return nil, err
	}
	var refused Refusals
	names := known.Names()
	fields := make(map[string]Value, len(members))
	for _, m := range members {
		if !slices.Contains(names, m.Key) {
			at := m.Value
			at.Line = m.Line
			refused = append(refused, at.Refuse("unknown key %.40q%s; known are %s", m.Key, Hint(m.Key, names), strings.Join(names, ", ")))
			continue
		}
		fields[m.Key] = m.Value
	}
	return fields, append(refused, v.needed(known, fields)...).Err()
}

// needed refuses an object for each key that it must hold and does not.
func (v Value) needed(known Keys, fields map[string]Value) (refused Refusals) {
	for _, k := range known {
		if _, ok := fields[k.Name]; k.Needed && !ok {
			refused = append(refused, v.Refuse("must hold %s: %s", k.Name, k.Takes))
		}
	}
	return refused
}

// Items gives what a list holds.
func (v Value) Items() ([]Value, error) {
	if !v.IsList() {
		return nil, v.Refuse("must be a list (- ...)")
	}
	items := make([]Value, len(v.node.Content))
	for i, n := range v.node.Content {
		items[i] = v.child(fmt.Sprint(i), n)
	}
	return items, nil
}

// Text gives a scalar that is text, or that must be.
func (v Value) Text() (string, error) {
	s, ok := v.JSON().(string)
	if !ok {
		return "", v.Refuse("must be text; numbers and true are text in quotes")
	}
	return s, nil
}

// Flag gives true or false.
func (v Value) Flag() (bool, error) {
	b, ok := v.JSON().(bool)
	if !ok {
		return false, v.Refuse("must be true or false")
	}
	return b, nil
}

// Integer gives a whole number between two others, both included.
func (v Value) Integer(least, most int) (int, error) {
	n, ok := v.JSON().(float64)
	if !ok || n != float64(int(n)) || int(n) < least || int(n) > most {
		return 0, v.Refuse("must be a whole number from %d to %d", least, most)
	}
	return int(n), nil
}

// JSON gives the value as decoded JSON. Keys are text, whatever they look like.
func (v Value) JSON() any { return decoded(v.node) }

func (v Value) child(token string, n *yaml.Node) Value {
	at := token
	if v.At != "" {
		at = v.At + "/" + token
	}
	return Value{File: v.File, Line: n.Line, At: at, node: n}
}

func decoded(n *yaml.Node) any {
	switch {
	case n == nil:
		return nil
	case n.Kind == yaml.MappingNode:
		object := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			object[n.Content[i].Value] = decoded(n.Content[i+1])
		}
		return object
	case n.Kind == yaml.SequenceNode:
		items := make([]any, len(n.Content))
		for i, item := range n.Content {
			items[i] = decoded(item)
		}
		return items
	}
	value, _ := scalar(n)
	return value
}

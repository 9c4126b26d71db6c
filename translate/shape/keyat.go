package shape

import (
	"maps"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/translate/source"
)

// keyPlace is where in a body the ledger's key stands.
type keyPlace struct {
	at   path
	line int
}

// keyAt reads it. The place must be one that is read anyway: what is not read could not be written again.
func (c *compiler) keyAt(v source.Value) error {
	if v.File == "" {
		return nil
	}
	at, err := parsePath(v)
	if err != nil {
		return err
	}
	said := at.String()
	switch {
	case c.shape.whole:
		return v.Refuse("must not stand in a mapping of records: a record says its own id, and that is held against its key")
	case said == "":
		return v.Refuse("must be a path into the entry's body, such as /number")
	case !c.shape.loose && !slices.ContainsFunc(c.shape.places, func(p Place) bool { return p.reads(said) }):
		return v.Refuse("native %s has no pair; give it one that is read, such as {native: %s, required: true}", said, said)
	}
	c.shape.key = &keyPlace{at, v.Line}
	return nil
}

// reads reports whether a pair reads a native place, or all of what it stands in.
func (p Place) reads(native string) bool {
	return (p.Both || p.Model == "") && !p.Tests && (p.Native == native || p.whole && strings.HasPrefix(native, p.Native+"/"))
}

// SaysKey reports whether bodies say which key they stand under.
func (s *Shape) SaysKey() bool { return s.key != nil }

// Key gives the key that a body says it stands under. The error is Faults.
func (s *Shape) Key(native any) (string, error) {
	if s.key == nil {
		return "", nil
	}
	v, _ := s.key.at.find(native)
	key, ok := v.(string)
	if !ok || key == "" {
		return "", s.WrongKey("must hold the key that the entry stands under, as text")
	}
	return key, nil
}

// WrongKey is the fault of a body that does not say the key that it stands under.
func (s *Shape) WrongKey(rule string) Faults {
	return Faults{{Native: s.key.at.String(), Line: s.key.line, Rule: rule}}
}

// Under gives a copy of a body that says another key.
func (s *Shape) Under(key string, native any) any {
	if s.key == nil {
		return native
	}
	return s.key.at.replaced(native, key)
}

// replaced copies what leads to a place, and what stands there is another value. Nothing is made that was not there.
func (p path) replaced(v, by any) any {
	if len(p) == 0 {
		return by
	}
	switch t := p[0].(type) {
	case string:
		members, ok := v.(map[string]any)
		if !ok {
			return v
		}
		members = maps.Clone(members)
		members[t] = p[1:].replaced(members[t], by)
		return members
	case int:
		items, ok := v.([]any)
		if !ok || t >= len(items) {
			return v
		}
		items = slices.Clone(items)
		items[t] = p[1:].replaced(items[t], by)
		return items
	}
	return v
}

// Package state says where in a chaincode's states its entries are: how the states' keys are spelled, and where in a
// state's value the body is. A mapping's ledger section says it to the driver, and the anchors of a proof to its verifier.
package state

import (
	"encoding/json"
	"errors"
	"strings"
)

// Form is how state keys are spelled: text with one {key} in it, or the parts of a composite key. {} stands for any part.
type Form struct {
	Composite bool
	parts     []string // of plain text: what stands before and after the key
}

// UnmarshalJSON reads text, or a list of parts.
func (f *Form) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		before, after, ok := strings.Cut(text, "{key}")
		if !ok {
			return errors.New("the form of a state key must hold {key}")
		}
		f.parts = []string{before, after}
		return nil
	}
	f.Composite = true
	return json.Unmarshal(data, &f.parts)
}

// Count says how often a part such as {key} or {version} stands in the form.
func (f *Form) Count(part string) int {
	n := 0
	for _, p := range f.parts {
		if f.Composite && p == part {
			n++
		}
	}
	if !f.Composite && f.parts != nil && part == "{key}" {
		n = 1
	}
	return n
}

// Read takes a state key apart: the values of {key}, {version} and so on. ok is false for a key of another form.
func (f *Form) Read(state string) (values map[string]string, ok bool) {
	switch {
	case f.parts == nil:
		return nil, false
	case f.Composite:
		return f.readParts(state)
	}
	key, before := strings.CutPrefix(state, f.parts[0])
	key, after := strings.CutSuffix(key, f.parts[1])
	return map[string]string{"{key}": key}, before && after && key != "" && state[0] != 0
}

func (f *Form) readParts(state string) (values map[string]string, ok bool) {
	inner, begins := strings.CutPrefix(state, "\x00")
	inner, ends := strings.CutSuffix(inner, "\x00")
	parts := strings.Split(inner, "\x00")
	if !begins || !ends || len(parts) != len(f.parts) {
		return nil, false
	}
	values = map[string]string{}
	for i, p := range f.parts {
		if strings.HasPrefix(p, "{") {
			values[p] = parts[i]
		} else if p != parts[i] {
			return nil, false
		}
	}
	return values, true
}

// Package format spells single values in two ways: as the model has them, and as a ledger does. Every format is
// one-to-one: what it reads it writes as the same model value again, and what it could not bring back it refuses.
package format

import "fmt"

// Format is a way to spell a value. Both directions give, as an error, the rule that a value breaks: a sentence that
// begins with "must" and never holds the value. A Format is immutable and safe for concurrent use.
type Format interface {
	Native(model any) (any, error)
	Model(native any) (any, error)
}

// Spec is what a mapping says of a format: its name and, for most, one argument as decoded JSON.
type Spec struct {
	Name     string
	Argument any
}

// Leaf is what a model value is: the name of its definition among the shared ones, and its JSON type.
type Leaf struct {
	Form string // "date", "digest", ...; empty for text of its own kind
	Type string // "string", "integer", "boolean"; empty for an object or array
}

// Names lists the formats.
func Names() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	return names
}

// New makes a format for a kind of model value. The error says why there is none.
func New(s Spec, of Leaf) (Format, error) {
	for _, k := range kinds {
		if k.Name == s.Name {
			return k.make(s.Argument, of)
		}
	}
	return nil, fmt.Errorf("must be a format that is known, not %.40q", s.Name)
}

// same is the format of whoever names none: one value, or all that stands below it.
type same struct{}

// Same leaves values as they are.
func Same() Format { return same{} }

func (same) Native(v any) (any, error) { return v, nil }
func (same) Model(v any) (any, error)  { return v, nil }

// textual is a format whose model value is text.
type textual struct {
	native func(string) (any, error)
	model  func(any) (string, error)
}

func (f textual) Native(v any) (any, error) {
	s, ok := v.(string)
	if !ok {
		return nil, errText
	}
	return f.native(s)
}

func (f textual) Model(v any) (any, error) {
	s, err := f.model(v)
	if err != nil {
		return nil, err
	}
	return s, nil
}

var errText = fmt.Errorf("must be text")

// onText is a model function for a native value that is text too.
func onText(f func(string) (string, error)) func(any) (string, error) {
	return func(v any) (string, error) {
		s, ok := v.(string)
		if !ok {
			return "", errText
		}
		return f(s)
	}
}

func noArgument(argument any) error {
	if argument != nil {
		return fmt.Errorf("must have no argument")
	}
	return nil
}

func textArgument(argument any, what string) (string, error) {
	s, ok := argument.(string)
	if !ok || s == "" || len(s) > maxArgument {
		return "", fmt.Errorf("must name %s in at most %d characters", what, maxArgument)
	}
	return s, nil
}

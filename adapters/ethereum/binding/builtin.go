package binding

import (
	_ "embed" // for the section
	"encoding/json"
	"reflect"

	"github.com/ftagateway/ftagateway/translate/source"
)

//go:embed reference.json
var referenceText []byte

// builtins are the sections of contracts that the driver knows. They are sections like any other.
var builtins = map[string][]byte{"reference": referenceText}

// withBuiltin takes what a section does not say from the builtin one that it names.
func (s Section) withBuiltin() (Section, error) {
	if s.Builtin == "" {
		return s, nil
	}
	known, ok := builtins[s.Builtin]
	if !ok {
		names := sortedNames(builtins)
		return s, invalid("ledger.builtin", "%q must be one of %v%s", s.Builtin, names, source.Hint(s.Builtin, names))
	}
	var base Section
	if err := json.Unmarshal(known, &base); err != nil {
		return s, invalid("ledger.builtin", "%w", err)
	}
	said, into := reflect.ValueOf(s), reflect.ValueOf(&base).Elem()
	for i := range said.NumField() {
		if !said.Field(i).IsZero() {
			into.Field(i).Set(said.Field(i))
		}
	}
	return base, nil
}

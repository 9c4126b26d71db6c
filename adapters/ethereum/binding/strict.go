package binding

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate/source"
)

// maxSection bounds a section, in bytes: an ABI is the largest part of it.
const maxSection = 1 << 20

// ParseSection reads a section. A name that it does not know is an error with the nearest right one: a misspelt name that
// is ignored is found in production.
func ParseSection(native json.RawMessage) (Section, error) {
	var s Section
	if len(native) == 0 {
		return s, nil
	}
	if len(native) > maxSection {
		return s, invalid("ledger", "has %d bytes, the most is %d", len(native), maxSection)
	}
	if err := strict("ledger", native, reflect.TypeFor[Section]()); err != nil {
		return s, err
	}
	if err := json.Unmarshal(native, &s); err != nil {
		return s, invalid("ledger", "%w", err)
	}
	return s.withBuiltin()
}

func invalid(at, format string, args ...any) error {
	return driver.Errorf(driver.Invalid, "%s: %w", at, fmt.Errorf(format, args...))
}

// strict holds the names in JSON against those that a type has.
func strict(at string, data json.RawMessage, t reflect.Type) error {
	if reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		if err := json.Unmarshal(data, reflect.New(t).Interface()); err != nil {
			return invalid(at, "%w", err)
		}
		return nil
	}
	switch t.Kind() {
	case reflect.Pointer:
		return strict(at, data, t.Elem())
	case reflect.Struct:
		return strictObject(at, data, t)
	case reflect.Slice:
		return strictList(at, data, t)
	case reflect.Interface:
		return nil
	}
	if err := json.Unmarshal(data, reflect.New(t).Interface()); err != nil {
		return invalid(at, "%.60s must be %s", data, kindName(t))
	}
	return nil
}

func kindName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	case reflect.Map:
		return "an object of texts"
	case reflect.Float64:
		return "a number"
	}
	return "a whole number"
}

func strictObject(at string, data json.RawMessage, t reflect.Type) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return invalid(at, "%.60s must be an object", data)
	}
	known := map[string]reflect.Type{}
	var names []string
	for i := range t.NumField() {
		name := t.Field(i).Tag.Get("json")
		known[name], names = t.Field(i).Type, append(names, name)
	}
	for _, name := range sortedNames(members) {
		field, ok := known[name]
		if !ok {
			return invalid(at, "%q must be one of %s%s", name, strings.Join(names, ", "), source.Hint(name, names))
		}
		if err := strict(at+"."+name, members[name], field); err != nil {
			return err
		}
	}
	return nil
}

func strictList(at string, data json.RawMessage, t reflect.Type) error {
	var items []json.RawMessage
	if err := json.Unmarshal(data, &items); err != nil {
		return invalid(at, "%.60s must be a list", data)
	}
	for i, item := range items {
		if err := strict(fmt.Sprintf("%s[%d]", at, i), item, t.Elem()); err != nil {
			return err
		}
	}
	return nil
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

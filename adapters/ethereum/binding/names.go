package binding

import (
	"fmt"

	"github.com/ethereum/go-ethereum/accounts/abi"

	"github.com/ftagateway/ftagateway/translate/source"
)

// view finds a function that changes nothing, and holds its inputs against what it is given; a nil type takes any uint.
func (b *Binding) view(at, name string, given []string, types map[string]*abi.Type) (*abi.Method, error) {
	m, err := b.method(at+".function", name)
	if err != nil {
		return nil, err
	}
	if !m.IsConstant() || len(m.Outputs) == 0 {
		return nil, invalid(at+".function", "%q must be view or pure, and return something", name)
	}
	if len(given) != len(m.Inputs) {
		return nil, invalid(at+".arguments", "%d must be %d: %s", len(given), len(m.Inputs), m.Sig)
	}
	for i, word := range given {
		if err := fit(fmt.Sprintf("%s.arguments[%d]", at, i), word, m.Inputs[i].Type, types); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func fit(at, word string, takes abi.Type, types map[string]*abi.Type) error {
	t, ok := types[word]
	switch {
	case !ok:
		return invalid(at, "%q must be one of %v", word, sortedNames(types))
	case t == nil && !isCount(takes) || t != nil && t.String() != takes.String():
		return invalid(at, "%s is no %s", word, takes)
	}
	return nil
}

// event finds an event by its name, or by name(types).
func (b *Binding) event(at, name string) (abi.Event, error) {
	var found []abi.Event
	for _, e := range b.abi.Events {
		if e.Sig == name {
			return e, orAnonymous(at, e)
		}
		if e.RawName == name {
			found = append(found, e)
		}
	}
	switch len(found) {
	case 0:
		return abi.Event{}, unknown(at, name, sortedNames(b.abi.Events))
	case 1:
		return found[0], orAnonymous(at, found[0])
	}
	return abi.Event{}, invalid(at, "%q is the name of %d events: give its types as well, as in %s", name, len(found), found[0].Sig)
}

func orAnonymous(at string, e abi.Event) error {
	if e.Anonymous {
		return invalid(at, "%q is anonymous: its logs do not say which event they are", e.RawName)
	}
	return nil
}

func (b *Binding) method(at, name string) (*abi.Method, error) {
	for _, m := range b.abi.Methods {
		if m.Sig == name || m.Name == name {
			return &m, nil
		}
	}
	return nil, unknown(at, name, sortedNames(b.abi.Methods))
}

func unknown(at, name string, known []string) error {
	return invalid(at, "%q must be in the ABI%s", name, source.Hint(name, known))
}

func argument(at string, all abi.Arguments, name string) (abi.Argument, error) {
	var names []string
	for _, a := range all {
		if a.Name == name {
			return a, nil
		}
		names = append(names, a.Name)
	}
	return abi.Argument{}, invalid(at, "%q must be an argument of the event: one of %v%s", name, names, source.Hint(name, names))
}

// scalar finds an argument that can be a key or the value of a lookup.
func (b *Binding) scalar(at string, all abi.Arguments, name string) (abi.Argument, error) {
	a, err := argument(at, all, name)
	switch {
	case err != nil:
		return a, err
	case !isScalar(a.Type):
		return a, invalid(at, "%q is a %s, and must be a number, an address, bytes or a string", name, a.Type)
	case a.Indexed && isOpaque(a.Type):
		return a, invalid(at, "%q is indexed, so that the chain holds only its hash", name)
	}
	return a, nil
}

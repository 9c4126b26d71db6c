package binding

import (
	"github.com/ethereum/go-ethereum/accounts/abi"
)

func (b *Binding) bindEvent(at string, said Event) (*event, error) {
	found, err := b.event(at+".event", said.Event)
	if err != nil {
		return nil, err
	}
	e := &event{Event: found, says: said, counted: said.Version == ""}
	if e.key, err = b.scalar(at+".key", found.Inputs, said.Key); err != nil {
		return nil, err
	}
	for _, part := range []struct {
		name, argument string
		takes          func(abi.Type) bool
		what           string
	}{
		{"version", said.Version, isCount, "a uint"},
		{"body", said.Body, isOpaque, "bytes or a string"},
		{"author", said.Author, func(t abi.Type) bool { return t.T == abi.AddressTy }, "an address"},
	} {
		if err := b.optional(at+"."+part.name, found, part.argument, part.takes, part.what); err != nil {
			return nil, err
		}
	}
	return e, b.bindState(at+".state", e)
}

func isCount(t abi.Type) bool { return t.T == abi.UintTy }

func isOpaque(t abi.Type) bool { return t.T == abi.BytesTy || t.T == abi.StringTy }

func (b *Binding) optional(at string, e abi.Event, name string, takes func(abi.Type) bool, what string) error {
	if name == "" {
		return nil
	}
	a, err := argument(at, e.Inputs, name)
	switch {
	case err != nil:
		return err
	case !takes(a.Type):
		return invalid(at, "%q is a %s, and must be %s", name, a.Type, what)
	case a.Indexed && isOpaque(a.Type):
		return invalid(at, "%q is indexed, so that the chain holds only its hash", name)
	}
	return nil
}

// bindState: a state is read at the end of a block, so that it must be told of by block or by version.
func (b *Binding) bindState(at string, e *event) error {
	said := e.says.State
	if said == nil {
		return nil
	}
	if e.says.Body != "" {
		return invalid(at, "must not be given beside body: the argument is the whole body")
	}
	m, err := b.view(at, said.Function, said.Arguments, map[string]*abi.Type{"key": &e.key.Type, "version": nil})
	if err != nil {
		return err
	}
	if !e.counted && !takesVersion(said) {
		return invalid(at+".arguments", "must have version where the event has one: between two versions of one block the chain keeps no state")
	}
	if e.counted && takesVersion(said) {
		return invalid(at+".arguments", "must not have version where versions are counted: the count is the gateway's")
	}
	e.state = m
	return nil
}

func takesVersion(s *State) bool {
	for _, a := range s.Arguments {
		if a == "version" {
			return true
		}
	}
	return false
}

// oneWayToCount: versions that some events count and others name could not be held against each other.
func (b *Binding) oneWayToCount() error {
	var named, counted bool
	for _, e := range b.events {
		named, counted = named || !e.counted, counted || e.counted
	}
	if named && counted {
		return invalid("ledger.events", "all must have a version argument, or none")
	}
	return nil
}

// Package binding knows how one contract's events and functions are a ledger's entries and writes. It is made from the
// ledger section of a mapping (Section) and from nothing else: no contract is special here, the reference contract is one
// more section. It does no I/O.
package binding

import (
	"encoding/json"
	"fmt"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/translate/source"
)

// Binding is a Section, compiled. It is immutable and safe for concurrent use.
type Binding struct {
	Section  Section
	Contract common.Address

	abi     abi.ABI
	events  map[common.Hash]*event // by the event's id
	lookups []*lookup
	newest  *newest
	append  *write
	errors  map[[4]byte]meaning
}

// event is an event that brings versions.
type event struct {
	abi.Event
	says    Event
	key     abi.Argument
	counted bool // versions are not an argument
	state   *abi.Method
}

type meaning struct {
	code driver.Code
	err  abi.Error
}

// Compile holds a section against its ABI.
func Compile(s Section) (*Binding, error) {
	if s.Contract == "" {
		return nil, invalid("ledger.contract", "must be given, here or in the URL (?contract=0x...)")
	}
	if b, ok := unhexAny(s.Contract); !ok || len(b) != common.AddressLength {
		return nil, invalid("ledger.contract", "%.80q must be an address: 0x and 40 hexadecimal digits", s.Contract)
	}
	parsed, err := parseABI(s.ABI)
	if err != nil {
		return nil, err
	}
	b := &Binding{Section: s, Contract: common.HexToAddress(s.Contract), abi: parsed,
		events: map[common.Hash]*event{}, errors: map[[4]byte]meaning{}}
	for _, part := range []func() error{b.bindEvents, b.bindLookups, b.bindNewest, b.bindAppend, b.bindErrors} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// unhexAny takes addresses in their mixed-case spelling too.
func unhexAny(text string) ([]byte, bool) {
	if !common.IsHexAddress(text) || len(text) != 2+2*common.AddressLength {
		return nil, false
	}
	return common.HexToAddress(text).Bytes(), true
}

func (b *Binding) bindEvents() error {
	if len(b.Section.Events) == 0 {
		return invalid("ledger.events", "must name an event that brings versions")
	}
	for i, said := range b.Section.Events {
		e, err := b.bindEvent(fmt.Sprintf("ledger.events[%d]", i), said)
		if err != nil {
			return err
		}
		if _, twice := b.events[e.ID]; twice {
			return invalid(fmt.Sprintf("ledger.events[%d].event", i), "%q must be named once", said.Event)
		}
		b.events[e.ID] = e
	}
	return b.oneWayToCount()
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

func isCount(t abi.Type) bool  { return t.T == abi.UintTy }
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

// Digest names what decides which entries the logs are: another digest makes another index.
func (b *Binding) Digest() string {
	s := b.Section
	data, err := json.Marshal([]any{s.ABI, s.Deployed, s.Events, s.Lookups})
	if err != nil {
		panic(err) // a section was read from JSON
	}
	sum := ld.Sum(data)
	return string(sum[:])
}

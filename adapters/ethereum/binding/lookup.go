package binding

import (
	"fmt"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// lookup is where an event has a value that Find leads by.
type lookup struct {
	says     Lookup
	event    abi.Event
	key      abi.Argument
	argument abi.Argument
	value    abi.Type // of one value
	hashed   bool     // what stands there is the hash of the value's text
}

// The encodings of a lookup's value.
const (
	encodedValue = "value"
	encodedHash  = "keccak256"
)

func (b *Binding) bindLookups() error {
	for i, said := range b.Section.Lookups {
		l, err := b.bindLookup(fmt.Sprintf("ledger.lookups[%d]", i), said)
		if err != nil {
			return err
		}
		if err := b.oneSpelling(fmt.Sprintf("ledger.lookups[%d]", i), l); err != nil {
			return err
		}
		b.lookups = append(b.lookups, l)
	}
	return nil
}

// oneSpelling: a value that is looked for has one spelling, so that there is one list of what it leads to.
func (b *Binding) oneSpelling(at string, l *lookup) error {
	for _, other := range b.lookups {
		switch {
		case (other.says.Name == "") != (l.says.Name == ""):
			return invalid(at+".name", "all lookups must have a name, or none")
		case other.says.Name == l.says.Name && (other.hashed != l.hashed || other.value.String() != l.value.String()):
			return invalid(at+".argument", "%q must be spelled like the other values of this lookup", l.says.Argument)
		}
	}
	return nil
}

func (b *Binding) bindLookup(at string, said Lookup) (*lookup, error) {
	e, err := b.event(at+".event", said.Event)
	if err != nil {
		return nil, err
	}
	l := &lookup{says: said, event: e}
	if versions := b.events[e.ID]; versions != nil {
		l.key = versions.key
	} else if l.key, err = b.scalar(at+".key", e.Inputs, said.Key); err != nil {
		return nil, err
	}
	if l.argument, err = argument(at+".argument", e.Inputs, said.Argument); err != nil {
		return nil, err
	}
	return l, l.encode(at)
}

// encode finds out how the value stands in the argument. A string or bytes that is indexed stands there as its hash.
func (l *lookup) encode(at string) error {
	l.value = l.argument.Type
	if list := l.value.T == abi.SliceTy || l.value.T == abi.ArrayTy; list && !l.argument.Indexed {
		l.value = *l.value.Elem
	}
	switch {
	case !isScalar(l.value):
		return invalid(at+".argument", "%q is a %s, and must be a number, an address, bytes or a string, or a list of them", l.says.Argument, l.argument.Type)
	case l.says.Encoding == encodedHash && isHash(l.value), l.argument.Indexed && isOpaque(l.value):
		l.hashed = true
	case l.says.Encoding != "" && l.says.Encoding != encodedValue:
		return invalid(at+".encoding", "%q must be value, or keccak256 for an argument of bytes32", l.says.Encoding)
	}
	return nil
}

// Mark names a lookup's value: two values have the same mark if the contract cannot tell them apart.
type Mark string

// mark gives the mark of a value that stands in the argument.
func (l *lookup) mark(v any) Mark {
	if l.hashed {
		return Mark("#" + hexOf(v))
	}
	return Mark("=" + spell(l.value, v))
}

// markOf gives the mark of the text that somebody looks for; false if it can stand nowhere.
func (l *lookup) markOf(text string) (Mark, bool) {
	if l.hashed {
		return Mark("#" + hexOf(crypto.Keccak256Hash([]byte(text)))), true
	}
	if _, err := unspell(l.value, text); err != nil {
		return "", false
	}
	return Mark("=" + text), true
}

// Mark gives what a lookup stands as in this contract's logs; false where nothing can be found by it.
func (b *Binding) Mark(by driver.Lookup) (Led, bool) {
	for _, l := range b.lookups {
		if l.says.Name != "" && l.says.Name != by.Name {
			continue
		}
		m, ok := l.markOf(by.Value)
		return Led{l.says.Name, m}, ok
	}
	return Led{}, false
}

// Led is that a value leads to a key, under the name of a lookup.
type Led struct {
	Name string
	Mark Mark
}

// OffersFind reports whether the section has lookups.
func (b *Binding) OffersFind() bool { return len(b.lookups) > 0 }

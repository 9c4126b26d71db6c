package binding

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/translate/source"
)

// write is the function that writes a version.
type write struct {
	*abi.Method
	says   Append
	hashed bool // lookups are given as hashes
}

// words are what a function that writes can be given, beside places in the body.
var words = []string{"key", "expect", "version", "body", "lookups"}

func (b *Binding) bindAppend() error {
	said := b.Section.Append
	if said == nil {
		return nil
	}
	const at = "ledger.append"
	m, err := b.method(at+".function", said.Function)
	if err != nil {
		return err
	}
	if m.IsConstant() {
		return invalid(at+".function", "%q is %s and writes nothing", said.Function, m.StateMutability)
	}
	if len(said.Arguments) != len(m.Inputs) {
		return invalid(at+".arguments", "%d must be %d: %s", len(said.Arguments), len(m.Inputs), m.Sig)
	}
	if said.Lookups != "" && said.Lookups != encodedHash && said.Lookups != encodedValue {
		return invalid(at+".lookups", "%q must be keccak256 or value", said.Lookups)
	}
	b.append = &write{m, *said, said.Lookups != encodedValue}
	for i, word := range said.Arguments {
		if err := b.append.check(fmt.Sprintf("%s.arguments[%d]", at, i), word, m.Inputs[i].Type); err != nil {
			return err
		}
	}
	return nil
}

func (w *write) check(at, word string, t abi.Type) error {
	takes, known := map[string]func(abi.Type) bool{
		"key": isScalar, "expect": isCount, "version": isCount, "body": isOpaque, "lookups": w.takesLookups,
	}[word]
	switch {
	case strings.HasPrefix(word, "/"):
		return nil
	case !known:
		return invalid(at, "%q must be one of %v, or a JSON pointer into the body%s", word, words, source.Hint(word, words))
	case !takes(t):
		return invalid(at, "%s cannot be given as %s", word, t)
	}
	return nil
}

func (w *write) takesLookups(t abi.Type) bool {
	return t.T == abi.SliceTy && isScalar(*t.Elem) && (!w.hashed || isHash(*t.Elem))
}

func isHash(t abi.Type) bool { return t.T == abi.FixedBytesTy && t.Size == 32 }

// OffersAppend reports whether the section says how to write.
func (b *Binding) OffersAppend() bool { return b.append != nil }

// Guarded reports whether the contract itself is told which version must stand, so that one of two writers wins.
func (b *Binding) Guarded() bool {
	return b.append != nil && (slices.Contains(b.append.says.Arguments, "expect") || slices.Contains(b.append.says.Arguments, "version"))
}

// MaxBody is the most bytes that the contract is said to take; 0 where nothing is said.
func (b *Binding) MaxBody() int {
	if b.append == nil {
		return 0
	}
	return b.append.says.MaxBody
}

// CallAppend gives the call data of a write. The error is Invalid where the contract cannot take it.
func (b *Binding) CallAppend(w *driver.Write) ([]byte, error) {
	args := make([]any, len(b.append.Inputs))
	for i, word := range b.append.says.Arguments {
		v, err := b.append.value(word, b.append.Inputs[i].Type, w)
		if err != nil {
			return nil, invalid(word, "%w", err)
		}
		args[i] = v
	}
	data, err := b.append.Inputs.Pack(args...)
	if err != nil {
		return nil, invalid("body", "%w", err)
	}
	return append(append([]byte{}, b.append.ID...), data...), nil
}

func (w *write) value(word string, t abi.Type, of *driver.Write) (any, error) {
	switch word {
	case "key":
		return unspell(t, of.Key)
	case "expect":
		return unspell(t, strconv.FormatUint(of.Expect, 10))
	case "version":
		return unspell(t, strconv.FormatUint(of.Expect+1, 10))
	case "body":
		if t.T == abi.StringTy {
			return unspell(t, string(of.Body))
		}
		return of.Body, nil
	case "lookups":
		return w.lookups(t, of.Lookups)
	}
	v, err := at(of.Body, word)
	if err != nil {
		return nil, err
	}
	return ofJSON(t, v)
}

func (w *write) lookups(t abi.Type, all []driver.Lookup) (any, error) {
	out := reflect.MakeSlice(t.GetType(), 0, len(all))
	for _, l := range all {
		if w.hashed {
			out = reflect.Append(out, reflect.ValueOf([32]byte(crypto.Keccak256Hash([]byte(l.Value)))))
			continue
		}
		v, err := unspell(*t.Elem, l.Value)
		if err != nil {
			return nil, err
		}
		out = reflect.Append(out, reflect.ValueOf(v))
	}
	return out.Interface(), nil
}

// at gives what stands at a JSON pointer in a body.
func at(body []byte, pointer string) (any, error) {
	whole, err := ld.Parse(body, ld.Limits{Bytes: len(body)})
	if err != nil {
		return nil, err
	}
	var v any = whole
	for _, part := range strings.Split(pointer[1:], "/") {
		name := strings.NewReplacer("~1", "/", "~0", "~").Replace(part)
		switch here := v.(type) {
		case ld.Object:
			v = here[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(here) {
				return nil, fmt.Errorf("must be there")
			}
			v = here[i]
		default:
			return nil, fmt.Errorf("must be there")
		}
	}
	return v, nil
}

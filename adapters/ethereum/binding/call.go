package binding

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/ftagateway/ftagateway/ld"
)

// newest is the function that says at which version a key stands.
type newest struct {
	*abi.Method
	version, digest int // places of its results; digest is -1 where there is none
}

func (b *Binding) bindNewest() error {
	said := b.Section.Newest
	if said == nil {
		return nil
	}
	const at = "ledger.newest"
	m, err := b.view(at, said.Function, said.Arguments, map[string]*abi.Type{"key": b.keyType()})
	if err != nil {
		return err
	}
	b.newest = &newest{m, result(m, said.Version, isCount), -1}
	if b.newest.version < 0 {
		return invalid(at+".version", "%q must be the name or place of a result of %s that is a uint", said.Version, m.Sig)
	}
	if said.Digest == "" {
		return nil
	}
	b.newest.digest = result(m, said.Digest, func(t abi.Type) bool { return t.T == abi.FixedBytesTy })
	if b.newest.digest < 0 {
		return invalid(at+".digest", "%q must be the name or place of a result of %s that is bytes1 to bytes32", said.Digest, m.Sig)
	}
	return nil
}

// result gives the place of a function's result by its name or place; -1 where there is none of that kind.
func result(m *abi.Method, name string, is func(abi.Type) bool) int {
	for i, out := range m.Outputs {
		if (out.Name == name && name != "" || strconv.Itoa(i) == name) && is(out.Type) {
			return i
		}
	}
	return -1
}

// keyType is that of the first event's key. A key of another type in another event is spelled alike, or is another key.
func (b *Binding) keyType() *abi.Type {
	for _, said := range b.Section.Events {
		e, err := b.event("", said.Event)
		if err == nil {
			return &b.events[e.ID].key.Type
		}
	}
	return nil
}

// CheckKey refuses a key that the contract cannot have: Invalid.
func (b *Binding) CheckKey(key string) error {
	if key == "" {
		return invalid("key", "must not be empty")
	}
	if _, err := unspell(*b.keyType(), key); err != nil {
		return invalid("key", "%.80q %w", key, err)
	}
	return nil
}

// CallNewest gives the call data that asks at which version a key stands; false where the contract cannot be asked.
func (b *Binding) CallNewest(key string) ([]byte, bool, error) {
	if b.newest == nil {
		return nil, false, nil
	}
	data, err := b.pack(b.newest.Method, b.Section.Newest.Arguments, key, 0)
	return data, true, err
}

// Standing is what a contract says of a key.
type Standing struct {
	Version uint64 // 0: nothing stands under the key
	digest  []byte // the beginning of the body's hash; empty where nothing is said
}

// Fits reports whether a body is the one that the contract says.
func (s Standing) Fits(body []byte) bool {
	return bytes.HasPrefix(crypto.Keccak256(body), s.digest)
}

// Newest reads the answer to CallNewest.
func (b *Binding) Newest(answer []byte) (Standing, error) {
	values, err := unpack(b.newest.Outputs, answer)
	if err != nil {
		return Standing{}, corrupt("the answer of %s: %w", b.newest.Sig, err)
	}
	n := wholeOf(values[b.newest.version])
	if !n.IsUint64() {
		return Standing{}, corrupt("the answer of %s: version %s is no version", b.newest.Sig, n)
	}
	s := Standing{Version: n.Uint64()}
	if b.newest.digest >= 0 {
		s.digest, _ = unhex(hexOf(values[b.newest.digest]))
	}
	return s, nil
}

// pack gives call data for a function that takes a key and a version.
func (b *Binding) pack(m *abi.Method, given []string, key string, version uint64) ([]byte, error) {
	args := make([]any, len(given))
	for i, word := range given {
		text := key
		if word == "version" {
			text = strconv.FormatUint(version, 10)
		}
		v, err := unspell(m.Inputs[i].Type, text)
		if err != nil {
			return nil, invalid(word, "%.80q %w", text, err)
		}
		args[i] = v
	}
	data, err := m.Inputs.Pack(args...)
	if err != nil {
		return nil, fmt.Errorf("call data of %s: %w", m.Sig, err)
	}
	return append(append([]byte{}, m.ID...), data...), nil
}

// stateOf spells results: a single one as it is, several as an object by their names or places.
func stateOf(outputs abi.Arguments, values []any) any {
	if len(outputs) == 1 {
		return jsonOf(outputs[0].Type, values[0])
	}
	all := ld.Object{}
	for i, out := range outputs {
		name := out.Name
		if name == "" {
			name = strconv.Itoa(i)
		}
		all[name] = jsonOf(out.Type, values[i])
	}
	return all
}

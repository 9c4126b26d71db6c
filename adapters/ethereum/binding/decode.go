package binding

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// Found is what one log says.
type Found struct {
	Key     string
	Brings  bool   // a version; otherwise only lookups
	Version uint64 // 0 where versions are counted
	Body    []byte // nil where Deleted, or where State is to be called first
	Deleted bool
	Author  string // an address, or empty where it is the transaction's sender
	Lookups []Led
	// Event and Arguments are kept where a state completes the body: see WithState.
	Event     string
	Arguments ld.Object
}

// Topics gives the events that are looked for.
func (b *Binding) Topics() []common.Hash {
	var all []common.Hash
	for id := range b.events {
		all = append(all, id)
	}
	for _, l := range b.lookups {
		if b.events[l.event.ID] == nil {
			all = append(all, l.event.ID)
		}
	}
	return all
}

// Decode reads a log. It answers nil for a log of another contract or event, or under the empty key, which names nothing;
// and Corrupt for one that is not as the ABI says: never a zero value.
func (b *Binding) Decode(log *types.Log) (*Found, error) {
	if log.Address != b.Contract || len(log.Topics) == 0 {
		return nil, nil
	}
	id := log.Topics[0]
	var f *Found
	if e := b.events[id]; e != nil {
		args, err := decodeLog(e.Event, log)
		if err != nil {
			return nil, err
		}
		if f, err = e.found(args); err != nil {
			return nil, err
		}
	}
	if f, err := b.lead(f, log); err != nil || f != nil && f.Key != "" {
		return f, err
	}
	return nil, nil
}

// lead adds the lookups that a log has.
func (b *Binding) lead(f *Found, log *types.Log) (*Found, error) {
	for _, l := range b.lookups {
		if l.event.ID != log.Topics[0] {
			continue
		}
		args, err := decodeLog(l.event, log)
		if err != nil {
			return nil, err
		}
		if f == nil {
			f = &Found{Key: spell(l.key.Type, args[l.key.Name])}
		}
		for _, v := range l.values(args[l.argument.Name]) {
			f.Lookups = append(f.Lookups, Led{l.says.Name, l.mark(v)})
		}
	}
	return f, nil
}

func (l *lookup) values(v any) []any {
	if l.value.String() == l.argument.Type.String() {
		return []any{v}
	}
	r := reflect.ValueOf(v)
	all := make([]any, r.Len())
	for i := range all {
		all[i] = r.Index(i).Interface()
	}
	return all
}

// decodeLog gives an event's arguments by name.
func decodeLog(e abi.Event, log *types.Log) (map[string]any, error) {
	args := map[string]any{}
	data := e.Inputs.NonIndexed()
	values, err := unpack(data, log.Data)
	if err != nil {
		return nil, corrupt("a log of %s: %w", e.Sig, err)
	}
	for i, a := range data {
		args[a.Name] = values[i]
	}
	topics := log.Topics[1:]
	for _, a := range e.Inputs {
		if !a.Indexed {
			continue
		}
		if len(topics) == 0 {
			return nil, corrupt("a log of %s: has %d topics, fewer than arguments are indexed", e.Sig, len(log.Topics))
		}
		if args[a.Name], err = decodeTopic(a, topics[0]); err != nil {
			return nil, corrupt("a log of %s: %s: %w", e.Sig, a.Name, err)
		}
		topics = topics[1:]
	}
	if len(topics) > 0 {
		return nil, corrupt("a log of %s: has %d topics, more than arguments are indexed", e.Sig, len(log.Topics))
	}
	return args, nil
}

// decodeTopic gives an indexed value. Of what has more than one word the chain holds the hash.
func decodeTopic(a abi.Argument, topic common.Hash) (any, error) {
	switch a.Type.T {
	case abi.StringTy, abi.BytesTy, abi.SliceTy, abi.ArrayTy, abi.TupleTy:
		return topic, nil
	}
	a.Indexed = false
	values, err := unpack(abi.Arguments{a}, topic[:])
	if err != nil {
		return nil, err
	}
	return values[0], nil
}

// unpack decodes values, and encodes them again: what does not come out the same was not of these types, even where the
// abi package finds something in it.
func unpack(args abi.Arguments, data []byte) ([]any, error) {
	if len(args) == 0 && len(data) == 0 {
		return nil, nil
	}
	if n, err := argumentParts(args).extent(data); err != nil || n != len(data) {
		return nil, fmt.Errorf("%d bytes are not the %s that the ABI names: %w", len(data), typesOf(args), cmp.Or(err, errMore))
	}
	values, err := args.UnpackValues(data)
	if err != nil {
		return nil, err
	}
	again, err := args.PackValues(values)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, data) {
		return nil, fmt.Errorf("%d bytes are not the %s that the ABI names", len(data), typesOf(args))
	}
	return values, nil
}

func typesOf(args abi.Arguments) string {
	text := ""
	for i, a := range args {
		if i > 0 {
			text += ","
		}
		text += a.Type.String()
	}
	return "(" + text + ")"
}

func corrupt(format string, args ...any) error { return driver.Errorf(driver.Corrupt, format, args...) }

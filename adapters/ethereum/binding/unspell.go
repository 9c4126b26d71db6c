package binding

import (
	"encoding/hex"
	"fmt"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/ld"
)

// unspell is the inverse of spell. Another spelling of the same value is refused: it would be another key.
func unspell(t abi.Type, text string) (any, error) {
	switch t.T {
	case abi.StringTy:
		if !utf8.ValidString(text) {
			return nil, fmt.Errorf("must be UTF-8")
		}
		return text, nil
	case abi.IntTy, abi.UintTy:
		return unspellNumber(t, text)
	}
	b, ok := unhex(text)
	if !ok || t.T == abi.FixedBytesTy && len(b) != t.Size || t.T == abi.AddressTy && len(b) != common.AddressLength {
		return nil, fmt.Errorf("must be a %s: 0x and lower-case hexadecimal", t)
	}
	return ofBytes(t, b), nil
}

func unhex(text string) ([]byte, bool) {
	digits, ok := strings.CutPrefix(text, "0x")
	b, err := hex.DecodeString(digits)
	return b, ok && err == nil && hex.EncodeToString(b) == digits
}

func ofBytes(t abi.Type, b []byte) any {
	if t.T == abi.BytesTy {
		return b
	}
	v := reflect.New(t.GetType()).Elem()
	reflect.Copy(v, reflect.ValueOf(b))
	return v.Interface()
}

func unspellNumber(t abi.Type, text string) (any, error) {
	n, ok := new(big.Int).SetString(text, 10)
	if !ok || n.String() != text || !fits(t, n) {
		return nil, fmt.Errorf("must be a %s in decimal", t)
	}
	return ofNumber(t, n), nil
}

func fits(t abi.Type, n *big.Int) bool {
	if t.T == abi.UintTy {
		return n.Sign() >= 0 && n.BitLen() <= t.Size
	}
	least := new(big.Int).Lsh(big.NewInt(-1), uint(t.Size-1))
	return n.Cmp(least) >= 0 && n.Cmp(new(big.Int).Not(least)) <= 0
}

// ofNumber makes the kind that the abi package packs for a type.
func ofNumber(t abi.Type, n *big.Int) any {
	if t.GetType().Kind() == reflect.Pointer {
		return n
	}
	v := reflect.New(t.GetType()).Elem()
	if t.T == abi.UintTy {
		v.SetUint(n.Uint64())
	} else {
		v.SetInt(n.Int64())
	}
	return v.Interface()
}

// ofJSON is the inverse of jsonOf, for what is written.
func ofJSON(t abi.Type, v any) (any, error) {
	switch t.T {
	case abi.SliceTy, abi.ArrayTy:
		return ofList(t, v)
	case abi.TupleTy:
		return ofObject(t, v)
	}
	switch v := v.(type) {
	case bool:
		if t.T == abi.BoolTy {
			return v, nil
		}
	case float64:
		if isNarrow(t) {
			return unspellNumber(t, strconv.FormatFloat(v, 'f', -1, 64))
		}
	case string:
		if isScalar(t) && !isNarrow(t) {
			return unspell(t, v)
		}
	}
	return nil, fmt.Errorf("must be a %s as the driver spells it", t)
}

// isNarrow reports whether a type is a whole number that JSON has as a number.
func isNarrow(t abi.Type) bool {
	return (t.T == abi.UintTy || t.T == abi.IntTy) && t.Size <= exactBits
}

func ofList(t abi.Type, v any) (any, error) {
	items, ok := v.([]any)
	if !ok || t.T == abi.ArrayTy && len(items) != t.Size {
		return nil, fmt.Errorf("must be a list for %s", t)
	}
	out := reflect.New(t.GetType()).Elem()
	if t.T == abi.SliceTy {
		out.Set(reflect.MakeSlice(t.GetType(), len(items), len(items)))
	}
	for i, item := range items {
		one, err := ofJSON(*t.Elem, item)
		if err != nil {
			return nil, fmt.Errorf("[%d]: %w", i, err)
		}
		out.Index(i).Set(reflect.ValueOf(one))
	}
	return out.Interface(), nil
}

func ofObject(t abi.Type, v any) (any, error) {
	members, ok := v.(ld.Object)
	if !ok || len(members) != len(t.TupleRawNames) {
		return nil, fmt.Errorf("must be an object of %s", strings.Join(t.TupleRawNames, ", "))
	}
	out := reflect.New(t.GetType()).Elem()
	for i, name := range t.TupleRawNames {
		one, err := ofJSON(*t.TupleElems[i], members[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out.Field(i).Set(reflect.ValueOf(one))
	}
	return out.Interface(), nil
}

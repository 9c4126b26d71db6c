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

// The spellings of a contract's values in JSON:
//
//	bool                          true, false
//	uintN, intN up to 48 bits     a number; so are enums, which are uint8
//	wider uintN, intN             decimal text: JSON numbers are exact to 53 bits only
//	string                        text; where it is not UTF-8, {"hex": "0x..."}
//	address, bytes, bytesN        0x and lower-case hexadecimal
//	an indexed string, bytes, array or tuple   its hash, as bytes32: that is all that the chain holds
//	T[], T[n]                     a list
//	tuple                         an object by the components' names
//
// The type alone decides, and not the value, so that a member has one form.

// exactBits is the width up to which whole numbers are JSON numbers.
const exactBits = 48

// jsonOf spells a value that the abi package decoded.
func jsonOf(t abi.Type, v any) any {
	switch t.T {
	case abi.BoolTy:
		return v.(bool)
	case abi.IntTy, abi.UintTy:
		return numberOf(t, v)
	case abi.StringTy:
		return textOf(v)
	case abi.SliceTy, abi.ArrayTy:
		return listOf(t, v)
	case abi.TupleTy:
		return objectOf(t, v)
	}
	return hexOf(v)
}

func numberOf(t abi.Type, v any) any {
	n := wholeOf(v)
	if t.Size > exactBits {
		return n.String()
	}
	f, _ := new(big.Float).SetInt(n).Float64()
	return f
}

// wholeOf makes one kind of the several that the abi package has for whole numbers.
func wholeOf(v any) *big.Int {
	if n, ok := v.(*big.Int); ok {
		return n
	}
	r := reflect.ValueOf(v)
	if r.CanUint() {
		return new(big.Int).SetUint64(r.Uint())
	}
	return big.NewInt(r.Int())
}

func textOf(v any) any {
	if h, hashed := v.(common.Hash); hashed {
		return hexOf(h)
	}
	if s := v.(string); utf8.ValidString(s) {
		return s
	}
	return ld.Object{"hex": "0x" + hex.EncodeToString([]byte(v.(string)))}
}

func listOf(t abi.Type, v any) any {
	if h, hashed := v.(common.Hash); hashed {
		return hexOf(h)
	}
	r := reflect.ValueOf(v)
	all := make([]any, r.Len())
	for i := range all {
		all[i] = jsonOf(*t.Elem, r.Index(i).Interface())
	}
	return all
}

func objectOf(t abi.Type, v any) any {
	if h, hashed := v.(common.Hash); hashed {
		return hexOf(h)
	}
	r, all := reflect.ValueOf(v), ld.Object{}
	for i, name := range t.TupleRawNames {
		all[name] = jsonOf(*t.TupleElems[i], r.Field(i).Interface())
	}
	return all
}

func hexOf(v any) string {
	r := reflect.ValueOf(v)
	if r.Kind() == reflect.Slice {
		return "0x" + hex.EncodeToString(r.Bytes())
	}
	b := make([]byte, r.Len())
	reflect.Copy(reflect.ValueOf(b), r)
	return "0x" + hex.EncodeToString(b)
}

// isScalar reports whether a type has a spelling as one text: such are keys and the values of lookups.
func isScalar(t abi.Type) bool {
	switch t.T {
	case abi.IntTy, abi.UintTy, abi.StringTy, abi.AddressTy, abi.FixedBytesTy, abi.BytesTy:
		return true
	}
	return false
}

// spell gives the text of a scalar: a string as it is, a number in decimal, all else in hexadecimal.
func spell(t abi.Type, v any) string {
	switch t.T {
	case abi.StringTy:
		return v.(string)
	case abi.IntTy, abi.UintTy:
		return wholeOf(v).String()
	}
	return hexOf(v)
}

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

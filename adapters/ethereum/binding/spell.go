package binding

import (
	"encoding/hex"
	"math/big"
	"reflect"
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

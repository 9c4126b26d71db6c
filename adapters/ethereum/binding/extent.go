package binding

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

// Bytes as the ABI has them say where their parts are. Parts that lie over one another let few bytes stand for many: a list
// of thousands of texts that are all the same one. So before bytes are decoded they are walked once, and every part has to
// begin where the one before it ends, as it does in what contracts and compilers write.
// Source: Solidity, Contract ABI Specification, "Formal Specification of the Encoding".

const wordSize = 32

var (
	errCut  = errors.New("they end before what they name")
	errMore = errors.New("more follows than they name")
)

// parts are values side by side: their heads first, then what is behind the heads, in their order.
type parts struct {
	count  int
	typeOf func(i int) *abi.Type
}

func argumentParts(args abi.Arguments) parts {
	return parts{len(args), func(i int) *abi.Type { return &args[i].Type }}
}

func items(count int, t *abi.Type) parts { return parts{count, func(int) *abi.Type { return t }} }

// extent answers how many bytes the parts take at the beginning of data.
func (p parts) extent(data []byte) (int, error) {
	tail := 0
	for i := range p.count {
		if tail += headSize(p.typeOf(i)); tail > len(data) {
			return 0, errCut
		}
	}
	at := 0
	for i := range p.count {
		t := p.typeOf(i)
		if dynamic(t) {
			n, err := behind(t, data, at, tail)
			if err != nil {
				return 0, err
			}
			tail += n
		}
		at += headSize(t)
	}
	return tail, nil
}

// behind answers how many bytes a value takes whose head, at a place, has to lead to the end of the ones before it.
func behind(t *abi.Type, data []byte, at, end int) (int, error) {
	offset, err := word(data[at:])
	if err != nil {
		return 0, err
	}
	if offset != end {
		return 0, fmt.Errorf("a part at %d begins at %d, and the one before it ends at %d", at, offset, end)
	}
	return extentOf(t, data[end:])
}

func extentOf(t *abi.Type, data []byte) (int, error) {
	switch t.T {
	case abi.TupleTy:
		return parts{len(t.TupleElems), func(i int) *abi.Type { return t.TupleElems[i] }}.extent(data)
	case abi.ArrayTy:
		return items(t.Size, t.Elem).extent(data)
	}
	n, err := word(data)
	if err != nil {
		return 0, err
	}
	rest := data[wordSize:]
	if n > len(rest) { // an item takes a word and a byte of text a byte, so that more than are there cannot be named
		return 0, errCut
	}
	if t.T == abi.SliceTy {
		n, err = items(n, t.Elem).extent(rest)
	} else {
		n = (n + wordSize - 1) / wordSize * wordSize
	}
	if n > len(rest) {
		return 0, errCut
	}
	return wordSize + n, err
}

// word reads a number that is a place or a length.
func word(data []byte) (int, error) {
	if len(data) < wordSize {
		return 0, errCut
	}
	for _, b := range data[:wordSize-4] {
		if b != 0 {
			return 0, errors.New("a place or length has more than 32 bits")
		}
	}
	return int(binary.BigEndian.Uint32(data[wordSize-4:])), nil
}

// dynamic reports whether a value's head is a place, and the value stands behind.
func dynamic(t *abi.Type) bool {
	switch t.T {
	case abi.StringTy, abi.BytesTy, abi.SliceTy:
		return true
	case abi.ArrayTy:
		return dynamic(t.Elem)
	case abi.TupleTy:
		for _, e := range t.TupleElems {
			if dynamic(e) {
				return true
			}
		}
	}
	return false
}

func headSize(t *abi.Type) int {
	if dynamic(t) {
		return wordSize
	}
	switch t.T {
	case abi.ArrayTy:
		return t.Size * headSize(t.Elem)
	case abi.TupleTy:
		size := 0
		for _, e := range t.TupleElems {
			size += headSize(e)
		}
		return size
	}
	return wordSize
}

package ld

import (
	"fmt"
	"unicode/utf8"

	"github.com/ftagateway/ftagateway/schemas"
)

// Limits bound what Parse accepts. A member that is zero takes that of DefaultLimits.
type Limits struct {
	Bytes   int // of the whole text
	Depth   int // of objects and arrays in one another; the outermost object is 1
	Members int // object members and array items, all of them together
}

// DefaultLimits hold an entry summary of 999 lines with room to spare.
var DefaultLimits = Limits{Bytes: 1 << 20, Depth: 32, Members: 20_000}

func (l Limits) orDefault() Limits {
	if l.Bytes == 0 {
		l.Bytes = DefaultLimits.Bytes
	}
	if l.Depth == 0 {
		l.Depth = DefaultLimits.Depth
	}
	if l.Members == 0 {
		l.Members = DefaultLimits.Members
	}
	return l
}

// The standards that the rules come from.
const (
	rfc8259 = "RFC 8259"
	rfc7493 = "RFC 7493 (I-JSON)"
)

// Parse decodes one JSON object, and refuses everything that two parsers could read in two ways: names that occur twice
// (also where one is written with escapes), text that is not UTF-8, surrogates without their other half, numbers that a
// double or another parser would change, anything after the object. A document that was signed as one thing can so not
// be read as another.
//
// The error is a schemas.Faults. Twofold names, surrogates and numbers are all reported; at a mistake in the syntax or
// at a limit it stops.
func Parse(data []byte, l Limits) (Object, error) {
	l = l.orDefault()
	if len(data) > l.Bytes {
		return nil, only("", fmt.Sprintf("%d bytes", len(data)), fmt.Sprintf("must be at most %d bytes", l.Bytes), "")
	}
	if at := invalidUTF8(data); at >= 0 {
		return nil, only("", fmt.Sprintf("byte %d", at), "must be UTF-8", rfc8259+" §8.1")
	}
	p := &parser{text: string(data), limits: l}
	doc := p.document()
	if err := p.faults.Err(); err != nil {
		return nil, err
	}
	return doc, nil
}

func only(pointer string, value any, rule, source string) error {
	return schemas.Faults{schemas.NewFault(pointer, value, rule, source)}
}

// invalidUTF8 answers where the first byte that is not UTF-8 stands, and -1 if there is none.
func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	at := 0
	for {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size <= 1 {
			return at
		}
		at += size
	}
}

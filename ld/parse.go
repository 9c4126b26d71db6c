package ld

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ftagateway/ftagateway/schemas"
)

// Limits bound what Parse accepts. A member that is zero takes that of DefaultLimits.
type Limits struct {
	Bytes   int // of the whole text
	Depth   int // of objects and arrays in one another; the outermost object is 1
	Members int // object members and array items, all of them together
}

// DefaultLimits hold a record, a message or a capability with room to spare. A document of 999 lines needs more.
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
// The error is a schemas.Faults with the first fault: what stands behind it cannot be read with certainty.
func Parse(data []byte, l Limits) (Object, error) {
	l = l.orDefault()
	if len(data) > l.Bytes {
		return nil, only("", fmt.Sprintf("%d bytes", len(data)), fmt.Sprintf("must be at most %d bytes", l.Bytes), "")
	}
	r := &reader{in: jsontext.NewDecoder(bytes.NewBuffer(data)), limits: l}
	if r.in.PeekKind() != jsontext.KindBeginObject {
		return nil, only("", shown(data, 0), "must be a JSON object", rfc8259)
	}
	doc, err := r.object()
	if err == nil {
		err = r.end()
	}
	if err != nil {
		return nil, refused(err, data)
	}
	return doc, nil
}

func only(pointer string, value any, rule, source string) error {
	return schemas.Faults{schemas.NewFault(pointer, value, rule, source)}
}

// refused words why a text could not be read.
func refused(err error, data []byte) error {
	var faults schemas.Faults
	if errors.As(err, &faults) {
		return faults
	}
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return only("", nil, "must be JSON", rfc8259)
	}
	at, pointer := int(syntax.ByteOffset), string(syntax.JSONPointer)
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return only(pointer, syntax.JSONPointer.LastToken(), "must be the only member of its name", rfc7493+" §2.3")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return only(pointer, "end of the text", fmt.Sprintf("must not end here (byte %d)", at), rfc8259)
	}
	return only(pointer, shown(data, at), fmt.Sprintf("must be JSON: %v (byte %d)", syntax.Err, at), rfc8259)
}

// shown is a little of a text from a place on.
func shown(data []byte, at int) string {
	const most = 16
	if at >= len(data) {
		return "end of the text"
	}
	return string(bytes.ToValidUTF8(data[at:min(len(data), at+most)], nil))
}

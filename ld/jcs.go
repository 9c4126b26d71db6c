package ld

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/gowebpki/jcs"

	"github.com/ftagateway/ftagateway/schemas"
)

// JCS writes decoded JSON as RFC 8785 wants it: no space, members sorted by the UTF-16 code units of their names, numbers
// as ECMAScript writes them. A value that is not decoded JSON (see Object) or a string that is not UTF-8 is an error with
// its pointer.
func JCS(v any) ([]byte, error) {
	out, fault := appendJCS(make([]byte, 0, 1024), v)
	if fault != nil {
		return nil, schemas.Faults{*fault}
	}
	return out, nil
}

func appendJCS(out []byte, v any) ([]byte, *schemas.Fault) {
	switch v := v.(type) {
	case nil:
		return append(out, "null"...), nil
	case bool:
		return strconv.AppendBool(out, v), nil
	case float64:
		return appendNumber(out, v)
	case string:
		return appendString(out, v)
	case []any:
		return appendArray(out, v)
	case Object:
		return appendObject(out, v)
	}
	f := schemas.NewFault("", fmt.Sprintf("%T", v), "must be decoded JSON", "")
	return nil, &f
}

func appendNumber(out []byte, v float64) ([]byte, *schemas.Fault) {
	s, err := jcs.NumberToJSON(v)
	if err != nil {
		f := schemas.NewFault("", fmt.Sprint(v), "must be finite", "RFC 8785 §3.2.2.3")
		return nil, &f
	}
	return append(out, s...), nil
}

func appendArray(out []byte, items []any) ([]byte, *schemas.Fault) {
	out = append(out, '[')
	var fault *schemas.Fault
	for i, item := range items {
		if i > 0 {
			out = append(out, ',')
		}
		if out, fault = appendJCS(out, item); fault != nil {
			return nil, under(fault, i)
		}
	}
	return append(out, ']'), nil
}

func appendObject(out []byte, obj Object) ([]byte, *schemas.Fault) {
	out = append(out, '{')
	var fault *schemas.Fault
	for i, name := range sortedNames(obj) {
		if i > 0 {
			out = append(out, ',')
		}
		if out, fault = appendString(out, name); fault != nil {
			return nil, fault
		}
		out = append(out, ':')
		if out, fault = appendJCS(out, obj[name]); fault != nil {
			return nil, under(fault, name)
		}
	}
	return append(out, '}'), nil
}

// under moves a fault of a value to where that value stands.
func under(f *schemas.Fault, token any) *schemas.Fault {
	f.Pointer = schemas.Pointer("", token) + f.Pointer
	return f
}

func sortedNames(obj Object) []string {
	names := make([]string, 0, len(obj))
	for name := range obj {
		names = append(names, name)
	}
	slices.SortFunc(names, compareUTF16)
	return names
}

// compareUTF16 orders strings as their UTF-16 code units would be. The bytes of UTF-8 give the same order but for one
// case: characters above U+FFFF come before those from U+E000 on, because their units are surrogates.
func compareUTF16(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return int(rank(a[i])) - int(rank(b[i]))
		}
	}
	return len(a) - len(b)
}

func rank(lead byte) byte {
	if lead == 0xEE || lead == 0xEF {
		return lead + 0x10
	}
	return lead
}

const hexDigits = "0123456789abcdef"

var jcsEscapes = [utf8.RuneSelf]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

func init() {
	for c := range byte(' ') {
		if jcsEscapes[c] == "" {
			jcsEscapes[c] = `\u00` + string([]byte{hexDigits[c>>4], hexDigits[c&15]})
		}
	}
}

func appendString(out []byte, s string) ([]byte, *schemas.Fault) {
	if !utf8.ValidString(s) {
		f := schemas.NewFault("", "(bytes)", "must be UTF-8", rfc8259+" §8.1")
		return nil, &f
	}
	out = append(out, '"')
	start := 0
	for i := range len(s) {
		if c := s[i]; c < utf8.RuneSelf && jcsEscapes[c] != "" {
			out = append(append(out, s[start:i]...), jcsEscapes[c]...)
			start = i + 1
		}
	}
	return append(append(out, s[start:]...), '"'), nil
}

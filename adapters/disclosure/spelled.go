package disclosure

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/multiformats/go-multibase"
)

// maxSpelled bounds what is decoded: base 58 costs the square of its length.
const maxSpelled = 256

// spelled gives every sequence of bytes that a text can stand for: in hexadecimal with any punctuation, base 58, base 64
// of either alphabet, multibase; behind what ids and keys begin with.
func spelled(s string) [][]byte {
	if s == "" || len(s) > maxSpelled {
		return nil
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "urn:uuid:"), "did:key:")
	if key, fragment, ok := strings.Cut(s, "#"); ok && key == fragment {
		s = key
	}
	var all [][]byte
	add := func(b []byte, err error) {
		if err == nil && len(b) > 0 {
			all = append(all, b)
		}
	}
	add(hex.DecodeString(strings.TrimPrefix(strings.ToLower(unpunctuated(s)), "0x")))
	add(decode64(s))
	add(decode58("z" + s))
	switch s[0] {
	case 'u':
		add(base64.RawURLEncoding.DecodeString(s[1:]))
	case 'z':
		add(decode58(s))
	}
	return all
}

func decode64(s string) ([]byte, error) {
	s = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(s, "="))
	return base64.RawStdEncoding.DecodeString(s)
}

func decode58(s string) ([]byte, error) {
	_, b, err := multibase.Decode(s)
	return b, err
}

func unpunctuated(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-.:_/ ,", r) {
			return -1
		}
		return r
	}, s)
}

// readable reports whether bytes are text, zeros around it left out. Random bytes of an id, key or digest are not: an id
// has a byte above 127, and of the others 20 are all printable once in a billion.
func readable(b []byte) bool {
	b = bytes.Trim(b, "\x00")
	if len(b) < 5 || !utf8.Valid(b) {
		return false
	}
	for _, r := range string(b) {
		if r < ' ' || r == 0x7f {
			return false
		}
	}
	return true
}

// texts gives the strings and numbers of a value, member names included.
func texts(v any, all []string) []string {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range sorted(v) {
			all = texts(v[name], append(all, name))
		}
	case []any:
		for _, item := range v {
			all = texts(item, all)
		}
	default:
		all = append(all, textOf(v))
	}
	return all
}

func sorted(members map[string]any) []string { return slices.Sorted(maps.Keys(members)) }

// textOf writes a string or number as text; "" for what tells nothing.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

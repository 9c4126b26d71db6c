package records

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The bounds of what is taken. A larger transaction would be refused by the orderer, and later.
const (
	MaxBody    = 4 << 20
	MaxKey     = 1024
	MaxLookups = 64
	MaxPage    = 1000
)

// readKey takes what can be part of a composite key: text, without the two characters that separate its parts.
func readKey(name string, argument []byte) (string, error) {
	switch {
	case len(argument) == 0:
		return "", refuse(statusInvalid, "%s: empty", name)
	case len(argument) > MaxKey:
		return "", refuse(statusInvalid, "%s: %d bytes, at most %d are taken", name, len(argument), MaxKey)
	case !utf8.Valid(argument):
		return "", refuse(statusInvalid, "%s: not UTF-8", name)
	case strings.ContainsAny(string(argument), "\x00\U0010FFFF"):
		return "", refuse(statusInvalid, "%s: U+0000 and U+10FFFF cannot be part of a key", name)
	}
	return string(argument), nil
}

func readNumber(name string, argument []byte) (uint64, error) {
	n, err := strconv.ParseUint(string(argument), 10, 63)
	if err != nil {
		return 0, refuse(statusInvalid, "%s: %.40q is no whole number from 0", name, argument)
	}
	return n, nil
}

// readLimit takes how much a page is to hold; 0 leaves it to the chaincode.
func readLimit(argument []byte) (int, error) {
	n, err := readNumber("limit", argument)
	if n == 0 || n > MaxPage {
		n = MaxPage
	}
	return int(n), err
}

func readLookups(argument []byte) ([]Lookup, error) {
	if len(argument) == 0 {
		return nil, nil
	}
	var all []Lookup
	decoder := json.NewDecoder(bytes.NewReader(argument))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&all); err != nil || decoder.More() {
		return nil, refuse(statusInvalid, `lookups: not a list of {"name","value"}`)
	}
	if len(all) > MaxLookups {
		return nil, refuse(statusInvalid, "lookups: %d, at most %d are taken", len(all), MaxLookups)
	}
	for _, l := range all {
		if _, err := readKey("name of a lookup", []byte(l.Name)); err != nil {
			return nil, err
		}
		if _, err := readKey("value of a lookup", []byte(l.Value)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

package fabric

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// form is how state keys are spelled: text with one {key} in it, or the parts of a composite key. {} stands for any part.
type form struct {
	Composite bool
	parts     []string // of plain text: what stands before and after the key
}

// UnmarshalJSON reads text, or a list of parts.
func (f *form) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		before, after, ok := strings.Cut(text, "{key}")
		if !ok {
			return errors.New("the form of a state key must hold {key}")
		}
		f.parts = []string{before, after}
		return nil
	}
	f.Composite = true
	return json.Unmarshal(data, &f.parts)
}

func (f *form) count(part string) int {
	if f.parts == nil {
		return 0
	}
	if !f.Composite {
		return 1
	}
	n := 0
	for _, p := range f.parts {
		if p == part {
			n++
		}
	}
	return n
}

// read takes a state key apart: the values of {key}, {version} and so on. ok is false for a key of another form.
func (f *form) read(state string) (values map[string]string, ok bool) {
	if f.Composite {
		return f.readParts(state)
	}
	key, before := strings.CutPrefix(state, f.parts[0])
	key, after := strings.CutSuffix(key, f.parts[1])
	return map[string]string{"{key}": key}, before && after && key != "" && state[0] != 0
}

func (f *form) readParts(state string) (values map[string]string, ok bool) {
	inner, begins := strings.CutPrefix(state, "\x00")
	inner, ends := strings.CutSuffix(inner, "\x00")
	parts := strings.Split(inner, "\x00")
	if !begins || !ends || len(parts) != len(f.parts) {
		return nil, false
	}
	values = map[string]string{}
	for i, p := range f.parts {
		if strings.HasPrefix(p, "{") {
			values[p] = parts[i]
		} else if p != parts[i] {
			return nil, false
		}
	}
	return values, true
}

// maxKey is the length of the longest key that is taken.
const maxKey = 1024

// checkKey refuses what a state key cannot hold. It would have to be altered, and then it would be another key.
func checkKey(key string) error {
	switch {
	case key == "":
		return driver.Errorf(driver.Invalid, "key: must not be empty")
	case len(key) > maxKey:
		return driver.Errorf(driver.Invalid, "key: has %d bytes, at most %d are taken", len(key), maxKey)
	case !utf8.ValidString(key):
		return driver.Errorf(driver.Invalid, "key: must be UTF-8")
	case slices.ContainsFunc([]rune(key), func(r rune) bool { return r == 0 || r == utf8.MaxRune }):
		return driver.Errorf(driver.Invalid, "key: U+0000 and U+10FFFF cannot be part of a state key")
	}
	return nil
}

package fabric

import (
	"slices"
	"unicode/utf8"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

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

package config

import (
	"maps"
	"slices"
	"strings"
)

// originOf is where a key was written. Of one that was not, it is where its section was: by its own line, or by the
// variable of another key in it.
func originOf(origins map[string]string, key string) string {
	for name := key; name != ""; name = above(name) {
		if from, ok := origins[name]; ok {
			return from
		}
		for _, other := range slices.Sorted(maps.Keys(origins)) {
			if strings.HasPrefix(other, name+".") {
				return origins[other]
			}
		}
	}
	return ""
}

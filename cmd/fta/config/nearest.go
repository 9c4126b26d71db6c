package config

import (
	"fmt"
	"strings"
)

// nearest is the key that a name, which is none, was most likely meant for: one that is called the same in another section,
// or else the one that it takes the fewest changes of a letter to become, among those as deep as it is, if there are any.
// It is empty where none is near. The name of a ledger stays. Of a name that is longer than any key, the beginning counts.
func nearest(name string) string {
	name = name[:min(len(name), longest)]
	best, least, apart := Key{}, 1<<30, 0
	for _, k := range keys {
		d := distance(pattern(name), k.Name)
		cost := d
		if strings.Count(k.Name, ".") != strings.Count(name, ".") {
			cost += 100
		}
		if below(k.Name) == below(name) {
			cost -= 1000
		}
		if cost < least {
			best, least, apart = k, cost, d
		}
	}
	if below(best.Name) != below(name) && apart > max(3, len(name)/2) {
		return ""
	}
	return best.inPlaceOf(name)
}

// below is the last part of a name.
func below(name string) string { return name[strings.LastIndex(name, ".")+1:] }

// inPlaceOf gives the key to the ledger that a wrong name is of; to any, where it is of none.
func (k Key) inPlaceOf(name string) string {
	parts := strings.Split(name, ".")
	if len(parts) > 1 && (parts[0] == "ledgers" || len(parts) == strings.Count(k.Name, ".")+1) {
		return k.named(parts[1])
	}
	return k.Name
}

// meant asks whether something that exists was meant, if there is such.
func meant(one string) string {
	if one == "" {
		return ""
	}
	return fmt.Sprintf(", did you mean %q?", one)
}

const longest = 128 // bytes

// distance is Levenshtein's.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

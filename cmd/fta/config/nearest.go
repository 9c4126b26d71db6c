package config

import "strings"

// nearest is the key that a name, which is none, takes the fewest changes of a letter to become: among those as deep as
// it is, if there are any. The name of a ledger stays. Of a name that is longer than any key, the beginning counts.
func nearest(name string) string {
	name = name[:min(len(name), longest)]
	best, least := Key{}, 1<<30
	for _, k := range keys {
		d := distance(pattern(name), k.Name)
		if strings.Count(k.Name, ".") != strings.Count(name, ".") {
			d += 100
		}
		if d < least {
			best, least = k, d
		}
	}
	if parts := strings.Split(name, "."); len(parts) > 1 {
		return best.named(parts[1])
	}
	return best.Name
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

package source

import "fmt"

// longestWord bounds what is compared: longer ones are no typing errors.
const longestWord = 64

// Hint is "; did you mean ...?" where one of the known words is near, and nothing otherwise.
func Hint(word string, known []string) string {
	if best, ok := Nearest(word, known); ok {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return ""
}

// Nearest gives the known word that takes the fewest changes, at most a third of it; the first of several.
func Nearest(word string, known []string) (string, bool) {
	if len(word) > longestWord {
		return "", false
	}
	best, least := "", len(word)
	for _, k := range known {
		if len(k) > longestWord {
			continue
		}
		if d := distance(word, k); d < least {
			best, least = k, d
		}
	}
	return best, best != "" && least <= max(2, len(best)/3)
}

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

package config

import (
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing that is wrong with a configuration.
type Fault struct {
	Key   string
	Value string // shortened
	Rule  string // that it breaks
	From  string // file:line, environment variable or flag; empty for a default
}

// Error says where the value comes from, what it is, and what it must be.
func (f Fault) Error() string {
	text := fmt.Sprintf("%.*s %q: %s", shown, f.Key, f.Value, f.Rule)
	if f.From != "" {
		text = f.From + ": " + text
	}
	return text
}

// Faults are all that is wrong, by key.
type Faults []Fault

// Error has a line for each.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

const shown = 64 // runes of a key or a value

func (fs *Faults) add(key string, value any, rule string) {
	*fs = append(*fs, Fault{Key: key, Value: fmt.Sprintf("%.*s", shown, fmt.Sprint(value)), Rule: rule})
}

// err says where each value comes from. It is nil if nothing is wrong.
func (fs Faults) err(origins map[string]string) error {
	if len(fs) == 0 {
		return nil
	}
	for i := range fs {
		fs[i].From = originOf(origins, fs[i].Key)
	}
	slices.SortStableFunc(fs, func(a, b Fault) int { return strings.Compare(a.Key, b.Key) })
	return fs
}

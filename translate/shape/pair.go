package shape

import (
	"github.com/ftagateway/ftagateway/translate/format"
)

// side is one of the two ends of a pair.
type side int

const (
	ofModel  side = 0
	ofNative side = 1
)

func (s side) other() side { return 1 - s }

type kind int

const (
	copied   kind = iota // one value, or a whole part, in a format
	constant             // one value on one side that never changes
	beside               // a native value that the model lacks
	position             // an item's number in its list, which the model states and the ledger does not
	group                // pairs with a place of their own
	list                 // pairs for each item of two lists
	cases                // the first of several groups whose conditions hold
)

// pair is what the two directions have in common.
type pair struct {
	kind     kind
	line     int
	end      [2]path
	has      [2]bool
	required bool
	value    any           // of a constant; what is written where nothing stands beside
	format   format.Format // of what is copied
	table    bool          // the format is a table
	parts    []*pair       // of group and list
	choices  []choice      // of cases
	most     int           // items of a list, as the model says; 0 for any number
}

// choice is one of several cases: what has to hold on the side that is read.
type choice struct {
	when  [2][]condition
	parts []*pair
}

// condition holds for a place where a value is, or is there at all.
type condition struct {
	at      path
	is      any // nil where only presence counts
	present bool
}

func (c condition) holds(scope any) bool {
	v, ok := c.at.find(scope)
	if c.is == nil {
		return ok == c.present
	}
	return ok && equal(v, c.is)
}

// equal compares decoded JSON.
func equal(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for name, v := range a {
			if w, ok := b[name]; !ok || !equal(v, w) {
				return false
			}
		}
		return true
	case []any:
		b, ok := b.([]any)
		return ok && equalItems(a, b)
	}
	switch b.(type) {
	case map[string]any, []any:
		return false
	}
	return a == b
}

func equalItems(a, b []any) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

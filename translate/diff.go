package translate

import (
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/translate/shape"
)

// Difference is what the model and a ledger's shape do not have in common.
type Difference struct {
	// Dropped are the model's values that the mapping has no place for, lists as "*": a record or document that has one
	// of them cannot be written, or loses it where Declared says so.
	Dropped []Drop `json:"dropped"`
	// Beside are the native values that the model has no place for, and the lines that keep them.
	Beside []Drop `json:"beside"`
}

// Drop is one of them.
type Drop struct {
	Path     string `json:"path"`
	Line     int    `json:"line,omitempty"`
	Declared bool   `json:"declared"` // under lacks, or kept beside
}

// Diff shows what the model knows that a mapping drops, and what the ledger's shape has that the model lacks.
func Diff(m *Mapping) Difference {
	d := Difference{Dropped: []Drop{}, Beside: []Drop{}}
	if m.lays == nil {
		return d // the identity drops nothing
	}
	places := m.lays.compiled.Places()
	for _, leaf := range m.lays.compiled.Model().Leaves("") {
		if !covered(places, leaf) {
			d.Dropped = append(d.Dropped, Drop{Path: leaf, Declared: m.lays.compiled.Lacks(leaf)})
		}
	}
	for _, p := range places {
		if p.Beside && !slices.ContainsFunc(d.Beside, func(b Drop) bool { return b.Path == p.Native }) {
			d.Beside = append(d.Beside, Drop{Path: p.Native, Line: p.Line, Declared: true})
		}
	}
	return d
}

// covered reports whether a pair gives a value, or a part that it stands in. A pair of a single item of a list gives
// that item only, and counts: the rest of the list is refused when it is written.
func covered(places []shape.Place, leaf string) bool {
	for _, p := range places {
		if !p.Gives() {
			continue
		}
		if at := starred(p.Model); leaf == at || at == "" || strings.HasPrefix(leaf, at+"/") {
			return true
		}
	}
	return false
}

// starred writes fixed indexes as "*".
func starred(pointer string) string {
	tokens := strings.Split(pointer, "/")
	for i, t := range tokens {
		if t != "" && strings.Trim(t, "0123456789") == "" {
			tokens[i] = "*"
		}
	}
	return strings.Join(tokens, "/")
}

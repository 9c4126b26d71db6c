package translate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/translate/shape"
)

// eventPath is where in the model the step stands that was taken.
const eventPath = "/event"

// bare says what a mapping that derives gives nothing of, though it is what its type is about, or what tells whether it
// still stands. It may be meant: a ledger that keeps only what became of an entry, or no steps, says so under lacks.
func (m *Mapping) bare() []Failure {
	switch {
	case m.kind == kindRecord:
		return nil
	case !m.givesBelow(""):
		return []Failure{{Rule: "no pair has a model path, so that nothing of an entry reaches the model. " + m.musts()}}
	}
	var all []Failure
	if m.silent(subjectPath) {
		all = append(all, Failure{Model: subjectPath, Rule: fmt.Sprintf("must be given: it is the %s itself, and no pair gives anything of it. %s. "+
			"Where the ledger does not hold the document at all, say so: lacks: [%s]", m.kind, m.musts(), subjectPath)})
	}
	if m.silent(eventPath) {
		all = append(all, Failure{Model: eventPath, Rule: fmt.Sprintf("must be given: it is the step that was taken, and no pair gives it. "+
			"A step that is not told means that a withdrawal is not seen, and what was withdrawn reads as what stands. "+
			"Where the ledger tells no step at all, say so: lacks: [%s]", eventPath)})
	}
	return all
}

// silent reports whether a mapping neither gives anything of a place nor says that the ledger has none of it.
func (m *Mapping) silent(at string) bool {
	return !m.givesBelow(at) && !m.lays.compiled.Lacks(at)
}

// givesBelow reports whether a pair gives anything at or below a place of the model.
func (m *Mapping) givesBelow(at string) bool {
	return slices.ContainsFunc(m.lays.compiled.Places(), func(p shape.Place) bool {
		switch {
		case p.Tests, p.Beside:
			return false
		case p.Model == "":
			return p.Both && p.Copies // all of it
		}
		return p.Model == at || strings.HasPrefix(p.Model, at+"/")
	})
}

// musts names all that a document of the mapping's type must have.
func (m *Mapping) musts() string {
	needs := shape.Required(m.kind)
	paths := make([]string, len(needs))
	for i, n := range needs {
		paths[i] = n.Path
	}
	return fmt.Sprintf("%s must have %s, and %s; what the ledger's shape has no place for stands under lacks", m.kind, strings.Join(paths, ", "), eventPath)
}

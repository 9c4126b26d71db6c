package translate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/translate/shape"
)

// bare says what a mapping that derives gives nothing of, though it is what its type is about. It may be meant: a ledger
// that keeps only what became of an entry says so under lacks.
func (m *Mapping) bare() []Failure {
	switch {
	case m.kind == kindRecord:
		return nil
	case !m.givesBelow(""):
		return []Failure{{Rule: "no pair has a model path, so that nothing of an entry reaches the model. " + m.musts()}}
	case !m.givesBelow(subjectPath) && !m.lays.compiled.Lacks(subjectPath):
		return []Failure{{Model: subjectPath, Rule: fmt.Sprintf("must be given: it is the %s itself, and no pair gives anything of it. %s. "+
			"Where the ledger does not hold the document at all, say so: lacks: [%s]", m.kind, m.musts(), subjectPath)}}
	}
	return nil
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
	return fmt.Sprintf("%s must have %s; what the ledger's shape has no place for stands under lacks", m.kind, strings.Join(paths, ", "))
}

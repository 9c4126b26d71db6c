package translate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/translate/shape"
	"github.com/ftagateway/ftagateway/translate/source"
)

// Who can read a ledger.
const (
	Public       = "public"       // anybody, for ever
	Permissioned = "permissioned" // its members
)

// Policy says what may be written to a ledger: the fields of a record, and on a permissioned ledger what is listed as
// well. Entries are model paths ("/subject/entryNumber", lists as "*") and allow what stands below them; or native ones
// after "native:", for what the model lacks.
type Policy struct {
	Readers string // Public, Permissioned, or empty for a mapping that no ledger is written by
	Allow   []string
}

const nativePrefix = "native:"

// disclosure refuses a mapping by which something could reach the ledger that the policy forbids. No data is looked at:
// a pair that copies a field, and a condition that looks at one, would tell it sooner or later.
func (l *loader) disclosure(m *Mapping) error {
	p := l.options.Policy
	switch p.Readers {
	case "":
		return nil
	case Public, Permissioned:
	default:
		return fmt.Errorf("policy %q: must be %q or %q", p.Readers, Public, Permissioned)
	}
	if p.Readers == Public && len(p.Allow) > 0 {
		return fmt.Errorf("policy %q: must allow nothing beside the fields of a record", p.Readers)
	}
	if m.lays.readOnly {
		return nil
	}
	var refused source.Refusals
	for _, place := range m.lays.compiled.Places() {
		if at, ok := p.forbids(m, place); ok {
			refused = append(refused, &source.Refusal{File: l.file, Line: place.Line, At: "shape", Rule: fmt.Sprintf(
				"%s could reach the ledger at %s, which its policy (%s) forbids; a mapping with \"direction: read\" writes nothing",
				at, nativeOr(place.Native), p.Readers)})
		}
	}
	return refused.Err()
}

func nativeOr(native string) string {
	if native == "" {
		return "what a case writes"
	}
	return "native " + native
}

// forbids gives what of a place must not reach the ledger. A constant says the same in every body, and the file shows it.
func (p Policy) forbids(m *Mapping, place shape.Place) (string, bool) {
	at := starred(place.Model)
	switch {
	case place.Beside:
		return "what stands in native " + place.Native, !p.allows(nativePrefix + place.Native)
	case m.kind == kindRecord || !place.Tells():
		return "", false
	case place.Both && at == "": // all of it, and so the document too
		at = subjectPath
	case at != subjectPath && !strings.HasPrefix(at, subjectPath+"/"):
		return "", false
	}
	return "model " + at, !p.allows(at) && (!place.Counts || !p.allowsBelow(at))
}

// allowsBelow: who may have a value may know that what it stands in is there.
func (p Policy) allowsBelow(at string) bool {
	return slices.ContainsFunc(p.Allow, func(a string) bool { return strings.HasPrefix(a, at+"/") })
}

// subjectPath is where in the model a document stands that the ledger holds.
const subjectPath = shape.Subject

func (p Policy) allows(at string) bool {
	for _, a := range p.Allow {
		if at == a || strings.HasPrefix(at, a+"/") {
			return true
		}
	}
	return false
}

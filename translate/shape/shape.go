package shape

import (
	"fmt"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate/format"
)

// Shape is pairs between the model and a ledger's own shape. It is immutable and safe for concurrent use.
type Shape struct {
	pairs  []*pair
	model  *Node
	places []Place // of every pair, parts written out
	lacks  [][]string
	key    *keyPlace // nil: no body says its key
	loose  bool
	whole  bool                     // nothing may be lacking or stand beside
	spells map[string]format.Format // of what is copied, by model path
}

// Place is where a pair stands on both sides, lists as "*".
type Place struct {
	Model  string
	Native string
	Line   int
	Both   bool  // it stands on both sides: an empty Model or Native is all of it
	Copies bool  // a value goes from one side to the other; else it is a constant, or stands on one side only
	Tests  bool  // only looked at, to choose a case
	Counts bool  // whether something is there, or how often, goes from one side to the other
	Beside bool  // the model lacks it
	Codes  []any // all that is written here, where that is a closed list: a constant, the codes of a table or an enum
	whole  bool  // all below is taken
}

// Content is what a body says: its value in the model, and what stands beside it.
type Content struct {
	Value  any
	Beside map[string]any // native values that the model lacks, by their native pointer
}

// Read gives what a native value says in the model. The error is a Faults.
func (s *Shape) Read(native any) (Content, error) {
	r := &run{to: ofModel, beside: map[string]any{}, left: wholeBudget}
	rest := s.run(r, native)
	if !s.loose {
		rest(func(at path, v any) {
			r.add(Fault{Native: at.String(), Value: v, Rule: "must have a pair in the mapping, or the mapping ignores what it does not name (unmapped: ignore)"})
		})
	}
	if at, ok := s.model.tooMany(r.out, nil); ok {
		place, _ := s.At(at.String())
		r.add(Fault{Model: at.String(), Native: place.Native, Line: place.Line, Rule: "must have no more items than the model allows"})
	}
	return Content{r.out, r.beside}, r.err()
}

// Write gives the native value of what is said, and the model paths of what the shape has no place for, as the mapping
// says. What it does not say is an error: nothing is lost in silence. The error is a Faults.
func (s *Shape) Write(of Content) (native any, dropped []string, err error) {
	r := &run{to: ofNative, beside: of.Beside, left: wholeBudget}
	s.run(r, of.Value)(func(at path, v any) {
		s.lost(at, v, func(lost path, v any, declared bool) {
			if declared {
				dropped = append(dropped, lost.String())
				return
			}
			r.add(Fault{Model: lost.String(), Value: v, Rule: "must have a place in the ledger's shape: no pair of the mapping takes it"})
		})
	})
	return r.out, dropped, r.err()
}

// run runs all pairs, and gives a walk over what none of them read.
func (s *Shape) run(r *run, from any) func(func(path, any)) {
	read := &seen{}
	r.pairs(s.pairs, place{value: from, seen: read})
	switch at, missing := gap(r.out, nil); {
	case r.spent():
		r.add(Fault{Rule: "must be smaller: it takes more than a mapping may spend"})
	case r.out == nil:
		r.add(Fault{Rule: "must hold something that a pair gives a place on the other side"})
	case missing:
		f := Fault{Rule: "must be a value: a null, or a gap in a list, is none"}
		if f.Model = at.String(); r.to == ofNative {
			f.Model, f.Native = "", f.Model
		}
		r.add(f)
	}
	return func(found func(path, any)) { read.rest(from, nil, found) }
}

func (r *run) add(f Fault) {
	if len(r.faults) < schemas.MaxFaults {
		r.faults = append(r.faults, f)
	}
}

func (r *run) err() error {
	if len(r.faults) == 0 {
		return nil
	}
	return r.faults
}

// lost takes apart what nobody read, as far as some of it was said to be lacking.
func (s *Shape) lost(at path, v any, found func(lost path, v any, declared bool)) {
	if s.Lacks(at.String()) {
		found(at, v, true)
		return
	}
	if !s.lacksBelow(at) {
		found(at, v, false)
		return
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range sorted(v) {
			s.lost(at.join(name), v[name], found)
		}
	case []any:
		for i, item := range v {
			s.lost(at.join(i), item, found)
		}
	default:
		found(at, v, false)
	}
}

// Lacks reports whether the mapping says that the shape has no place for a model pointer, or for what it stands in.
func (s *Shape) Lacks(pointer string) bool {
	tokens := split(pointer)
	for _, l := range s.lacks {
		if len(l) <= len(tokens) && matches(l, tokens[:len(l)]) {
			return true
		}
	}
	return false
}

// Lacking lists the model paths that the shape has no place for, lists as "*".
func (s *Shape) Lacking() []string {
	all := make([]string, len(s.lacks))
	for i, l := range s.lacks {
		all[i] = "/" + strings.Join(l, "/")
	}
	return all
}

func (s *Shape) lacksBelow(at path) bool {
	tokens := split(at.String())
	for _, l := range s.lacks {
		if len(l) > len(tokens) && matches(l[:len(tokens)], tokens) {
			return true
		}
	}
	return false
}

// Places gives every place that the shape speaks of, in the order of the file.
func (s *Shape) Places() []Place { return s.places }

// Spelling gives the format of the first pair that copies a value of the model, lists as "*".
func (s *Shape) Spelling(model string) (format.Format, bool) {
	f, ok := s.spells[model]
	return f, ok
}

// Model gives the model that the shape is about.
func (s *Shape) Model() *Node { return s.model }

// At finds the pair that is about a model pointer, or about the nearest place that it stands in.
func (s *Shape) At(pointer string) (Place, bool) {
	tokens := split(pointer)
	best, longest := Place{}, -1
	for _, p := range s.places {
		at := split(p.Model)
		if p.Model != "" && len(at) > longest && len(at) <= len(tokens) && matches(at, tokens[:len(at)]) {
			best, longest = p, len(at)
		}
	}
	return best, longest >= 0
}

// Tells reports whether what stands in the model can be told from what is written.
func (p Place) Tells() bool { return p.Copies || p.Tests || p.Counts }

// Gives reports whether the pair gives a value of the model, or a whole part of it.
func (p Place) Gives() bool { return p.whole && !p.Tests && !p.Beside && (p.Both || p.Model != "") }

// Writes reports whether the pair writes a native value, and not only leads to where others do.
func (p Place) Writes() bool { return p.whole && !p.Tests && (p.Both || p.Beside || p.Codes != nil) }

// String names both sides.
func (p Place) String() string {
	return fmt.Sprintf("model %s, native %s", named(p.Model), named(p.Native))
}

func split(pointer string) []string {
	if pointer == "" {
		return nil
	}
	return strings.Split(pointer[1:], "/")
}

// matches compares tokens; "*" is any index.
func matches(pattern, tokens []string) bool {
	for i, t := range tokens {
		if pattern[i] != t && (pattern[i] != "*" || !indexOrStar(t)) {
			return false
		}
	}
	return true
}

func indexOrStar(t string) bool {
	return t == "*" || t != "" && strings.Trim(t, "0123456789") == ""
}

package shape

import (
	"fmt"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate/source"
)

// complete refuses a shape that could never give what the model requires, and names all that is missing.
func (s *Shape) complete(v source.Value) error {
	covered := map[string]bool{} // true where all below is, too
	for _, p := range s.places {
		if p.Both && p.Copies && p.Model == "" {
			return nil
		}
		if p.Model == "" || p.Tests {
			continue
		}
		at := strings.TrimPrefix(p.Model, "/")
		for end := strings.IndexByte(at, '/'); end >= 0; end = next(at, end) {
			mark(covered, "/"+at[:end], false)
		}
		mark(covered, p.Model, p.whole)
	}
	var refused source.Refusals
	for _, at := range s.missing(s.model, "", covered) {
		rule := fmt.Sprintf("no pair gives %s, which the model requires%s", at, s.within(at))
		if !s.whole {
			rule += "; where the ledger's shape has no place for it, name it under lacks"
		}
		refused = append(refused, v.Refuse("%s", rule))
	}
	return refused.Err()
}

// within tells what is required in a place that is required.
func (s *Shape) within(at string) string {
	n := s.model
	for _, token := range split(at) {
		n = n.below(token)
	}
	var all []string
	for _, need := range n.Needs(at) {
		if need.Path != at && !s.Lacks(need.Path) {
			all = append(all, need.Path)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return ", with " + strings.Join(all, ", ")
}

func next(s string, after int) int {
	if i := strings.IndexByte(s[after+1:], '/'); i >= 0 {
		return after + 1 + i
	}
	return -1
}

// mark counts a fixed index for the items of its list as well.
func mark(covered map[string]bool, at string, whole bool) {
	covered[at] = covered[at] || whole
	tokens := split(at)
	for i, t := range tokens {
		if indexOrStar(t) {
			tokens[i] = "*"
		}
	}
	star := "/" + strings.Join(tokens, "/")
	covered[star] = covered[star] || whole
}

// missing lists what the model requires of what is given, and no pair gives.
func (s *Shape) missing(n *Node, at string, covered map[string]bool) []string {
	if covered[at] {
		return nil
	}
	var all []string
	for _, name := range n.required {
		below := schemas.Pointer(at, name)
		if _, ok := covered[below]; !ok && !s.Lacks(below) {
			all = append(all, below)
		}
	}
	for _, name := range n.names() {
		below := schemas.Pointer(at, name)
		if _, ok := covered[below]; ok {
			all = append(all, s.missing(n.members[name], below, covered)...)
		}
	}
	if n.items != nil {
		all = append(all, s.missing(n.items, at+"/*", covered)...)
	}
	return all
}

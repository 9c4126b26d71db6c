package protocol

import (
	"fmt"
	"net/url"
	"sort"
	"strings"

	"github.com/ftagateway/ftagateway/ld"
)

// shape is a closed check of one object: what was not asked for is a fault at the end.
type shape struct {
	at     string // JSON pointer of the object
	obj    ld.Object
	seen   map[string]bool
	faults *Faults
}

func newShape(at string, obj ld.Object, faults *Faults) *shape {
	return &shape{at, obj, map[string]bool{}, faults}
}

// closed reports every member that no check named.
func (s *shape) closed() {
	var extra []string
	for name := range s.obj {
		if !s.seen[name] {
			extra = append(extra, name)
		}
	}
	sort.Strings(extra)
	for _, name := range extra {
		s.fault(name, s.obj[name], "is no property of this type")
	}
}

func (s *shape) fault(name string, value any, rule string) {
	s.faults.add(s.at+"/"+escapePointer(name), value, rule)
}

func (s *shape) member(name string) (any, bool) {
	s.seen[name] = true
	v, ok := s.obj[name]
	return v, ok
}

func (s *shape) is(name, want string) {
	if v, _ := s.member(name); v != want {
		s.fault(name, v, "must be "+want)
	}
}

func (s *shape) text(name string) string {
	v, _ := s.member(name)
	text, ok := v.(string)
	if !ok || text == "" {
		s.fault(name, v, "must be a string that is not empty")
	}
	return text
}

// uri takes an absolute IRI of bounded length. A relative one would be resolved or dropped on the way to a hash.
func (s *shape) uri(name string) string {
	v, _ := s.member(name)
	text, _ := v.(string)
	if !IsURI(text) {
		s.fault(name, v, fmt.Sprintf("must be an absolute URL or URN of at most %d bytes", MaxID))
		return ""
	}
	return text
}

func (s *shape) optionalURI(name string) string {
	if _, ok := s.member(name); !ok {
		return ""
	}
	return s.uri(name)
}

// maxCount keeps counts where a float64 is exact.
const maxCount = 1<<53 - 1

func (s *shape) count(name string) uint64 {
	v, _ := s.member(name)
	n, ok := v.(float64)
	if !ok || n < 0 || n > maxCount || n != float64(uint64(n)) {
		s.fault(name, v, "must be a whole number from 0 to 2^53-1")
		return 0
	}
	return uint64(n)
}

func (s *shape) object(name string) ld.Object {
	v, _ := s.member(name)
	obj, ok := v.(map[string]any)
	if !ok {
		s.fault(name, v, "must be an object")
	}
	return obj
}

func (s *shape) list(name string, least, most int) []any {
	v, _ := s.member(name)
	all, ok := v.([]any)
	if !ok || len(all) < least || len(all) > most {
		s.fault(name, v, fmt.Sprintf("must be an array of %d to %d values", least, most))
		return nil
	}
	return all
}

// IsURI reports whether text is an absolute URL or URN, as ids are in this protocol, of at most MaxID bytes and
// without white space, controls, quotes or brackets, which N-Quads could not carry.
func IsURI(text string) bool {
	if len(text) > MaxID || strings.ContainsFunc(text, notInIRI) {
		return false
	}
	u, err := url.Parse(text)
	return err == nil && u.Scheme != "" && (u.Opaque != "" || u.Host != "" || u.Path != "")
}

func notInIRI(r rune) bool {
	return r <= ' ' || r == 0x7f || strings.ContainsRune("<>\"{}|\\^`", r)
}

func escapePointer(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

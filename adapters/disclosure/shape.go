package disclosure

import (
	"fmt"
	"strconv"
	"strings"
)

// Shape lists the places of a ledger's bodies that carry something.
type Shape []Place

// Place is one of them. The zero Place says that the body is the record itself.
type Place struct {
	Native string // JSON pointer (RFC 6901), "*" for the items of a list
	// Model is the field that it carries, with all below: of a record ("/digest", "/links/*/id"), or of its document
	// ("/subject/entryNumber"). "" is the whole record; or nothing, where Codes says what is written, or Beside is set.
	Model  string
	Codes  []any // all that is ever written there, as decoded JSON; nil where that is no closed list
	Beside bool  // what stands there is no field of the model
}

// node is a step into a body: what the shape says about it and about what stands below.
type node struct {
	places  []Place
	members map[string]*node
	items   *node // of "*"
}

func (s Shape) tree() (*node, error) {
	top := &node{}
	for _, p := range s {
		if p.Native != "" && p.Native[0] != '/' || p.Model != "" && p.Model[0] != '/' {
			return nil, fmt.Errorf("place %q with %q: both must be JSON pointers", p.Native, p.Model)
		}
		at := top.descend(p.Native)
		at.places = append(at.places, p)
	}
	return top, nil
}

var unescape = strings.NewReplacer("~1", "/", "~0", "~")

// descend gives the node at a pointer, and makes what leads to it.
func (n *node) descend(pointer string) *node {
	if pointer == "" {
		return n
	}
	token, rest, more := strings.Cut(pointer[1:], "/")
	next := n.step(unescape.Replace(token))
	if more {
		return next.descend("/" + rest)
	}
	return next
}

func (n *node) step(token string) *node {
	if token == "*" {
		if n.items == nil {
			n.items = &node{}
		}
		return n.items
	}
	if n.members == nil {
		n.members = map[string]*node{}
	}
	if n.members[token] == nil {
		n.members[token] = &node{}
	}
	return n.members[token]
}

func (n *node) leads() bool { return n.items != nil || len(n.members) > 0 }

// spot is where an inspection stands in a body: every way in which the shape speaks of that place.
type spot struct {
	nodes  []*node
	claims []Place // the field of each is that of this very place
}

func (n *node) spot() spot { return spot{[]*node{n}, n.places} }

func (s spot) unknown() bool { return len(s.claims) == 0 && !s.leads() }

func (s spot) leads() bool {
	for _, n := range s.nodes {
		if n.leads() {
			return true
		}
	}
	return false
}

func (s spot) member(name string) spot {
	below := s.below(name)
	for _, n := range s.nodes {
		below.enter(n.members[name])
	}
	return below
}

func (s spot) item(i int) spot {
	below := s.below("*")
	for _, n := range s.nodes {
		below.enter(n.members[strconv.Itoa(i)])
		below.enter(n.items)
	}
	return below
}

func (s *spot) enter(n *node) {
	if n != nil {
		s.nodes, s.claims = append(s.nodes, n), append(s.claims, n.places...)
	}
}

// below carries on the claims that hold for all below their place.
func (s spot) below(token string) spot {
	var b spot
	for _, c := range s.claims {
		switch {
		case c.Codes != nil:
			continue
		case !c.Beside:
			c.Model += "/" + escape.Replace(token)
		}
		if c.Beside || isField(c.Model) {
			b.claims = append(b.claims, c)
		}
	}
	return b
}

var escape = strings.NewReplacer("~", "~0", "/", "~1")

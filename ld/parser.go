package ld

import (
	"fmt"

	"github.com/ftagateway/ftagateway/schemas"
)

// parser reads a text once, from left to right. Its methods answer false when there is no use in going on.
//
// It is our own because encoding/json replaces what it should refuse: it takes the last of two members of one name, and
// writes U+FFFD for half a surrogate pair.
type parser struct {
	text    string
	at      int
	limits  Limits
	members int
	path    []step
	faults  schemas.Faults
}

// step is one token of the pointer to the value being read.
type step struct {
	kind  stepKind
	name  string
	index int
}

type stepKind byte

const (
	between stepKind = iota // in an object or array, at none of its values
	atMember
	atItem
)

func (p *parser) document() Object {
	p.space()
	if p.peek() != '{' {
		p.syntax("must be a JSON object")
		return nil
	}
	doc, ok := p.object()
	if !ok {
		return nil
	}
	p.space()
	if p.at < len(p.text) {
		p.syntax("must end with its object")
	}
	return doc
}

func (p *parser) value() (any, bool) {
	switch c := p.peek(); {
	case c == '{':
		return p.object()
	case c == '[':
		return p.array()
	case c == '"':
		return p.string()
	case c == '-' || '0' <= c && c <= '9':
		return p.number()
	}
	return p.literal()
}

func (p *parser) object() (Object, bool) {
	if !p.enter() {
		return nil, false
	}
	obj := Object{}
	for more := p.open('}'); more; more = p.more('}') {
		if !p.member(obj) {
			return nil, false
		}
	}
	return obj, p.leave('}')
}

// member reads one member into obj. The later one of two with the same name is a fault, and is read all the same.
func (p *parser) member(obj Object) bool {
	p.top().kind = between
	if p.peek() != '"' {
		return p.syntax("must be a member's name in quotes")
	}
	name, ok := p.string()
	if !ok {
		return false
	}
	p.space()
	if !p.take(':') {
		return p.syntax("must be a colon after a member's name")
	}
	*p.top() = step{kind: atMember, name: name}
	if _, twice := obj[name]; twice {
		p.fault(name, "must be the only member of its name", rfc7493+" §2.3")
	}
	obj[name], ok = p.counted()
	return ok
}

func (p *parser) array() ([]any, bool) {
	if !p.enter() {
		return nil, false
	}
	items := []any{}
	for more := p.open(']'); more; more = p.more(']') {
		*p.top() = step{kind: atItem, index: len(items)}
		item, ok := p.counted()
		if !ok {
			return nil, false
		}
		items = append(items, item)
	}
	return items, p.leave(']')
}

// counted reads a member's or an item's value, and counts it.
func (p *parser) counted() (any, bool) {
	p.members++
	if p.members > p.limits.Members {
		p.faults.Add("", fmt.Sprintf("more than %d", p.limits.Members), "must have no more members and items", "")
		return nil, false
	}
	p.space()
	return p.value()
}

// enter goes one level down, into the object or array whose bracket comes next.
func (p *parser) enter() bool {
	if len(p.path) == p.limits.Depth {
		p.fault(nil, fmt.Sprintf("must be at most %d levels deep", p.limits.Depth), "")
		return false
	}
	p.at++
	p.path = append(p.path, step{})
	return true
}

// open reports whether something stands between the bracket just read and its closing one.
func (p *parser) open(closing byte) bool {
	p.space()
	return p.peek() != closing
}

// more reports whether a comma comes next, and moves behind it.
func (p *parser) more(closing byte) bool {
	p.space()
	if p.peek() == closing || !p.take(',') {
		return false
	}
	p.space()
	return true
}

// leave takes the closing bracket, or finds that something else is there.
func (p *parser) leave(closing byte) bool {
	p.path = p.path[:len(p.path)-1]
	if !p.take(closing) {
		return p.syntax(fmt.Sprintf("must go on with a comma or %q", closing))
	}
	return true
}

func (p *parser) top() *step { return &p.path[len(p.path)-1] }

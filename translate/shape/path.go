package shape

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate/source"
)

// path leads from one place to one below it: member names (string) and fixed indexes (int). The empty path is the place
// itself. It is written as a JSON pointer (RFC 6901).
type path []any

const (
	maxTokens = 16
	maxToken  = 100
	maxIndex  = 99
)

var (
	indexForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})$`)
	unescape  = strings.NewReplacer("~1", "/", "~0", "~")
)

func parsePath(v source.Value) (path, error) {
	s, err := v.Text()
	if err != nil || s == "" {
		return nil, err
	}
	if s[0] != '/' {
		return nil, v.Refuse("path %.60q must begin with /, or be empty for the place itself", s)
	}
	tokens := strings.Split(s[1:], "/")
	if len(tokens) > maxTokens {
		return nil, v.Refuse("path must have at most %d parts", maxTokens)
	}
	p := make(path, len(tokens))
	for i, t := range tokens {
		switch {
		case t == "" || len(t) > maxToken:
			return nil, v.Refuse("path %.60q must have parts of 1 to %d characters", s, maxToken)
		case t == "*":
			return nil, v.Refuse("path %.60q must not hold *: pair the two lists, and their items by each", s)
		}
		p[i] = tokenOf(t)
	}
	return p, nil
}

// tokenOf is an index, or a member's name.
func tokenOf(t string) any {
	if index, err := strconv.Atoi(t); err == nil && index <= maxIndex && indexForm.MatchString(t) {
		return index
	}
	return unescape.Replace(t)
}

// String gives the JSON pointer.
func (p path) String() string { return schemas.Pointer("", p...) }

// join gives a path further on. It never shares memory with p.
func (p path) join(tokens ...any) path {
	return append(append(make(path, 0, len(p)+len(tokens)), p...), tokens...)
}

// in finds the node at a path below n, or says which part of it cannot exist.
func (p path) in(n *Node) (*Node, error) {
	top := n
	for i, token := range p {
		before := p[:i].String()
		switch t := token.(type) {
		case int:
			if n.items == nil {
				return nil, fmt.Errorf("path %s cannot exist in the model: %q is no list", p, before)
			}
			n = n.items
		case string:
			next, ok := n.members[t]
			if !ok {
				return nil, fmt.Errorf("path %s cannot exist in the model: there is no %q%s", p, t, cmp.Or(source.Hint(t, n.names()), elsewhere(top, t)))
			}
			n = next
		}
	}
	return n, nil
}

// elsewhere names the nearest place of the model whose last part is the one that cannot exist here.
func elsewhere(top *Node, name string) string {
	best := ""
	for _, at := range top.places("") {
		if strings.HasSuffix(at, "/"+name) && !strings.Contains(at, "*") && (best == "" || len(at) < len(best)) {
			best = at
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// find gives the value at a path. A null is nothing.
func (p path) find(v any) (any, bool) {
	for _, token := range p {
		switch t := token.(type) {
		case int:
			items, _ := v.([]any)
			if t >= len(items) {
				return nil, false
			}
			v = items[t]
		case string:
			members, _ := v.(map[string]any)
			v = members[t]
		}
	}
	return v, v != nil
}

// put sets the value at a path and makes what leads to it. It is false where something else stands there or on the way.
func (p path) put(into, value any) (any, bool) {
	if len(p) == 0 {
		return value, into == nil || equal(into, value)
	}
	if index, ok := p[0].(int); ok {
		return p.putItem(into, index, value)
	}
	members, ok := into.(map[string]any)
	if !ok && into != nil {
		return into, false
	}
	if members == nil {
		members = map[string]any{}
	}
	name, _ := p[0].(string)
	member, ok := p[1:].put(members[name], value)
	members[name] = member
	return members, ok
}

func (p path) putItem(into any, index int, value any) (any, bool) {
	items, ok := into.([]any)
	if !ok && into != nil {
		return into, false
	}
	for len(items) <= index {
		items = append(items, nil)
	}
	item, ok := p[1:].put(items[index], value)
	items[index] = item
	return items, ok
}

// Find gives the value at a JSON pointer, nil where there is none.
func Find(v any, pointer string) any {
	for _, token := range split(pointer) {
		switch in := v.(type) {
		case map[string]any:
			v = in[unescape.Replace(token)]
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	return v
}

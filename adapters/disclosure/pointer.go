package disclosure

import "github.com/ftagateway/ftagateway/schemas"

// place leads to a place in a body: member names (string) and indexes (int).
type place []any

// join gives a path further on. It never shares memory with p.
func (p place) join(token any) place { return append(append(make(place, 0, len(p)+1), p...), token) }

// withheld stands in a pointer for a name that tells something.
const withheld = "(withheld)"

// pointer writes a place, but for names that are secrets themselves.
func (x *inspection) pointer(p place) string {
	shown := make([]any, len(p))
	for i, token := range p {
		shown[i] = token
		if name, ok := token.(string); ok && (len(name) > maxName || x.what(name) != "") {
			shown[i] = withheld
		}
	}
	return schemas.Pointer("", shown...)
}

// maxName is the length of a member's name that is shown.
const maxName = 100

// refuse notes a fault, and what the value looks like, but never the value.
func (x *inspection) refuse(at place, v any, rule string) {
	if what := x.whatIn(v); what != "" {
		rule += "; here stands " + what
	}
	x.faults.Add(x.pointer(at), nil, rule, source)
}

// maxLooks bounds how many values of a refused part are looked at.
const maxLooks = 200

// whatIn says what the first telling value in a part is, its names included; "" if none is.
func (x *inspection) whatIn(v any) string {
	looks := maxLooks
	return x.whatBelow(v, &looks)
}

func (x *inspection) whatBelow(v any, looks *int) string {
	if *looks--; *looks < 0 {
		return ""
	}
	switch v := v.(type) {
	case map[string]any:
		return x.whatOf(v, looks)
	case []any:
		for _, item := range v {
			if what := x.whatBelow(item, looks); what != "" {
				return what
			}
		}
	default:
		return x.what(textOf(v))
	}
	return ""
}

func (x *inspection) whatOf(members map[string]any, looks *int) string {
	for _, name := range sorted(members) {
		if what := x.what(name); what != "" {
			return what
		}
		if what := x.whatBelow(members[name], looks); what != "" {
			return what
		}
	}
	return ""
}

package shape

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

// Need is a place of the model that must be given, and what may stand there, in words.
type Need struct{ Path, Takes string }

// Needs lists what must be given at and below a place: its required values, lists as "*". Where one of several members is
// required, or any at all, it is the place itself.
func (n *Node) Needs(at string) []Need {
	var all []Need
	for _, name := range n.required {
		all = append(all, n.members[name].Needs(schemas.Pointer(at, name))...)
	}
	if n.items != nil && len(n.items.required) > 0 {
		all = n.items.Needs(at + "/*")
	}
	if len(all) == 0 {
		return []Need{{at, n.takes()}}
	}
	return all
}

// Required lists what must be given of a type: of a record, or of the document that a ledger holds.
func Required(gives string) []Need {
	if gives == TypeRecord {
		return Record().Needs("")
	}
	return Statement(gives).members["subject"].Needs(Subject)
}

// Subject is where in a Statement the document stands that the ledger holds.
const Subject = "/subject"

// below gives the node of a token of a pointer, which must exist there.
func (n *Node) below(token string) *Node {
	if indexOrStar(token) && n.items != nil {
		return n.items
	}
	return n.members[unescape.Replace(token)]
}

// maxCodesTold bounds the codes that are named one by one.
const maxCodesTold = 12

func (n *Node) takes() string {
	switch {
	case len(n.codes) == 1:
		return n.codes[0]
	case len(n.codes) > 1 && len(n.codes) <= maxCodesTold:
		return "one of " + strings.Join(n.codes, ", ")
	case len(n.codes) > 0:
		return fmt.Sprintf("one of %d codes", len(n.codes))
	case n.items != nil:
		return "a list"
	case n.members != nil:
		return "with " + strings.Join(n.names(), " or ")
	case n.Form != "":
		return n.Form
	}
	return kindName(n.Type)
}

// kindName says in words what a leaf is.
func kindName(leafType string) string {
	switch leafType {
	case "string":
		return "text"
	case "integer":
		return "a whole number"
	case "boolean":
		return "true or false"
	}
	return "an object or a list"
}

func codesOf(s *schema) []string {
	all := slices.Clone(s.Enum)
	if s.Const != nil {
		all = append(all, s.Const)
	}
	codes := make([]string, len(all))
	for i, code := range all {
		codes[i] = fmt.Sprint(code)
	}
	return codes
}

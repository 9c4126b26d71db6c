package ld

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ftagateway/ftagateway/ld/internal/rdfc"
	"github.com/ftagateway/ftagateway/schemas"
)

// statements turns expanded JSON-LD into RDF (JSON-LD 1.1 API §8). json-gold could do it, but drops what it cannot
// write: a relative type, an IRI that it thinks odd, the whole content of a JSON literal that is not an object.
type statements struct {
	source Object // the document, to find faults in
	quads  []rdfc.Quad
	issued int
}

// The vocabulary of RDF itself.
const (
	rdf      = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	rdfType  = rdf + "type"
	rdfFirst = rdf + "first"
	rdfRest  = rdf + "rest"
	rdfNil   = rdf + "nil"
	rdfJSON  = rdf + "JSON"
)

// document takes the one node that a document is. An empty one expands to none.
func (s *statements) document(expanded any) error {
	node, ok := expanded.(map[string]any)
	if !ok {
		return nil
	}
	_, err := s.node(node, rdfc.Term{})
	return err
}

// node adds what a node object says, and answers the node.
func (s *statements) node(node map[string]any, graph rdfc.Term) (rdfc.Term, error) {
	subject, err := s.name(node)
	if err != nil {
		return subject, err
	}
	for _, property := range sortedNames(node) {
		if err := s.property(subject, property, node[property], graph); err != nil {
			return subject, err
		}
	}
	return subject, nil
}

// name answers the node that an object is about: the one of its @id, or a new blank one.
func (s *statements) name(node map[string]any) (rdfc.Term, error) {
	id, ok := node["@id"]
	if !ok {
		return s.blank(), nil
	}
	text, _ := id.(string)
	return s.resource(text)
}

// blank answers a new blank node. Its label cannot be that of one that the document names.
func (s *statements) blank() rdfc.Term {
	s.issued++
	return rdfc.Term{Kind: rdfc.Blank, Value: "new" + strconv.Itoa(s.issued)}
}

func (s *statements) resource(text string) (rdfc.Term, error) {
	if label, ok := strings.CutPrefix(text, "_:"); ok {
		return rdfc.Term{Kind: rdfc.Blank, Value: "own" + label}, nil
	}
	return s.iri(text)
}

func (s *statements) property(subject rdfc.Term, name string, value any, graph rdfc.Term) error {
	switch name {
	case "@id":
		return nil
	case "@graph":
		return s.graph(subject, value)
	case "@type":
		name = rdfType
	}
	if strings.HasPrefix(name, "@") {
		return fmt.Errorf("%w: keyword %.40q", ErrUnsupported, name)
	}
	predicate, err := s.iri(name)
	if err != nil {
		return err
	}
	for _, item := range list(value) {
		object, err := s.object(item, graph)
		if err != nil {
			return err
		}
		if err := s.add(rdfc.Quad{Subject: subject, Predicate: predicate, Object: object, Graph: graph}); err != nil {
			return err
		}
	}
	return nil
}

// graph adds the nodes of a graph under its name. A node that says nothing there would vanish.
func (s *statements) graph(name rdfc.Term, value any) error {
	for _, item := range list(value) {
		node, ok := item.(map[string]any)
		if !ok || says(node) == 0 {
			return s.fault(node["@id"], "must say something in the graph that it stands in")
		}
		if _, err := s.node(node, name); err != nil {
			return err
		}
	}
	return nil
}

// says counts the members of a node object beside its name.
func says(node map[string]any) int {
	if _, named := node["@id"]; named {
		return len(node) - 1
	}
	return len(node)
}

// object adds what a value says, and answers the term that stands for it.
func (s *statements) object(item any, graph rdfc.Term) (rdfc.Term, error) {
	switch v := item.(type) {
	case string: // of @type
		return s.resource(v)
	case map[string]any:
		if items, ok := v["@list"]; ok {
			return s.list(list(items), graph)
		}
		if _, ok := v["@value"]; ok {
			return s.literal(v)
		}
		return s.node(v, graph)
	}
	return rdfc.Term{}, fmt.Errorf("%w: value %T", ErrUnsupported, item)
}

// list adds a chain of cells, and answers its head.
func (s *statements) list(items []any, graph rdfc.Term) (rdfc.Term, error) {
	rest := rdfc.Term{Kind: rdfc.IRI, Value: rdfNil}
	for _, item := range slices.Backward(items) {
		object, err := s.object(item, graph)
		if err != nil {
			return rest, err
		}
		cell := s.blank()
		err = s.add(
			rdfc.Quad{Subject: cell, Predicate: rdfc.Term{Kind: rdfc.IRI, Value: rdfFirst}, Object: object, Graph: graph},
			rdfc.Quad{Subject: cell, Predicate: rdfc.Term{Kind: rdfc.IRI, Value: rdfRest}, Object: rest, Graph: graph})
		if err != nil {
			return rest, err
		}
		rest = cell
	}
	return rest, nil
}

func (s *statements) add(quads ...rdfc.Quad) error {
	if len(s.quads)+len(quads) > rdfc.MaxQuads {
		return fmt.Errorf("%w: more than %d statements", ErrUnsupported, rdfc.MaxQuads)
	}
	s.quads = append(s.quads, quads...)
	return nil
}

// fault is a rule that a value breaks, at the first place of the document where that value stands.
func (s *statements) fault(value any, rule string) error {
	return only(find("", s.source, value), value, rule, jsonld11)
}

// find answers the pointer of the first string or number equal to value, and "" if there is none: expansion may have changed it.
func find(at string, v, value any) string {
	switch v := v.(type) {
	case Object:
		for _, name := range sortedNames(v) {
			if found := find(schemas.Pointer(at, name), v[name], value); found != "" {
				return found
			}
		}
	case []any:
		for i, item := range v {
			if found := find(schemas.Pointer(at, i), item, value); found != "" {
				return found
			}
		}
	case string, float64:
		if v == value {
			return at
		}
	}
	return ""
}

func list(v any) []any {
	if items, ok := v.([]any); ok {
		return items
	}
	return []any{v}
}

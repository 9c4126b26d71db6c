// Package rdfc canonicalises RDF datasets by RDFC-1.0 (https://www.w3.org/TR/rdf-canon/), also known as URDNA2015, with
// SHA-256.
//
// It is our own because of where it is used: on other people's documents, and inside consensus. The algorithm can take
// longer than the universe on a hostile dataset, so its work must be bounded; and the bound must be a count, since nodes
// that stop at different moments would disagree. The libraries at hand bound it by time or not at all.
package rdfc

import "errors"

// ErrLimit is the error for a dataset that would take more work than Canonicalize does.
var ErrLimit = errors.New("canonicalisation would take too much work")

// Kind says what a Term is.
type Kind byte

// The kinds of term. The zero Term is the default graph.
const (
	None Kind = iota
	IRI
	Blank
	Literal
)

// The datatypes that N-Quads writes in a way of their own.
const (
	XSDString     = "http://www.w3.org/2001/XMLSchema#string"
	RDFLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
)

// Term is an IRI, a blank node or a literal.
type Term struct {
	Kind     Kind
	Value    string // an IRI, a blank node's label without "_:", a literal's text
	Datatype string // of a literal
	Language string // of a literal whose Datatype is RDFLangString
}

// Quad is one statement. Quads are comparable: a dataset holds each once.
type Quad struct{ Subject, Predicate, Object, Graph Term }

// nodes answers the three places where a blank node can stand, in the order and under the letters of the algorithm.
func (q *Quad) nodes() [3]*Term { return [3]*Term{&q.Subject, &q.Object, &q.Graph} }

var positions = [3]string{"s", "o", "g"}

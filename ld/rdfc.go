package ld

import (
	"errors"
	"fmt"
	"maps"

	jsonld "github.com/piprate/json-gold/ld"

	"github.com/ftagateway/ftagateway/ld/internal/rdfc"
)

// The errors of RDFC that say nothing about the document, only that it cannot be canonicalised here. All others are
// schemas.Faults: it is not JSON-LD under its contexts.
var (
	// ErrUnknownContext is the error for a context that is not embedded, or not named by its URL.
	ErrUnknownContext = errors.New("context is not among the embedded ones")
	// ErrUnsupported is the error for JSON-LD that no document of ours uses: keywords, directions, huge graphs.
	ErrUnsupported = errors.New("JSON-LD is not supported here")
)

// RDFC writes a document as the canonical N-Quads (RDFC-1.0, also called URDNA2015) of the RDF that it stands for.
//
// It answers what jsonld.js answers in its safe mode, byte for byte, or refuses: a member that no context defines, a
// relative IRI, a null, all of which would be dropped without a word and so escape a signature; a context that is not
// embedded; a number that RDF would round. doc is not changed.
//
// A null and an empty array are the only ways to say nothing in JSON-LD: the first is refused, the second is not, and
// whoever reads a document must not tell it from a missing member. Nor does a signature over RDF say which of two
// spellings of a name was used, a term or its whole IRI: read signed documents through a closed schema.
func RDFC(doc Object) ([]byte, error) {
	urls, err := inspect(doc)
	if err != nil {
		return nil, err
	}
	expanded, err := expand(doc, urls)
	if err != nil {
		return nil, err
	}
	s := statements{source: doc}
	if err := s.document(expanded); err != nil {
		return nil, err
	}
	if len(s.quads) == 0 {
		return nil, only("", nil, "must say something under its contexts", jsonld11)
	}
	out, err := rdfc.Canonicalize(s.quads)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	return out, nil
}

// expand is JSON-LD expansion, with the document's own contexts taken from the cache.
func expand(doc Object, urls []string) (expanded any, err error) {
	defer func() { // json-gold panics on some malformed JSON-LD; inspect lets none through that is known
		if p := recover(); p != nil {
			expanded, err = nil, only("", nil, fmt.Sprintf("must be JSON-LD: %v", p), jsonld11)
		}
	}()
	c, err := activeContext(urls)
	if err != nil {
		return nil, classify(err)
	}
	body := maps.Clone(doc)
	delete(body, "@context")
	expanded, err = jsonld.NewJsonLdApi().Expand(c, "", body, options, false, nil)
	return expanded, classify(err)
}

const jsonld11 = "JSON-LD 1.1"

// classify turns an error of json-gold into one of ours.
func classify(err error) error {
	var syntax *jsonld.JsonLdError
	switch {
	case err == nil || errors.Is(err, ErrUnknownContext):
		return err
	case errors.As(err, &syntax) && syntax.Code == jsonld.InvalidProperty:
		return only("", nil, "must use each term only where its contexts define it", jsonld11)
	}
	return only("", nil, "must be JSON-LD: "+err.Error(), jsonld11)
}

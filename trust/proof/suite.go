package proof

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"slices"

	"github.com/ftagateway/ftagateway/ld"
)

// The contexts that define the terms of a proof.
const (
	contextDataIntegrity = "https://w3id.org/security/data-integrity/v2"
	contextCredentials   = "https://www.w3.org/ns/credentials/v2"
	context2020          = "https://w3id.org/security/suites/ed25519-2020/v1"
)

// message is what is signed: the hash of the proof's options, then the hash of the document without its proof. doc
// and options are not changed.
func message(suite string, doc, options ld.Object) ([]byte, error) {
	bare := maps.Clone(doc)
	delete(bare, "proof")
	canonicalize := rdfc
	if suite == JCS2022 {
		canonicalize = jcs
	} else {
		options = underContext(suite, bare, options)
	}
	signed, err := canonicalize(options)
	if err != nil {
		return nil, canonicalization(err)
	}
	content, err := canonicalize(bare)
	if err != nil {
		return nil, canonicalization(err)
	}
	first, second := sha256.Sum256(signed), sha256.Sum256(content)
	return append(first[:], second[:]...), nil
}

func rdfc(o ld.Object) ([]byte, error) { return ld.RDFC(o) }
func jcs(o ld.Object) ([]byte, error)  { return ld.JCS(o) }

// underContext gives a proof's options the contexts that they are read under: their own, or the document's. Where those
// do not define the terms of a Data Integrity proof, their context is added, as the libraries do.
func underContext(suite string, doc, options ld.Object) ld.Object {
	options = maps.Clone(options)
	if _, own := options["@context"]; !own && doc["@context"] != nil {
		options["@context"] = doc["@context"]
	}
	urls := contexts(options)
	if suite != RDFC2022 || slices.Contains(urls, contextDataIntegrity) || slices.Contains(urls, contextCredentials) {
		return options
	}
	options["@context"] = append(slices.Clone(urls), any(contextDataIntegrity))
	return options
}

// contexts answers the list of an object's contexts.
func contexts(o ld.Object) []any {
	switch v := o["@context"].(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// sameContext reports whether a proof that brings its own contexts brings those of the document. The standard lets a
// document have more of them than its signer saw; what those add is not signed, so we do not.
func sameContext(doc, options ld.Object) bool {
	own, has := options["@context"]
	if !has {
		return true
	}
	a, errA := ld.JCS(own)
	b, errB := ld.JCS(doc["@context"])
	return errA == nil && errB == nil && bytes.Equal(a, b)
}

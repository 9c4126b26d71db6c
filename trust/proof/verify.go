package proof

import (
	"crypto/ed25519"
	"fmt"
	"slices"

	"github.com/ftagateway/ftagateway/ld"
)

// Verify checks that a document carries exactly one proof, that it was made for the purpose, and that it is right. doc
// is decoded JSON, and is not changed. Errors are ErrInvalid or ErrUnsupported.
//
// Who signed is for the caller to compare with the document's issuer. A proof of the two suites that sign RDF covers
// what the document means, and not how it is spelled: it must be read through a closed schema (see ld.RDFC).
func Verify(doc ld.Object, purpose string) (*Signature, error) {
	p, err := read(doc, purpose)
	if err != nil {
		return nil, err
	}
	if err := p.checkContext(doc); err != nil {
		return nil, err
	}
	signed, err := message(p.Suite, doc, p.options)
	if err != nil {
		return nil, err
	}
	if !ed25519.Verify(p.public, signed, p.value) {
		return nil, invalid("proofValue", nil, "must be the signature of this document")
	}
	return &p.Signature, nil
}

// checkContext demands contexts that are known, that are those the signer saw, and that define the suite's terms.
func (p *proof) checkContext(doc ld.Object) error {
	if err := ld.KnownContexts(doc); err != nil {
		return canonicalization(err)
	}
	if !sameContext(doc, p.options) {
		return fmt.Errorf("%w: contexts beside those of its proof", ErrUnsupported)
	}
	if p.Suite == Ed25519Signature2020 && !slices.Contains(contexts(doc), any(context2020)) {
		return invalid("type", p.Suite, "must stand under the context "+context2020)
	}
	return nil
}

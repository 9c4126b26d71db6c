package proof

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/multiformats/go-multibase"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/did"
)

// Options say how to sign. The zero value signs an assertion by eddsa-jcs-2022, now.
type Options struct {
	Suite   string    // JCS2022 if empty. Ed25519Signature2020 is for capabilityDelegation only
	Purpose string    // assertionMethod if empty
	Created time.Time // now if zero; cut to whole seconds, in UTC
	Chain   []any     // the capabilityChain, where the purpose is capabilityDelegation
}

// Sign answers a copy of a document with a proof by s, which must hold an Ed25519 key. A proof that doc already has is
// left out of the copy. doc is decoded JSON, and is not changed; it must name the contexts that define the proof's terms.
//
// The signature is deterministic: the same document, key and instant give the same bytes.
func Sign(doc ld.Object, s crypto.Signer, o Options) (ld.Object, error) {
	o = o.orDefault()
	options, err := o.proof(doc, s)
	if err != nil {
		return nil, fmt.Errorf("signing by %s: %w", o.Suite, err)
	}
	signed, err := message(o.Suite, doc, options)
	if err != nil {
		return nil, fmt.Errorf("signing by %s: %w", o.Suite, err)
	}
	value, err := s.Sign(rand.Reader, signed, crypto.Hash(0))
	if err != nil {
		return nil, fmt.Errorf("signing by %s: %w", o.Suite, err)
	}
	options["proofValue"], err = multibase.Encode(multibase.Base58BTC, value)
	if err != nil {
		return nil, fmt.Errorf("signing by %s: %w", o.Suite, err)
	}
	out := maps.Clone(doc)
	out["proof"] = options
	return out, nil
}

func (o Options) orDefault() Options {
	if o.Suite == "" {
		o.Suite = JCS2022
	}
	if o.Purpose == "" {
		o.Purpose = AssertionMethod
	}
	if o.Created.IsZero() {
		o.Created = time.Now()
	}
	return o
}

var errSigner = errors.New("signer must hold an Ed25519 key")

// proof makes the proof, but for its value.
func (o Options) proof(doc ld.Object, s crypto.Signer) (ld.Object, error) {
	public, ok := s.Public().(ed25519.PublicKey)
	if !ok {
		return nil, errSigner
	}
	p := ld.Object{
		"type":               dataIntegrity,
		"created":            o.Created.UTC().Format("2006-01-02T15:04:05Z"),
		"verificationMethod": did.Method(did.FromEd25519(public)),
		"proofPurpose":       o.Purpose,
	}
	if len(o.Chain) > 0 {
		p[chainMember] = o.Chain
	}
	return p, o.suite(doc, p)
}

// suite adds what sets the suites apart.
func (o Options) suite(doc, p ld.Object) error {
	urls := contexts(doc)
	switch {
	case o.Suite == JCS2022:
		p["cryptosuite"] = o.Suite
		if c, ok := doc["@context"]; ok {
			p["@context"] = c
		}
		return nil
	case o.Suite == RDFC2022:
		p["cryptosuite"] = o.Suite
		return needContext(urls, contextDataIntegrity, contextCredentials)
	case o.Suite == Ed25519Signature2020 && o.Purpose == CapabilityDelegation:
		p["type"] = o.Suite
		return needContext(urls, context2020)
	}
	return fmt.Errorf("%w: nothing is signed by it for %s", ErrUnsupported, o.Purpose)
}

func needContext(have []any, oneOf ...string) error {
	for _, url := range oneOf {
		if slices.Contains(have, any(url)) {
			return nil
		}
	}
	return fmt.Errorf("%w: @context %v must have one of %q", ErrInvalid, have, oneOf)
}

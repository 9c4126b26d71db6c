// Package proof signs and verifies W3C Data Integrity proofs made with Ed25519: eddsa-jcs-2022, eddsa-rdfc-2022 and the
// older Ed25519Signature2020, byte for byte as the npm libraries of the pilot's authors do.
//
// It does no I/O, reads no clock, and takes bounded time, so that it can be used inside consensus. It says which key
// signed, and nothing about whose key that is or what it may do.
package proof

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/did"
)

// The suites, as Options and Signature name them.
const (
	JCS2022              = "eddsa-jcs-2022"
	RDFC2022             = "eddsa-rdfc-2022"
	Ed25519Signature2020 = "Ed25519Signature2020"
)

// The purposes in use.
const (
	AssertionMethod      = "assertionMethod"
	CapabilityDelegation = "capabilityDelegation"
)

// dataIntegrity is the type of the proofs that name a cryptosuite; an older suite is a type of its own.
const dataIntegrity = "DataIntegrityProof"

// How verification fails. Every error is one of the two.
var (
	// ErrInvalid is the error for a proof that is wrong, by its form or by its arithmetic. It will never be right.
	ErrInvalid = errors.New("proof is invalid")
	// ErrUnsupported is the error for a proof that cannot be judged here: its suite, method, context or one of its
	// members is not known. It may be right, so a verdict on it is undetermined.
	ErrUnsupported = errors.New("proof is of a kind not known here")
)

// Signature says what a verified proof says.
type Signature struct {
	Key     string    // the did:key that signed
	Method  string    // the verification method: the key, #, and the key once more
	Suite   string    // one of the three
	Purpose string    // what the signer meant it for
	Created time.Time // when the signer says that it was made; nobody else vouches for it
}

// proof is a proof taken apart.
type proof struct {
	options ld.Object // without the proofValue: what is signed beside the document
	Signature
	public ed25519.PublicKey
	value  []byte
}

// members are what a proof may have. One that is not understood may change what the proof means.
var members = map[string]bool{
	"@context": true, "type": true, "cryptosuite": true, "created": true, "verificationMethod": true,
	"proofPurpose": true, "proofValue": true,
}

// chainMember is allowed beside them where a capability is delegated.
const chainMember = "capabilityChain"

// invalid is a fault of one member of a proof.
func invalid(member string, value any, rule string) error {
	fault := schemas.NewFault(schemas.Pointer("/proof", member), value, rule, "")
	return fmt.Errorf("%w: %w", ErrInvalid, fault)
}

func unsupported(member string, value any) error {
	fault := schemas.NewFault(schemas.Pointer("/proof", member), value, "is not known here", "")
	return fmt.Errorf("%w: %w", ErrUnsupported, fault)
}

// canonicalization sorts the errors of package ld: what cannot be read here, and what is wrong.
func canonicalization(err error) error {
	if errors.Is(err, ld.ErrUnknownContext) || errors.Is(err, ld.ErrUnsupported) {
		return fmt.Errorf("%w: %w", ErrUnsupported, err)
	}
	return fmt.Errorf("%w: %w", ErrInvalid, err)
}

// method answers the did:key of a verification method, and its public key.
func method(text string) (key string, public ed25519.PublicKey, err error) {
	const member = "verificationMethod"
	if len(text) < len(ed25519DID) || text[:len(ed25519DID)] != ed25519DID {
		return "", nil, unsupported(member, text)
	}
	if key, err = did.SplitMethod(text); err != nil {
		return "", nil, invalid(member, text, "must be a did:key, #, and that same key")
	}
	if public, err = did.Ed25519(key); err != nil {
		return "", nil, invalid(member, text, "must be an Ed25519 key")
	}
	return key, public, nil
}

// ed25519DID is how every did:key of Ed25519 begins.
const ed25519DID = "did:key:z6Mk"

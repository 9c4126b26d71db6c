package witness

import (
	"crypto"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// Statement is the last line of an export: who vouches for the lines before it. Two statements of one gateway that
// overlap agree on the digests where they meet, or one of them was made of another log.
type Statement struct {
	Context  []string   `json:"@context"`
	Type     string     `json:"type"`               // WitnessStatement
	Issuer   string     `json:"issuer"`             // did:key of the gateway
	Issued   time.Time  `json:"issued"`             // UTC, whole seconds
	First    uint64     `json:"first"`              // seq of the first entry
	Last     uint64     `json:"last"`               // seq of the last entry; one below First if there is none
	Previous *ld.Digest `json:"previous,omitempty"` // of the entry before the first; absent from the beginning of the log
	Head     *ld.Digest `json:"head,omitempty"`     // of the last entry; that of Previous if there is none
	Proof    ld.Object  `json:"proof,omitempty"`    // eddsa-jcs-2022 by the issuer
}

const statementType = "WitnessStatement"

// statementContext defines the terms of the proof, as its suite wants it; the rest is read as plain JSON.
var statementContext = []string{"https://w3id.org/security/data-integrity/v2"}

// state signs what lies between two places of the log.
func state(from, to head, issued time.Time, s crypto.Signer) (ld.Object, error) {
	did, err := key.DID(s)
	if err != nil {
		return nil, fmt.Errorf("sign statement: %w", err)
	}
	st := Statement{
		Context: statementContext, Type: statementType, Issuer: did, Issued: issued.UTC().Truncate(time.Second),
		First: from.Seq + 1, Last: to.Seq, Previous: from.digest(), Head: to.digest(),
	}
	doc, err := ld.ToObject(st)
	if err != nil {
		return nil, fmt.Errorf("sign statement: %w", err)
	}
	signed, err := proof.Sign(doc, s, proof.Options{Created: st.Issued})
	if err != nil {
		return nil, fmt.Errorf("sign statement: %w", err)
	}
	return signed, nil
}

// digest is nil before the first entry.
func (h head) digest() *ld.Digest {
	if h.Seq == 0 {
		return nil
	}
	return &h.Digest
}

package model

import (
	"crypto"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// NewID gives a new random id for a document, a record or a piece of evidence.
func NewID() string { return uuid.New().URN() }

// Signing says how a document is signed.
type Signing struct {
	ValidFrom Instant // required; the proof is made then
	ID        string  // a new one if empty
	Suite     string  // proof.JCS2022 if empty, or proof.RDFC2022
}

// SignDocument makes a document that says subject: with an id, a new secret salt, and a proof by s, whose key is the
// issuer. The error is a schemas.Faults where the subject breaks its schema. The rules beyond it are not held against
// the document here: ask Document.Check before anybody is shown it.
func SignDocument(subject Subject, s crypto.Signer, o Signing) (*Document, error) {
	issuer, err := key.DID(s)
	if err != nil {
		return nil, fmt.Errorf("signing %s: %w", subject.DocumentType(), err)
	}
	if o.ID == "" {
		o.ID = NewID()
	}
	e := envelope{DocumentContext, o.ID, []string{"VerifiableCredential", subject.DocumentType()}, issuer, o.ValidFrom,
		newSalt(), subject, nil}
	signed, err := sign(e, s, proof.Options{Suite: o.Suite, Created: o.ValidFrom.Time()})
	if err != nil {
		return nil, fmt.Errorf("signing %s: %w", subject.DocumentType(), err)
	}
	return ParseDocument(signed)
}

func newSalt() string {
	var salt [16]byte
	_, _ = rand.Read(salt[:]) // never fails, see its documentation
	return "u" + base64.RawURLEncoding.EncodeToString(salt[:])
}

// SignRecord completes a record with its context, issuer and proof (eddsa-jcs-2022, made at Issued), and gives it as
// ParseRecord would. It refuses a record whose Issuer is set to another key than the signer's.
func SignRecord(r Record, s crypto.Signer) (*Parsed, error) {
	issuer, err := key.DID(s)
	if err != nil {
		return nil, fmt.Errorf("signing record: %w", err)
	}
	if r.Issuer != "" && r.Issuer != issuer {
		return nil, fmt.Errorf("signing record: issuer %s is not the signer's key %s", r.Issuer, issuer)
	}
	r.Context, r.Issuer, r.Proof = RecordContext, issuer, nil
	signed, err := sign(r, s, proof.Options{Suite: proof.JCS2022, Created: r.Issued.Time()})
	if err != nil {
		return nil, fmt.Errorf("signing record: %w", err)
	}
	return ParseRecord(signed)
}

// sign gives the JCS bytes of a value with a proof.
func sign(v any, s crypto.Signer, o proof.Options) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	obj, err := ld.Parse(plain, DocumentLimits)
	if err != nil {
		return nil, err
	}
	signed, err := proof.Sign(obj, s, o)
	if err != nil {
		return nil, err
	}
	return ld.JCS(signed)
}

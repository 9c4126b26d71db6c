package model

import (
	"encoding/json"
	"slices"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// DocumentContext is the only @context that a document has.
var DocumentContext = []string{"https://www.w3.org/ns/credentials/v2", schemas.Model}

// DocumentLimits bound what is read as a document: an entry summary of 999 full lines, and room to spare.
var DocumentLimits = ld.Limits{Bytes: 4 << 20, Depth: 16, Members: 200_000}

// Document is a signed W3C Verifiable Credential 2.0 of one of the types that this package knows. It stays on its
// owner's evidence server; a ledger holds a Record about it.
type Document struct {
	ID        string // urn:uuid, random; not the id of its record
	Type      string
	Issuer    string  // did:key
	ValidFrom Instant // when the issuer says that it was issued
	Salt      string  // 128 secret random bits, so that nobody guesses the content from the digest
	Subject   Subject // *EntrySummary, *CertificateOfOrigin, *EntryDisposition or *Participant
	Proof     ld.Object

	Object ld.Object // as decoded: what the proof is verified over. Not to be changed
	Bytes  []byte    // JCS, the proof included: what is stored and sent
	Digest ld.Digest // of Bytes: what a record states
}

// Subject is what a document says.
type Subject interface {
	// DocumentType names the type of document, as its schema and its record do.
	DocumentType() string
	// Check holds the subject against the rules that its schema cannot say and that need nothing but the document.
	// Pointers are within the subject. What is missing or of a wrong form is the schema's to say, and is passed over.
	Check() schemas.Faults
}

// The types of documents.
const (
	TypeEntrySummary        = "EntrySummary"
	TypeCertificateOfOrigin = "CertificateOfOrigin"
	TypeEntryDisposition    = "EntryDisposition"
	TypeParticipant         = "Participant"
)

// DocumentType names the type.
func (*EntrySummary) DocumentType() string { return TypeEntrySummary }

// DocumentType names the type.
func (*CertificateOfOrigin) DocumentType() string { return TypeCertificateOfOrigin }

// DocumentType names the type.
func (*EntryDisposition) DocumentType() string { return TypeEntryDisposition }

// DocumentType names the type.
func (*Participant) DocumentType() string { return TypeParticipant }

// NewSubject gives an empty subject of a type of document, to decode into; false if there is no such type.
func NewSubject(documentType string) (Subject, bool) {
	all := []Subject{&EntrySummary{}, &CertificateOfOrigin{}, &EntryDisposition{}, &Participant{}}
	at := slices.IndexFunc(all, func(s Subject) bool { return s.DocumentType() == documentType })
	if at < 0 {
		return nil, false
	}
	return all[at], true
}

// Check holds the document against all rules beyond its schema that need nothing but the document. Pointers are within
// the document.
func (d *Document) Check() schemas.Faults { return within("/credentialSubject", d.Subject.Check()) }

// within moves faults of a part to where the part stands.
func within(base string, faults schemas.Faults) schemas.Faults {
	for i := range faults {
		faults[i].Pointer = base + faults[i].Pointer
	}
	return faults
}

// MarshalJSON encodes the document from its typed values. Canonicalised, that is Bytes again: nothing that was signed is
// invisible to the code.
func (d *Document) MarshalJSON() ([]byte, error) {
	return json.Marshal(envelope{DocumentContext, d.ID, []string{"VerifiableCredential", d.Type}, d.Issuer, d.ValidFrom,
		d.Salt, d.Subject, d.Proof})
}

// envelope is what every document has around its subject.
type envelope struct {
	Context   []string  `json:"@context"`
	ID        string    `json:"id"`
	Type      []string  `json:"type"`
	Issuer    string    `json:"issuer"`
	ValidFrom Instant   `json:"validFrom"`
	Salt      string    `json:"salt"`
	Subject   any       `json:"credentialSubject"`
	Proof     ld.Object `json:"proof,omitempty"`
}

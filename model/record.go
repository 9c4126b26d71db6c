// Package model is the shared model of free-trade-agreement data: the documents that trade partners and customs sign,
// the records by which a ledger holds them, and the rules that both must keep. It knows no ledger and no HTTP.
//
// A Document is a W3C Verifiable Credential 2.0 (entry summary, certificate of origin, entry disposition, participant);
// it stays on its owner's evidence server. A Record is what stands on a ledger about it: who said it when, its digest,
// and what it is linked to. Begin at ParseRecord and ParseDocument.
package model

import (
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// RecordContext is the only @context that a record has.
var RecordContext = []string{"https://w3id.org/security/data-integrity/v2", schemas.Model}

// RecordLimits bound what is read as a record: 999 links, 100 pieces of evidence, and room to spare.
var RecordLimits = ld.Limits{Bytes: 512 << 10, Depth: 8, Members: 8_000}

// Record is what a ledger holds about a document, and all that a public ledger may hold: nothing in it tells who trades
// what with whom. Its schema is closed.
type Record struct {
	Context  []string   `json:"@context"`
	ID       string     `json:"id"`     // urn:uuid, random; the same for all versions
	Type     string     `json:"type"`   // of the document
	Ledger   string     `json:"ledger"` // URI of the home ledger; a copy elsewhere keeps it
	Version  uint64     `json:"version"`
	Previous *ld.Digest `json:"previous,omitempty"` // of the whole prior record; absent in version 1
	Event    string     `json:"event"`              // the step of the life cycle
	Reason   []string   `json:"reason,omitempty"`   // codes of the list rejectReasons
	Issued   Instant    `json:"issued"`             // as the issuer claims
	Issuer   string     `json:"issuer"`             // did:key, pairwise on a public ledger
	Digest   ld.Digest  `json:"digest"`             // of the document's JCS bytes, its proof included
	Links    []Link     `json:"links,omitempty"`
	Evidence []Evidence `json:"evidence"` // the first is the document itself
	Lookups  []string   `json:"lookups,omitempty"`
	Proof    ld.Object  `json:"proof,omitempty"`
}

// Link pins another record as the issuer saw it.
type Link struct {
	Rel     string    `json:"rel"` // "certificate" or "entry"
	ID      string    `json:"id"`
	Ledger  string    `json:"ledger"`
	Version uint64    `json:"version"`
	Digest  ld.Digest `json:"digest"` // of the document that the linked version is about
}

// Evidence names a file by an opaque id. Where it lies is known only to who holds a capability for it.
type Evidence struct {
	ID        string    `json:"id"`
	Digest    ld.Digest `json:"digest"`
	MediaType string    `json:"mediaType"`
}

// Parsed is a record that kept its schema and its rules, with the bytes that were judged.
type Parsed struct {
	Record
	Bytes []byte // JCS, the proof included: what is stored and sent
	// Digest is that of the record itself, over Bytes: what the next version names as previous. It hides the digest of
	// the document, which is Record.Digest.
	Digest ld.Digest
	Object ld.Object // as decoded: what the proof is verified over. Not to be changed
}

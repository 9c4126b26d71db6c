package evidence

import "github.com/ftagateway/ftagateway/ld"

// Kept is what an upload answers, once the evidence is on disk.
type Kept struct {
	ID        string    `json:"id"` // urn:uuid
	Digest    ld.Digest `json:"digest"`
	MediaType string    `json:"mediaType"`
}

// The actions of a capability for evidence.
const (
	Read  = "read"  // GET
	Write = "write" // POST: an upload, a revocation
)

// RevocationPath is where the capability with an id is revoked; id is escaped by the caller, as a segment.
const RevocationPath = "/zcaps/revocations/"

// Package accesslog says who took what from an evidence server: one JSON object a line, appended and on disk before
// anything is given out. It holds no content and no names but keys.
package accesslog

import "time"

// Outcome is how an access ended.
type Outcome string

// The outcomes.
const (
	Kept    Outcome = "kept"    // an upload was taken in
	Given   Outcome = "given"   // evidence was given out
	Altered Outcome = "altered" // evidence was given out as the disk has it, which is not as it was uploaded
	Revoked Outcome = "revoked" // a capability was taken back
	Refused Outcome = "refused" // somebody with a true capability asked for what it does not give, or what is not there
	Failed  Outcome = "failed"  // the evidence could not be read or kept
)

// Entry is one access by somebody whose capability was verified. What anonymous callers try is not kept here, or they
// could fill the disk.
type Entry struct {
	Time       time.Time `json:"time"` // UTC
	Action     string    `json:"action"`
	Outcome    Outcome   `json:"outcome"`
	Invoker    string    `json:"invoker"` // did:key
	Chain      []string  `json:"chain"`   // ids of the capabilities, from the root to the one that was invoked
	Collection string    `json:"collection,omitempty"`
	Evidence   string    `json:"evidence,omitempty"`   // urn:uuid
	Digest     string    `json:"digest,omitempty"`     // of the bytes that were given or kept
	Expected   string    `json:"expected,omitempty"`   // the digest of the upload, where it is another
	Capability string    `json:"capability,omitempty"` // the one that was revoked
}

package trust

// Outcome is how a check, or a whole verdict, ended.
type Outcome string

// The outcomes. A verdict is never NotOffered.
const (
	Valid        Outcome = "valid"
	Invalid      Outcome = "invalid"
	Undetermined Outcome = "undetermined" // it could not be asked: an outage, an unknown suite, a key that nobody vouches for
	NotOffered   Outcome = "notOffered"   // the ledger has no means to check it, or none is configured
)

// The checks, in the order in which a verdict lists them.
const (
	Schema    = "schema"    // the bytes are a record, and the one that was asked for
	Proof     = "proof"     // the issuer's signature over it is right
	Authority = "authority" // the issuer's key may do this step, at that time
	Lifecycle = "lifecycle" // the step is allowed from the state before it
	Versions  = "versions"  // no version is missing, reordered, altered or rolled back
	Inclusion = "inclusion" // the entry stands on the chain, shown without trust in the node
	Evidence  = "evidence"  // the document behind the record has the recorded digest
)

var order = []string{Schema, Proof, Authority, Lifecycle, Versions, Inclusion, Evidence}

// Names lists the checks in the order in which a verdict has them. The slice is the caller's.
func Names() []string { return append([]string(nil), order...) }

// Check is one line of a verdict.
type Check struct {
	Name    string  `json:"name"`
	Outcome Outcome `json:"outcome"`
	// Method says how it was checked, in the field's words: a cryptosuite, a proof type, "participants".
	Method string `json:"method,omitempty"`
	// Reason says, in a sentence, why the outcome is not valid. It is shown to callers and names no host.
	Reason string `json:"reason,omitempty"`
}

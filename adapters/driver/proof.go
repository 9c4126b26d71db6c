package driver

import (
	"encoding/json"
	"fmt"
	"sync"
)

// Proof shows, to somebody who does not trust the node, that an entry stands on its chain.
type Proof struct {
	Type string          `json:"type"` // registered, for example "MerkleTree-sha256"
	Data json.RawMessage `json:"data"` // in the form that the type's verifier reads
}

// Anchors are what a verifier trusts: validators, checkpoints, roots. They come from the operator's configuration and
// never from the node whose answers are checked. Their form is the verifier's own.
type Anchors json.RawMessage

// Result is what a verifier found.
type Result struct {
	Outcome Outcome
	Method  string // what was checked, in the field's words
	Reason  string // why not, in a sentence; empty when valid
}

// Outcome is how a check ended.
type Outcome string

// The outcomes. What could not be asked is Undetermined and never Failed.
const (
	Verified     Outcome = "valid"
	Failed       Outcome = "invalid"
	Undetermined Outcome = "undetermined"
)

// Verifier checks one type of proof with no node at hand. It MUST NOT do I/O, and MUST bound its work by the size of
// what it is given. Without anchors that it can read it answers Undetermined; a proof that it cannot read, or that is of
// something else, is Failed, with a Reason.
type Verifier func(e *Entry, p *Proof, a Anchors) Result

var verifiers = struct {
	sync.RWMutex
	by map[string]Verifier
}{by: map[string]Verifier{}}

// RegisterVerifier makes a proof type known. It is called from an init function, and panics if the type is taken.
func RegisterVerifier(proofType string, v Verifier) {
	verifiers.Lock()
	defer verifiers.Unlock()
	if _, taken := verifiers.by[proofType]; taken {
		panic("driver: proof type " + proofType + " registered twice")
	}
	verifiers.by[proofType] = v
}

// Verify checks a proof with the verifier of its type. A type that nobody registered is Undetermined.
func Verify(e *Entry, p *Proof, a Anchors) Result {
	verifiers.RLock()
	v := verifiers.by[p.Type]
	verifiers.RUnlock()
	if v == nil {
		return Result{Undetermined, p.Type, fmt.Sprintf("no verifier for proof type %q", p.Type)}
	}
	return v(e, p, a)
}

package memory

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust/did"
)

// The bounds of a proof: a path is no longer than a tree of 2^64 leaves is high, and that fits in the bytes.
const (
	maxProof = 16 << 10
	maxPath  = 64
)

// Verify checks a proof with nothing but the chain's public key: the root is signed by it, and the path leads from
// this entry to that root. It is registered for ProofType. Without a readable anchor nothing can be said, so that is
// undetermined; a proof that cannot be read proves nothing, so that is invalid.
func Verify(e *driver.Entry, p *driver.Proof, a driver.Anchors) driver.Result {
	result := driver.Result{Outcome: driver.Verified, Method: "Merkle path (SHA-256) to a head signed by the chain's key"}
	key, err := trusted(a)
	if err != nil {
		result.Outcome, result.Reason = driver.Undetermined, err.Error()
		return result
	}
	if err := verify(e, p.Data, key); err != nil {
		result.Outcome, result.Reason = driver.Failed, err.Error()
	}
	return result
}

func trusted(a driver.Anchors) (ed25519.PublicKey, error) {
	var trusted anchors
	if err := json.Unmarshal(a, &trusted); err != nil {
		return nil, fmt.Errorf("anchors cannot be read: %w", err)
	}
	key, err := did.Ed25519(trusted.Key)
	if err != nil {
		return nil, fmt.Errorf("anchors: key: %w", err)
	}
	return key, nil
}

func verify(e *driver.Entry, data []byte, key ed25519.PublicKey) error {
	p, err := parseProof(data)
	if err != nil {
		return err
	}
	if !ed25519.Verify(key, p.Head.signed(), p.Head.Signature) {
		return errors.New("the head is not signed by the chain's key")
	}
	if e.Height > p.Head.Height {
		return errors.New("the entry is above the head that should prove it")
	}
	steps := make([]hash, len(p.Path))
	for i, step := range p.Path {
		if copy(steps[i][:], step) != len(step) || len(step) != len(hash{}) {
			return fmt.Errorf("path[%d] has %d bytes, a SHA-256 has %d", i, len(step), len(hash{}))
		}
	}
	top, ok := climb(leafOf(e), p.Index, p.Head.Size, steps)
	if !ok || !bytes.Equal(top[:], p.Head.Root) {
		return errors.New("the path does not lead from this entry to the signed root")
	}
	return nil
}

// parseProof reads a proof that may come from anybody, and bounds it before any work.
func parseProof(data []byte) (*proof, error) {
	if len(data) > maxProof {
		return nil, fmt.Errorf("proof has %d bytes, the most is %d", len(data), maxProof)
	}
	var p proof
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, fmt.Errorf("proof cannot be read: %w", err)
	}
	if len(p.Path) > maxPath {
		return nil, fmt.Errorf("path has %d steps, the most is %d", len(p.Path), maxPath)
	}
	return &p, nil
}

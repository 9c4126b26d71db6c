package memory

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust/did"
)

// ProofType names the chain's proof: the entry is a leaf of a Merkle tree of SHA-256, whose root the chain signed.
const ProofType = "MerkleTree-sha256"

func init() { driver.RegisterVerifier(ProofType, Verify) }

// proof is what Proof.Data holds; bytes are base64, as encoding/json has them.
type proof struct {
	Head  signedHead `json:"head"`
	Index uint64     `json:"index"` // of the leaf
	Path  [][]byte   `json:"path"`  // from the leaf up
}

// signedHead is the chain's word on its final entries.
type signedHead struct {
	Chain     string `json:"chain"`
	Height    uint64 `json:"height"`
	Size      uint64 `json:"size"` // of the tree, in leaves
	Root      []byte `json:"root"`
	Signature []byte `json:"signature"` // Ed25519, by the chain's key
}

func (h *signedHead) signed() []byte {
	return frame("head", []byte(h.Chain), number(h.Height), number(h.Size), h.Root)
}

// anchors is what a verifier trusts: the key of the chain.
type anchors struct {
	Key string `json:"key"` // a did:key
}

// Anchors gives what Verify needs to know of this chain. Whoever configures a gateway takes it from the chain's
// operator, never from the node that is asked.
func (c *Chain) Anchors() driver.Anchors {
	a, err := json.Marshal(anchors{Key: did.FromEd25519(c.key.Public().(ed25519.PublicKey))})
	if err != nil {
		panic(err) // a struct of one string always marshals
	}
	return a
}

// Prove proves what the chain holds under the entry's key and version, whatever else the entry claims: that the two
// agree is for the verifier to find.
func (l *Ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	if err := l.readyFor(ctx, e.Key); err != nil {
		return nil, err
	}
	c := l.chain
	c.mu.RLock()
	defer c.mu.RUnlock()
	versions := c.versions[e.Key]
	if e.Version == 0 || e.Version > uint64(len(versions)) {
		return nil, driver.Errorf(driver.NotFound, "memory: no such version to prove")
	}
	at, final := c.indexOf(versions[e.Version-1]), c.finalCount(c.log)
	if at >= final {
		return nil, driver.Errorf(driver.NotReady, "memory: the entry is not final yet")
	}
	return c.prove(at, final)
}

// indexOf finds an entry's place in the chain, which its cursor tells.
func (c *Chain) indexOf(e *driver.Entry) int {
	n, err := c.place(e.Cursor)
	if err != nil {
		panic(fmt.Sprintf("memory: the chain made a cursor that it cannot read: %v", err))
	}
	return n - 1
}

// prove makes the proof of the entry at an index within the first size ones. The caller holds the lock.
func (c *Chain) prove(index, size int) (*driver.Proof, error) {
	tree := root(c.leaves[:size])
	p := proof{Index: uint64(index)}
	for _, step := range path(c.leaves[:size], index) {
		p.Path = append(p.Path, step[:])
	}
	p.Head = signedHead{Chain: c.id, Height: c.final().Height, Size: uint64(size), Root: tree[:]}
	p.Head.Signature = ed25519.Sign(c.key, p.Head.signed())
	data, err := json.Marshal(p)
	if err != nil {
		return nil, driver.Errorf(driver.Unknown, "memory: write the proof: %w", err)
	}
	return &driver.Proof{Type: ProofType, Data: data}, nil
}

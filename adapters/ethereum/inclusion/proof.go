package inclusion

import (
	"encoding/json"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// ProofType names the proof: nodes of a block's tries, hashed with Keccak-256.
const ProofType = "EthereumReceipt-keccak256"

// The bounds of a proof. A witness log keeps proofs of up to 1 MiB.
const (
	maxProof       = 1 << 20
	maxHeaders     = 1_024
	maxHeader      = 8 << 10 // bytes; one of Ethereum has 600, one of a consortium lists its members
	maxNodes       = 16_384
	maxTransaction = 16_383 // place in a block
	maxSeals       = 64
)

// MaxAfter is how many blocks a checkpoint may stand above the block that is proven.
const MaxAfter = maxHeaders - 1

// proof is what Proof.Data holds.
type proof struct {
	Headers      [][]byte `json:"headers"`
	Transaction  uint64   `json:"transaction"`
	Transactions [][]byte `json:"transactions"`
	Receipts     [][]byte `json:"receipts"`
	Agreed       [][]byte `json:"agreed,omitempty"`
}

// parse reads a proof that may come from anybody, and bounds it before any work.
func parse(data []byte) (*proof, error) {
	if len(data) > maxProof {
		return nil, fmt.Errorf("proof has %d bytes, the most is %d", len(data), maxProof)
	}
	var p proof
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, fmt.Errorf("proof cannot be read: %w", err)
	}
	for _, list := range []struct {
		name        string
		has         [][]byte
		least, most int
	}{
		{"headers", p.Headers, 1, maxHeaders},
		{"transactions", p.Transactions, 1, maxNodes},
		{"receipts", p.Receipts, 1, maxNodes},
		{"agreed", p.Agreed, 0, maxSeals},
	} {
		if n := len(list.has); n < list.least || n > list.most {
			return nil, fmt.Errorf("proof: %s has %d parts, and must have %d to %d", list.name, n, list.least, list.most)
		}
	}
	if p.Transaction > maxTransaction {
		return nil, fmt.Errorf("proof: transaction %d must be at most %d", p.Transaction, maxTransaction)
	}
	return &p, nil
}

// chain reads the headers, which each must name the one before as their parent. It gives the first one, and the hashes of
// all.
func (p *proof) chain() (*header, []common.Hash, error) {
	hashes := make([]common.Hash, len(p.Headers))
	var first *header
	for i, raw := range p.Headers {
		h, err := readHeader(raw)
		switch {
		case err != nil:
			return nil, nil, fmt.Errorf("headers[%d]: %w", i, err)
		case i == 0:
			first = h
		case h.parent != hashes[i-1]:
			return nil, nil, fmt.Errorf("headers[%d] is no child of the header before it", i)
		}
		hashes[i] = h.hash
	}
	return first, hashes, nil
}

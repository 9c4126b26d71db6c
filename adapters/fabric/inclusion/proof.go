package inclusion

import (
	"encoding/json"
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"
)

// evidence is a proof's data.
type evidence struct {
	Number      uint64   `json:"number"`
	Previous    []byte   `json:"previous"`
	Data        []byte   `json:"data"`       // common.BlockData
	Signatures  []byte   `json:"signatures"` // common.Metadata
	Transaction int      `json:"transaction"`
	Answers     []answer `json:"answers"`
}

// answer is what a peer signed when it was asked for the block: a peer.ProposalResponsePayload, in which the block's data
// stand between Before and After.
type answer struct {
	Before    []byte `json:"before"`
	After     []byte `json:"after"`
	Endorser  []byte `json:"endorser"`
	Signature []byte `json:"signature"`
}

// The bounds of a proof. An orderer makes blocks of 10 MB at most unless it is told otherwise, and of 500 transactions.
const (
	maxProof        = 48 << 20 // as text
	maxTransactions = 20_000
	maxMetadata     = 256 << 10 // the orderers' signatures
	maxAround       = 1 << 20   // what is around the data in an answer: the block's metadata
	maxAnswers      = 32
)

// readEvidence reads a proof that may come from anybody, and bounds it before any work.
func readEvidence(data []byte) (*evidence, error) {
	if len(data) > maxProof {
		return nil, fmt.Errorf("proof has %d bytes, the most is %d", len(data), maxProof)
	}
	var p evidence
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, fmt.Errorf("proof cannot be read: %w", err)
	}
	if len(p.Signatures) > maxMetadata {
		return nil, fmt.Errorf("signatures: %d bytes, the most is %d", len(p.Signatures), maxMetadata)
	}
	if len(p.Answers) > maxAnswers {
		return nil, fmt.Errorf("answers: %d, the most is %d", len(p.Answers), maxAnswers)
	}
	for i, a := range p.Answers {
		if n := len(a.Before) + len(a.After) + len(a.Endorser) + len(a.Signature); n > maxAround {
			return nil, fmt.Errorf("answers[%d]: %d bytes around the block's data, the most is %d", i, n, maxAround)
		}
	}
	return &p, nil
}

// transactions takes a block's data apart. It is done here and not by the generated code, which would make a list of as
// many as there are before anybody counts.
func transactions(data []byte) ([][]byte, error) {
	var all [][]byte
	for len(data) > 0 {
		field, kind, n := protowire.ConsumeTag(data)
		if n < 0 || field != 1 || kind != protowire.BytesType {
			return nil, fmt.Errorf("data: transaction %d is none", len(all))
		}
		one, m := protowire.ConsumeBytes(data[n:])
		if m < 0 {
			return nil, fmt.Errorf("data: transaction %d ends too early", len(all))
		}
		if len(all) == maxTransactions {
			return nil, fmt.Errorf("data: more than %d transactions", maxTransactions)
		}
		all, data = append(all, one), data[n+m:]
	}
	return all, nil
}

// decode and encode are for Fabric's messages, which are of the older kind of Go code for protocol buffers.
func decode(raw []byte, into protoadapt.MessageV1) error {
	return proto.Unmarshal(raw, protoadapt.MessageV2Of(into))
}

func encode(m protoadapt.MessageV1) ([]byte, error) { return proto.Marshal(protoadapt.MessageV2Of(m)) }

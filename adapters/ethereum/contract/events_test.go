package contract

import (
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// TestAWriteTellsItsBodyThenItsLookups, in the order in which they were given.
func TestAWriteTellsItsBodyThenItsLookups(t *testing.T) {
	c := onSimulated(t)
	lookups := [][32]byte{crypto.Keccak256Hash([]byte("b")), crypto.Keccak256Hash([]byte("a")), {31: 1}}
	logs := c.append(key, 0, "the body", lookups...).Logs
	if len(logs) != 1+len(lookups) {
		t.Fatalf("%d events, want %d", len(logs), 1+len(lookups))
	}
	if got, err := ledger.UnpackAppendedEvent(logs[0]); err != nil || got.Key != key || got.Version != 1 || string(got.Body) != "the body" {
		t.Errorf("%v: %+v", err, got)
	}
	for i, lookup := range lookups {
		if got, err := ledger.UnpackLedEvent(logs[i+1]); err != nil || got.Key != key || got.Lookup != lookup {
			t.Errorf("lookup %d: %v: %+v", i, err, got)
		}
	}
}

// TestTopicsLeadToLogs asks for logs as a driver does: by key, by key and version, by lookup.
func TestTopicsLeadToLogs(t *testing.T) {
	c := onSimulated(t)
	another, lookup := [32]byte{2}, crypto.Keccak256Hash([]byte("entry"))
	c.append(key, 0, "1", lookup)
	c.append(another, 0, "2", lookup)
	c.append(key, 1, "3", crypto.Keccak256Hash([]byte("other")))

	appended, led := crypto.Keccak256Hash([]byte("Appended(bytes32,uint64,bytes)")), crypto.Keccak256Hash([]byte("Led(bytes32,bytes32)"))
	for name, tc := range map[string]struct {
		topics [][]common.Hash
		blocks []uint64 // counted from the first write
	}{
		"key":             {[][]common.Hash{{appended}, {key}}, []uint64{0, 2}},
		"key and version": {[][]common.Hash{{appended}, {key}, {common.BigToHash(common.Big2)}}, []uint64{2}},
		"lookup":          {[][]common.Hash{{led}, {lookup}}, []uint64{0, 1}},
		"lookup and key":  {[][]common.Hash{{led}, {lookup}, {another}}, []uint64{1}},
	} {
		logs, err := c.client.FilterLogs(t.Context(), ethereum.FilterQuery{Addresses: []common.Address{c.address}, Topics: tc.topics})
		if err != nil {
			t.Fatal(err)
		}
		if got := blocksAfterAdmissions(logs); !slices.Equal(got, tc.blocks) {
			t.Errorf("%s: writes %v, want %v", name, got, tc.blocks)
		}
	}
}

// blocksAfterAdmissions counts from the block of the first write: one block made the contract, two admitted its writers.
func blocksAfterAdmissions(logs []types.Log) []uint64 {
	var blocks []uint64
	for _, l := range logs {
		blocks = append(blocks, l.BlockNumber-4)
	}
	return blocks
}

package ethereum_test

import (
	"context"
	"encoding/json"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// anchored gives anchors of the chain for a contract, in which each block that stands is a checkpoint: what an operator takes
// from a node of their own.
func (c *chain) anchored(at common.Address) func() driver.Anchors {
	type checkpoint struct {
		Number uint64      `json:"number"`
		Hash   common.Hash `json:"hash"`
	}
	var known []checkpoint
	return func() driver.Anchors {
		newest, err := c.backend.Client().BlockNumber(context.Background())
		if err != nil {
			c.t.Fatal(err)
		}
		for n := uint64(len(known)); n <= newest; n++ {
			h, err := c.backend.Client().HeaderByNumber(context.Background(), new(big.Int).SetUint64(n))
			if err != nil {
				c.t.Fatal(err)
			}
			known = append(known, checkpoint{n, h.Hash()})
		}
		return anchorsOf(c.t, at, map[string]any{"checkpoints": known})
	}
}

func anchorsOf(t testing.TB, at common.Address, more map[string]any) driver.Anchors {
	t.Helper()
	all := map[string]any{"chain": 1337, "ledger": reference(at, "")}
	for name, value := range more {
		all[name] = value
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

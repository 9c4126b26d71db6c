package ethereum_test

import (
	"context"
	"encoding/json"
	"math/big"
	"net/url"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
)

func (c *chain) anchored(at common.Address) func() driver.Anchors {
	return anchored(c.t, c.backend.Client(), at)
}

// shown is what shows a chain's blocks.
type shown interface {
	BlockNumber(ctx context.Context) (uint64, error)
	HeaderByNumber(ctx context.Context, number *big.Int) (*types.Header, error)
}

// anchored gives anchors of a chain for a contract, in which each block that stands is a checkpoint: what an operator takes
// from a node of their own.
func anchored(t testing.TB, from shown, at common.Address) func() driver.Anchors {
	type checkpoint struct {
		Number uint64      `json:"number"`
		Hash   common.Hash `json:"hash"`
	}
	var known []checkpoint
	return func() driver.Anchors {
		newest, err := from.BlockNumber(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for n := uint64(len(known)); n <= newest; n++ {
			h, err := from.HeaderByNumber(context.Background(), new(big.Int).SetUint64(n))
			if err != nil {
				t.Fatal(err)
			}
			known = append(known, checkpoint{n, h.Hash()})
		}
		return anchorsOf(t, at, map[string]any{"checkpoints": known})
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

// filed is a contract with three entries that were sent together, and are final.
type filed struct {
	*chain
	contract common.Address
	keys     []string
	height   uint64
}

func fileEntries(t *testing.T) *filed {
	t.Helper()
	f := &filed{chain: newChain(t, 1_000_000)}
	f.contract = f.reference()
	fta := contract.NewFTALedger()
	f.together(3, func(i int) []byte {
		key := common.Hash{0xf1, byte(i)}
		f.keys = append(f.keys, key.Hex())
		return fta.PackAppend(key, 0, []byte(`{"entry":"summary"}`), [][32]byte{{1}, {2}})
	})
	if err := f.advance(t.Context()); err != nil {
		t.Fatal(err)
	}
	newest, err := f.backend.Client().BlockNumber(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f.height = newest
	return f
}

// together calls the contract several times in one block. The node counts a transaction among those that wait a moment
// after it took it, and only then tells the next nonce.
func (f *filed) together(times int, call func(i int) []byte) {
	f.t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	client := f.backend.Client()
	for i := range times {
		tx := f.signed(&f.contract, call(i))
		if err := client.SendTransaction(f.t.Context(), tx); err != nil {
			f.t.Fatal(err)
		}
		eventually(f.t, "the transaction waits", func() bool {
			next, err := client.PendingNonceAt(f.t.Context(), f.writer)
			return err == nil && next > tx.Nonce()
		})
	}
	f.backend.Commit()
}

// open opens the ledger by endpoints, of which more than half must agree.
func (f *filed) open(t *testing.T, section string, endpoints ...string) driver.Ledger {
	t.Helper()
	more := ""
	for _, e := range endpoints[1:] {
		more += "&endpoint=" + url.QueryEscape(e)
	}
	l, err := driver.Open(t.Context(), at(endpoints[0], more), driver.Env{Native: reference(f.contract, section), Store: newStore(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func get(t *testing.T, l driver.Ledger, key string) *driver.Entry {
	t.Helper()
	e, err := l.Get(t.Context(), driver.Ref{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// proven gives an entry with its proof.
func proven(t *testing.T, l driver.Ledger, key string) (*driver.Entry, *driver.Proof) {
	t.Helper()
	e := get(t, l, key)
	p, err := l.Prove(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return e, p
}

func wantResult(t *testing.T, r driver.Result, outcome driver.Outcome, says string) {
	t.Helper()
	if r.Outcome != outcome || !strings.Contains(r.Method+" | "+r.Reason, says) {
		t.Errorf("want %s with %q, got %s: %s | %s", outcome, says, r.Outcome, r.Method, r.Reason)
	}
}

package inclusion_test

import (
	"crypto/ecdsa"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
	"github.com/ftagateway/ftagateway/adapters/ethereum/inclusion"
)

const chainID = 4242

var (
	ledgerAt = common.HexToAddress("0x00000000000000000000000000000000000f1a00")
	writer   = mustKey("b71c71a67e1177ad4e901695e1b4b9ee17ae16c6668d313eac2f96dbcda3f291")
	stranger = mustKey("8a1f9a8f95be41cd7ccb6168179afb4504aefe388d1e14474d32c45c72ce7b7a")
)

func mustKey(hex string) *ecdsa.PrivateKey {
	key, err := crypto.HexToECDSA(hex)
	if err != nil {
		panic(err)
	}
	return key
}

// block is a block that go-ethereum would make: its roots are computed by types.DeriveSha, which shares no code with what is
// tested.
type block struct {
	inclusion.Block
	parent common.Hash
}

// newBlock makes a block of n transactions of all types, of which each emits some logs of other contracts, and one of the
// ledger's: version i+1 of a key, for the transaction at place i.
func newBlock(t testing.TB, n int) *block {
	t.Helper()
	b := &block{parent: common.HexToHash("0x01")}
	for i := range n {
		b.Transactions = append(b.Transactions, transactionAt(t, i, chainID))
		logs := make([]*types.Log, i%3, i%3+2)
		for k := range logs {
			logs[k] = &types.Log{Address: common.HexToAddress("0xee"), Topics: []common.Hash{{byte(k)}}, Data: []byte("another contract's")}
		}
		logs = append(logs, appended(t, uint64(i+1)))
		r := &types.Receipt{Type: b.Transactions[i].Type(), Status: 1, CumulativeGasUsed: uint64(i+1) * 21_000, Logs: logs}
		r.Bloom = types.CreateBloom(r)
		b.Receipts = append(b.Receipts, r)
	}
	b.seal()
	return b
}

// seal makes the header of what is in the block.
func (b *block) seal() {
	b.Header = &types.Header{
		ParentHash: b.parent, Number: big.NewInt(1_000), Time: 1_790_000_000, Difficulty: new(big.Int), BaseFee: big.NewInt(7),
		GasLimit: 36_000_000, UncleHash: types.EmptyUncleHash, Extra: []byte("test"), WithdrawalsHash: &types.EmptyWithdrawalsHash,
		TxHash:      types.DeriveSha(b.Transactions, trie.NewStackTrie(nil)),
		ReceiptHash: types.DeriveSha(b.Receipts, trie.NewStackTrie(nil)),
	}
}

// transactionAt draws a transaction: each type has its turn.
func transactionAt(t testing.TB, i int, chain int64) *types.Transaction {
	t.Helper()
	id := big.NewInt(chain)
	inner := []types.TxData{
		&types.DynamicFeeTx{ChainID: id, Nonce: uint64(i), To: &ledgerAt, Gas: 90_000, GasFeeCap: big.NewInt(9), GasTipCap: big.NewInt(1), Value: new(big.Int)},
		&types.LegacyTx{Nonce: uint64(i), To: &ledgerAt, Gas: 90_000, GasPrice: big.NewInt(9), Value: new(big.Int)},
		&types.AccessListTx{ChainID: id, Nonce: uint64(i), To: &ledgerAt, Gas: 90_000, GasPrice: big.NewInt(9), Value: new(big.Int)},
	}[i%3]
	tx, err := types.SignNewTx(writer, types.LatestSignerForChainID(id), inner)
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

const recordKey = "0x4b00000000000000000000000000000000000000000000000000000000000000"

// appended is the reference contract's log of a version.
func appended(t testing.TB, version uint64) *types.Log {
	t.Helper()
	parsed, err := abi.JSON(strings.NewReader(contract.ABI()))
	if err != nil {
		t.Fatal(err)
	}
	e := parsed.Events["Appended"]
	data, err := e.Inputs.NonIndexed().Pack(bodyOf(version))
	if err != nil {
		t.Fatal(err)
	}
	return &types.Log{Address: ledgerAt, Topics: []common.Hash{e.ID, common.HexToHash(recordKey), common.BigToHash(new(big.Int).SetUint64(version))}, Data: data}
}

func bodyOf(version uint64) []byte { return fmt.Appendf(nil, `{"version":%d}`, version) }

// entry is what a driver makes of the block's transaction at a place.
func (b *block) entry(i int) *driver.Entry {
	index := 0
	for _, r := range b.Receipts[:i] {
		index += len(r.Logs)
	}
	return &driver.Entry{
		Key: recordKey, Version: uint64(i + 1), Body: bodyOf(uint64(i + 1)),
		Author: driver.Author{Kind: "address", ID: strings.ToLower(crypto.PubkeyToAddress(writer.PublicKey).Hex())},
		Position: driver.Position{Height: b.Header.Number.Uint64(), Index: uint32(index + len(b.Receipts[i].Logs) - 1),
			Tx: b.Transactions[i].Hash().Hex(), Time: time.Unix(int64(b.Header.Time), 0).UTC(), Final: true},
	}
}

// prove makes the proof of the transaction at a place.
func (b *block) prove(t testing.TB, i int, after ...*types.Header) *driver.Proof {
	t.Helper()
	p, err := inclusion.New(&b.Block, i, after, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// headersAfter are blocks that follow.
func (b *block) headersAfter(n int) []*types.Header {
	var all []*types.Header
	last := b.Header
	for range n {
		next := types.CopyHeader(b.Header)
		next.ParentHash, next.Number, next.Time = last.Hash(), new(big.Int).Add(last.Number, big.NewInt(1)), last.Time+12
		next.TxHash, next.ReceiptHash = types.EmptyTxsHash, types.EmptyReceiptsHash
		all, last = append(all, next), next
	}
	return all
}

type object = map[string]any

// anchors are such that trust checkpoints at the given headers; more replaces or adds members.
func anchors(t testing.TB, more object, at ...*types.Header) driver.Anchors {
	t.Helper()
	checkpoints := []object{}
	for _, h := range at {
		checkpoints = append(checkpoints, object{"number": h.Number.Uint64(), "hash": h.Hash()})
	}
	all := object{"chain": chainID, "ledger": object{"builtin": "reference", "contract": ledgerAt}, "checkpoints": checkpoints}
	for name, v := range more {
		all[name] = v
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// want holds a result against an outcome and a part of what it says.
func want(t *testing.T, r driver.Result, outcome driver.Outcome, says string) {
	t.Helper()
	if r.Outcome != outcome || !strings.Contains(r.Method+" | "+r.Reason, says) {
		t.Errorf("want %s with %q, got %s: %s | %s", outcome, says, r.Outcome, r.Method, r.Reason)
	}
	if (r.Reason == "") != (r.Outcome == driver.Verified) {
		t.Errorf("%s with reason %q", r.Outcome, r.Reason)
	}
}

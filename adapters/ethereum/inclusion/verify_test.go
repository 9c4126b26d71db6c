package inclusion_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/inclusion"
)

// TestProofsOfEveryPlace: places of a list are trie keys of one, two and three bytes, and a trie of one part has another form
// than one of many.
func TestProofsOfEveryPlace(t *testing.T) {
	for _, n := range []int{1, 2, 17, 131, 300} {
		b := newBlock(t, n)
		a := anchors(t, nil, b.Header)
		for i := 0; i < n; i += max(1, n/9) {
			want(t, inclusion.Verify(b.entry(i), b.prove(t, i), a), driver.Verified, "the header is checkpoint 1000")
		}
		want(t, inclusion.Verify(b.entry(n-1), b.prove(t, n-1), a), driver.Verified, "Merkle-Patricia")
	}
}

// TestEachFactIsBound: an entry that differs from what stands on the chain in one fact is refuted by its own proof.
func TestEachFactIsBound(t *testing.T) {
	b := newBlock(t, 5)
	p, a := b.prove(t, 3), anchors(t, nil, b.Header)
	want(t, inclusion.Verify(b.entry(3), p, a), driver.Verified, "")
	for name, c := range map[string]struct {
		alter func(e *driver.Entry)
		says  string
	}{
		"key":             {func(e *driver.Entry) { e.Key = "0x" + recordKey[4:] + "00" }, "another key"},
		"version":         {func(e *driver.Entry) { e.Version = 5 }, "of version 4, and the entry of version 5"},
		"body":            {func(e *driver.Entry) { e.Body[3] ^= 1 }, "another body"},
		"no body":         {func(e *driver.Entry) { e.Body = nil }, "another body"},
		"deleted":         {func(e *driver.Entry) { e.Deleted, e.Body = true, nil }, "another body"},
		"author":          {func(e *driver.Entry) { e.Author.ID = "0x00000000000000000000000000000000000f1a00" }, "another author"},
		"no author":       {func(e *driver.Entry) { e.Author = driver.Author{} }, "another author"},
		"author's kind":   {func(e *driver.Entry) { e.Author.Kind = "did" }, "another author"},
		"evidence":        {func(e *driver.Entry) { e.Author.Evidence = []byte("x") }, "another author"},
		"height":          {func(e *driver.Entry) { e.Height-- }, "is of block 1000"},
		"time":            {func(e *driver.Entry) { e.Time = e.Time.Add(time.Millisecond) }, "is of block 1000"},
		"transaction":     {func(e *driver.Entry) { e.Tx = b.Transactions[2].Hash().Hex() }, "another transaction"},
		"log before":      {func(e *driver.Entry) { e.Index-- }, "is none of the transaction's"},
		"log after":       {func(e *driver.Entry) { e.Index++ }, "is none of the transaction's"},
		"log far away":    {func(e *driver.Entry) { e.Index = 1 << 31 }, "is none of the transaction's"},
		"another's entry": {func(e *driver.Entry) { *e = *b.entry(2) }, "another transaction"},
	} {
		e := b.entry(3)
		c.alter(e)
		t.Run(name, func(t *testing.T) { want(t, inclusion.Verify(e, p, a), driver.Failed, c.says) })
	}
}

// parts is a proof as anybody may write one.
type parts struct {
	Headers      [][]byte `json:"headers"`
	Transaction  uint64   `json:"transaction"`
	Transactions [][]byte `json:"transactions"`
	Receipts     [][]byte `json:"receipts"`
	Agreed       [][]byte `json:"agreed,omitempty"`
}

func (p parts) proof(t testing.TB) *driver.Proof {
	t.Helper()
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return &driver.Proof{Type: inclusion.ProofType, Data: data}
}

func partsOf(t testing.TB, p *driver.Proof) parts {
	t.Helper()
	var out parts
	if err := json.Unmarshal(p.Data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func rlpOf(t testing.TB, h *types.Header) []byte {
	t.Helper()
	raw, err := rlp.EncodeToBytes(h)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestForgedProofs: each part of a proof may be another than the chain's.
func TestForgedProofs(t *testing.T) {
	b := newBlock(t, 40)
	a := anchors(t, nil, b.Header)
	for name, c := range map[string]struct {
		forge func(p *parts)
		says  string
	}{
		"a bit of the header":             {func(p *parts) { p.Headers[0][600-550] ^= 1 }, ""},
		"a header of other receipts":      {func(p *parts) { p.Headers[0] = rlpOf(t, withReceipts(b.Header, common.Hash{1})) }, "does not lead to the header's root"},
		"a header of no form":             {func(p *parts) { p.Headers[0] = []byte("header") }, "is no header"},
		"a header of few fields":          {func(p *parts) { p.Headers[0] = []byte{0xc2, 1, 2} }, "is no header: it has 2 fields"},
		"an endless header":               {func(p *parts) { p.Headers[0] = make([]byte, 9_000) }, "the most is"},
		"no header":                       {func(p *parts) { p.Headers = nil }, "headers has 0 parts"},
		"too many headers":                {func(p *parts) { p.Headers = make([][]byte, 1_025) }, "headers has 1025 parts"},
		"another transaction's place":     {func(p *parts) { p.Transaction = 6 }, "transactions"},
		"a place that is not there":       {func(p *parts) { p.Transaction = 39 }, "transactions"},
		"a place beyond all":              {func(p *parts) { p.Transaction = 1 << 60 }, "must be at most"},
		"a bit of the transaction":        {func(p *parts) { flip(p.Transactions) }, "transactions: does not lead"},
		"no transaction":                  {func(p *parts) { p.Transactions = [][]byte{{}} }, "transactions: does not lead"},
		"a bit of the receipt":            {func(p *parts) { flip(p.Receipts) }, "receipts: place"},
		"a receipt before it left out":    {func(p *parts) { p.Receipts = without(p.Receipts, b, t) }, "receipts: place 2"},
		"the transactions for receipts":   {func(p *parts) { p.Receipts = p.Transactions }, "receipts: place 0"},
		"too many seals":                  {func(p *parts) { p.Agreed = make([][]byte, 65) }, "agreed has 65 parts"},
		"a checkpoint's number, not hash": {func(p *parts) { p.Headers[0] = rlpOf(t, withExtra(b.Header)) }, "block 1000 is not the one of the checkpoint"},
	} {
		p := partsOf(t, b.prove(t, 7))
		c.forge(&p)
		t.Run(name, func(t *testing.T) { want(t, inclusion.Verify(b.entry(7), p.proof(t), a), driver.Failed, c.says) })
	}
}

func withReceipts(h *types.Header, root common.Hash) *types.Header {
	other := types.CopyHeader(h)
	other.ReceiptHash = root
	return other
}

// withExtra is a block with the same content: another chain's, or an uncle.
func withExtra(h *types.Header) *types.Header {
	other := types.CopyHeader(h)
	other.Extra = []byte("forged")
	return other
}

// flip turns a bit in the longest part, which is a leaf.
func flip(list [][]byte) {
	longest := 0
	for i := range list {
		if len(list[i]) > len(list[longest]) {
			longest = i
		}
	}
	list[longest][len(list[longest])/2] ^= 1
}

// without leaves out the leaf of the receipt at place 2: fewer logs would be counted before the entry's.
func without(list [][]byte, b *block, t testing.TB) [][]byte {
	t.Helper()
	value, err := b.Receipts[2].MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var out [][]byte
	for _, node := range list {
		if !bytes.Contains(node, value) {
			out = append(out, node)
		}
	}
	if len(out) != len(list)-1 {
		t.Fatalf("%d of %d nodes are left", len(out), len(list))
	}
	return out
}

// TestNotAProof: what is no proof proves nothing.
func TestNotAProof(t *testing.T) {
	b := newBlock(t, 1)
	good := b.prove(t, 0).Data
	for _, data := range []string{"", "null", "{}", "[]", "0", `"proof"`, `{"headers":[1]}`, `{"headers":[null],"transactions":[null],"receipts":[null]}`,
		string(good[:len(good)/2]), fmt.Sprintf(`{"headers":["%01048600d"]}`, 0)} {
		r := inclusion.Verify(b.entry(0), &driver.Proof{Type: inclusion.ProofType, Data: []byte(data)}, anchors(t, nil, b.Header))
		want(t, r, driver.Failed, "")
	}
}

// TestAnotherContractsOrEventsLog: the same log of a contract beside the ledger's brings nothing.
func TestAnotherContractsOrEventsLog(t *testing.T) {
	b := newBlock(t, 1)
	r := anchors(t, object{"ledger": object{"builtin": "reference", "contract": "0x00000000000000000000000000000000000000bb"}}, b.Header)
	want(t, inclusion.Verify(b.entry(0), b.prove(t, 0), r), driver.Failed, "another contract's, or another event")
	b.Receipts[0].Logs[0].Topics[0] = common.Hash{9}
	b.seal()
	want(t, inclusion.Verify(b.entry(0), b.prove(t, 0), anchors(t, nil, b.Header)), driver.Failed, "another contract's, or another event")
	b.Receipts[0].Logs[0] = appended(t, 1)
	b.Receipts[0].Logs[0].Data = append(b.Receipts[0].Logs[0].Data, 0)
	b.seal()
	want(t, inclusion.Verify(b.entry(0), b.prove(t, 0), anchors(t, nil, b.Header)), driver.Failed, "are not the (bytes)")
}

// TestTransactionsOfAnotherChain: a transaction says for which chain it was signed, and an old one says nothing.
func TestTransactionsOfAnotherChain(t *testing.T) {
	b := newBlock(t, 2)
	for i := range b.Transactions {
		b.Transactions[i] = transactionAt(t, i, 5)
	}
	b.seal()
	want(t, inclusion.Verify(b.entry(1), b.prove(t, 1), anchors(t, nil, b.Header)), driver.Failed, "is for chain 5, and the anchors are of chain 4242")
	old, err := types.SignNewTx(writer, types.HomesteadSigner{}, &types.LegacyTx{To: &ledgerAt, GasPrice: new(big.Int), Value: new(big.Int)})
	if err != nil {
		t.Fatal(err)
	}
	b.Transactions[1] = old
	b.seal()
	want(t, inclusion.Verify(b.entry(1), b.prove(t, 1), anchors(t, nil, b.Header)), driver.Verified, "")
}

// TestTheSenderIsRecovered: who signed is told by the signature in the block, whoever the entry names.
func TestTheSenderIsRecovered(t *testing.T) {
	b := newBlock(t, 1)
	tx, err := types.SignNewTx(stranger, types.LatestSignerForChainID(big.NewInt(chainID)), &types.DynamicFeeTx{ChainID: big.NewInt(chainID), To: &ledgerAt})
	if err != nil {
		t.Fatal(err)
	}
	b.Transactions[0] = tx
	b.seal()
	want(t, inclusion.Verify(b.entry(0), b.prove(t, 0), anchors(t, nil, b.Header)), driver.Failed, "another author")
}

// TestNewRefusesWhatDoesNotHash: a node that gives other receipts than the block's is no source of a proof.
func TestNewRefusesWhatDoesNotHash(t *testing.T) {
	b := newBlock(t, 3)
	b.Receipts[1].Logs[0].Data = []byte("forged")
	if _, err := inclusion.New(&b.Block, 1, nil, nil); err == nil || err.Error() != "receipts: "+inclusion.ErrMismatch.Error() {
		t.Errorf("%v", err)
	}
	b = newBlock(t, 3)
	b.Transactions[1] = b.Transactions[0]
	if _, err := inclusion.New(&b.Block, 1, nil, nil); err == nil || err.Error() != "transactions: "+inclusion.ErrMismatch.Error() {
		t.Errorf("%v", err)
	}
	for _, place := range []int{-1, 3} {
		if _, err := inclusion.New(&newBlock(t, 3).Block, place, nil, nil); err == nil {
			t.Errorf("place %d of 3: no error", place)
		}
	}
}

package ethereum_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"net/url"
	"slices"
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
	f.mu.Lock()
	for i := range 3 {
		key := common.Hash{0xf1, byte(i)}
		f.keys = append(f.keys, key.Hex())
		tx := f.signed(&f.contract, fta.PackAppend(key, 0, []byte(`{"entry":"summary"}`), [][32]byte{{1}, {2}}))
		if err := f.backend.Client().SendTransaction(t.Context(), tx); err != nil {
			t.Fatal(err)
		}
	}
	f.backend.Commit()
	f.mu.Unlock()
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

// TestProofsHoldWithoutTheNode: every entry of a block is proven, and the proofs are verified when nobody answers any more.
func TestProofsHoldWithoutTheNode(t *testing.T) {
	f := fileEntries(t)
	wire := newCable(t, f.url)
	l, anchors := f.open(t, "", wire.URL), f.anchored(f.contract)()
	type pair struct {
		e *driver.Entry
		p *driver.Proof
	}
	var all []pair
	for _, key := range f.keys {
		e, p := proven(t, l, key)
		all = append(all, pair{e, p})
	}
	wire.outage()
	for i, one := range all {
		wantResult(t, driver.Verify(one.e, one.p, anchors), driver.Verified, "the header is checkpoint")
		wantResult(t, driver.Verify(all[(i+1)%3].e, one.p, anchors), driver.Failed, "")
	}
	_, err := l.Prove(t.Context(), all[0].e)
	wantCode(t, err, driver.Unavailable)
}

// TestProofsUpToACheckpoint: the section says which heights anchors pin, and a proof has the headers up to the next one.
func TestProofsUpToACheckpoint(t *testing.T) {
	f := fileEntries(t)
	h, err := f.backend.Client().HeaderByNumber(t.Context(), new(big.Int).SetUint64(f.height))
	if err != nil {
		t.Fatal(err)
	}
	trusted := anchorsOf(t, f.contract, map[string]any{"checkpoints": []any{map[string]any{"number": f.height, "hash": h.Hash()}}})
	e, p := proven(t, f.open(t, "", f.url), f.keys[1])
	wantResult(t, driver.Verify(e, p, trusted), driver.Undetermined, "no checkpoint is among the proof's 1 headers")
	section := fmt.Sprintf(`, "checkpoints": [1, %d, 900000]`, f.height)
	e, p = proven(t, f.open(t, section, f.url), f.keys[1])
	wantResult(t, driver.Verify(e, p, trusted), driver.Verified, fmt.Sprintf("the header is %d below checkpoint %d", f.height-e.Height, f.height))
}

// TestProofsByQuorum: the anchors name endpoints; who says otherwise is outvoted, and not counted.
func TestProofsByQuorum(t *testing.T) {
	f := fileEntries(t)
	a, b, c := newCable(t, f.url), newCable(t, f.url), interpose(t, f.url)
	trusted := anchorsOf(t, f.contract, map[string]any{"quorum": map[string]any{
		"endpoints": []string{hostOf(t, a.URL), hostOf(t, b.URL), hostOf(t, c.URL)}, "agree": 2}})
	l := f.open(t, "", a.URL, b.URL, c.URL)
	e, p := proven(t, l, f.keys[0])
	wantResult(t, driver.Verify(e, p, trusted), driver.Verified, "3 of 3 endpoints agree on the header (quorum)")
	c.alters("eth_getBlockByNumber", func(a *said) { a.Result = replaced(a.Result, `"parentHash":"0x`, `"parentHash":"0x77`, 2) })
	_, p = proven(t, l, f.keys[0])
	wantResult(t, driver.Verify(e, p, trusted), driver.Verified, "2 of 3 endpoints agree on the header (quorum)")
	_, p = proven(t, f.open(t, "", a.URL), f.keys[0])
	wantResult(t, driver.Verify(e, p, trusted), driver.Undetermined, "did not hear 2 of the anchors' endpoints")
}

func hostOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Host
}

// replaced puts one text after another in place of what stands there, of the same length in all.
func replaced(in json.RawMessage, at, by string, over int) json.RawMessage {
	i := bytes.Index(in, []byte(at))
	if i < 0 {
		return in
	}
	return slices.Concat(in[:i], []byte(by), in[i+len(at)+over:])
}

// TestProofsOfForgedAnswers: a node cannot make a proof of what the chain does not have.
func TestProofsOfForgedAnswers(t *testing.T) {
	f := fileEntries(t)
	anchors := f.anchored(f.contract)()
	forged := hex.EncodeToString([]byte(`{"entry":"forgery"}`))
	honest := hex.EncodeToString([]byte(`{"entry":"summary"}`))
	forge := func(a *said) { a.Result = bytes.ReplaceAll(a.Result, []byte(honest), []byte(forged)) }
	t.Run("logs alone", func(t *testing.T) {
		node := interpose(t, f.url)
		node.alters("eth_getLogs", forge)
		node.alters("eth_call", func(a *said) {
			a.Error = json.RawMessage(`{"code":-32000,"message":"missing trie node"}`)
			a.Result = nil
		})
		e, p := proven(t, f.open(t, "", node.URL), f.keys[0])
		if string(e.Body) != `{"entry":"forgery"}` {
			t.Fatalf("%s", e.Body)
		}
		wantResult(t, driver.Verify(e, p, anchors), driver.Failed, "the log has another body")
	})
	t.Run("receipts", func(t *testing.T) {
		node, e := interpose(t, f.url), get(t, f.open(t, "", f.url), f.keys[0])
		node.alters("eth_getBlockReceipts", forge)
		_, err := f.open(t, "", node.URL).Prove(t.Context(), e)
		wantCode(t, err, driver.Corrupt)
		node.alters("eth_getBlockReceipts", nil)
		_, p := proven(t, f.open(t, "", node.URL), f.keys[0])
		wantResult(t, driver.Verify(e, p, anchors), driver.Verified, "")
	})
	t.Run("receipts of one of two endpoints", func(t *testing.T) {
		node := interpose(t, f.url)
		node.alters("eth_getBlockReceipts", forge)
		e, p := proven(t, f.open(t, "", node.URL, f.url), f.keys[0])
		wantResult(t, driver.Verify(e, p, anchors), driver.Verified, "")
	})
	t.Run("the block", func(t *testing.T) {
		node, e := interpose(t, f.url), get(t, f.open(t, "", f.url), f.keys[0])
		node.alters("eth_getBlockByHash", func(a *said) { a.Result = replaced(a.Result, `"receiptsRoot":"0x`, `"receiptsRoot":"0x7777`, 4) })
		_, err := f.open(t, "", node.URL).Prove(t.Context(), e)
		wantCode(t, err, driver.Unsupported)
	})
}

// TestProofsFromOlderNodes: a node that cannot give a block's receipts at once gives each; one that has dropped them says so.
func TestProofsFromOlderNodes(t *testing.T) {
	f := fileEntries(t)
	anchors := f.anchored(f.contract)()
	node := interpose(t, f.url)
	l := f.open(t, "", node.URL)
	node.alters("eth_getBlockReceipts", func(a *said) {
		a.Error = json.RawMessage(`{"code":-32601,"message":"the method eth_getBlockReceipts does not exist"}`)
		a.Result = nil
	})
	e, p := proven(t, l, f.keys[2])
	wantResult(t, driver.Verify(e, p, anchors), driver.Verified, "checkpoint")
	null := func(a *said) { a.Result = json.RawMessage("null") }
	for _, method := range []string{"eth_getTransactionReceipt", "eth_getBlockReceipts", "eth_getBlockByHash"} {
		node.alters(method, null)
		_, err := l.Prove(t.Context(), e)
		wantCode(t, err, driver.Pruned)
	}
	for _, answer := range []string{"[]", "[null,null,null]", `[{}]`, `"receipts"`, `{}`} {
		node.alters("eth_getBlockByHash", nil)
		node.alters("eth_getBlockReceipts", func(a *said) { a.Result = json.RawMessage(answer) })
		_, err := l.Prove(t.Context(), e)
		if code := driver.CodeOf(err); code != driver.Corrupt && code != driver.Pruned {
			t.Errorf("%s: %v", answer, err)
		}
	}
	node.alters("eth_getBlockReceipts", func(a *said) {
		a.Error = json.RawMessage(`{"code":4444,"message":"pruned history unavailable"}`)
		a.Result = nil
	})
	_, err := l.Prove(t.Context(), e)
	wantCode(t, err, driver.Pruned)
}

// TestWhatIsNotProven: an entry that is not final has no proof yet, and a ledger whose logs do not show entries never has one.
func TestWhatIsNotProven(t *testing.T) {
	f := fileEntries(t)
	l := f.open(t, "", f.url)
	key := common.Hash{0xaa}
	f.send(&f.contract, contract.NewFTALedger().PackAppend(key, 0, []byte("{}"), nil))
	e, err := l.Get(t.Context(), driver.Ref{Key: key.Hex(), Finality: driver.Latest})
	if err != nil || e.Final {
		t.Fatalf("%+v, %v", e, err)
	}
	_, err = l.Prove(t.Context(), e)
	wantCode(t, err, driver.NotReady)
	_, err = l.Prove(t.Context(), &driver.Entry{Key: f.keys[0], Version: 7})
	wantCode(t, err, driver.NotFound)
	_, err = l.Prove(t.Context(), &driver.Entry{Version: 1})
	wantCode(t, err, driver.Invalid)
	counted := f.open(t, `, "events": [{"event": "Appended", "key": "key", "body": "body"}], "newest": null`, f.url)
	if d := counted.Describe(); d.Can(driver.AbilityProve) || len(d.ProofTypes) > 0 {
		t.Errorf("%+v", d)
	}
	_, err = counted.Prove(t.Context(), get(t, l, f.keys[0]))
	wantCode(t, err, driver.Unsupported)
}

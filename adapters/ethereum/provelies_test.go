package ethereum_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
)

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

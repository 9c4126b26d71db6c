package ethereum_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	_ "github.com/ftagateway/ftagateway/adapters/remote" // ledger+http
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
)

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

// TestProofsThroughAnotherGateway: a proof is as good when it came through somebody who may have altered it.
func TestProofsThroughAnotherGateway(t *testing.T) {
	f := fileEntries(t)
	server := httptest.NewServer(ledgerhttp.New(f.open(t, "", f.url), ledgerhttp.Options{}))
	t.Cleanup(server.Close)
	l, err := driver.Open(t.Context(), "ledger+"+server.URL, driver.Env{Store: newStore(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	e, p := proven(t, l, f.keys[0])
	wantResult(t, driver.Verify(e, p, f.anchored(f.contract)()), driver.Verified, "the header is checkpoint")
	e.Author.ID = "0x00000000000000000000000000000000000000aa"
	wantResult(t, driver.Verify(e, p, f.anchored(f.contract)()), driver.Failed, "another author")
}

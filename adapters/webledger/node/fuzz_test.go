package node

import (
	"context"
	"testing"

	abci "github.com/cometbft/cometbft/abci/types"
)

// FuzzTransaction puts what it likes into the mempool and into a block: each gets a code, nothing is an error, and the
// ledger takes nothing that is not signed.
func FuzzTransaction(f *testing.F) {
	f.Add([]byte(nil))
	f.Add([]byte(`o{"@context":"https://w3id.org/webledger/v1","type":"CreateWebLedgerRecord","record":{"id":"urn:uuid:1"}}`))
	f.Add([]byte(`c{"@context":"https://w3id.org/webledger/v1","type":"WebLedgerConfiguration","sequence":1}`))
	f.Add([]byte("x"))
	p := play(f)
	f.Fuzz(func(t *testing.T, tx []byte) {
		p.t = t
		r, err := p.CheckTx(context.Background(), &abci.RequestCheckTx{Tx: tx})
		if err != nil || r.Code == codeTaken {
			t.Errorf("mempool: %d %v", r.Code, err)
		}
		if codes, _ := p.block(tx); codes[0] != r.Code || p.now.Height != 0 {
			t.Errorf("mempool %d, block %v, height %d", r.Code, codes, p.now.Height)
		}
	})
}

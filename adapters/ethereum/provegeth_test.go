package ethereum_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
	"github.com/ftagateway/ftagateway/adapters/ethereum/devchain"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/deploy/ethereum/gethtest"
)

var update = flag.Bool("update", false, "record the proofs of a real geth anew, as what verifiers are tried on")

// onGeth is the reference contract on a real geth.
type onGeth struct {
	*sender
	node     *gethtest.Node
	contract common.Address
}

func referenceOnGeth(t *testing.T) *onGeth {
	t.Helper()
	n := gethtest.Start(t)
	g := &onGeth{node: n, sender: &sender{t: t, endpoint: n.HTTP, key: gethtest.Rich(t)}}
	g.contract = g.deploy(contract.CreationCode())
	g.send(devchain.Call{To: &g.contract, Data: contract.NewFTALedger().PackAdmit(g.address())})
	return g
}

func (g *onGeth) open(ctx context.Context, kv driver.KV) (driver.Ledger, error) {
	return driver.Open(ctx, at(g.endpoint, ""), driver.Env{Native: reference(g.contract, `, "finality": "latest"`), Store: kv, Signer: account.Local(g.key)})
}

// anchors pins every block that the node has now.
func (g *onGeth) anchors(ctx context.Context) driver.Anchors {
	client, err := ethclient.DialContext(ctx, g.endpoint)
	if err != nil {
		g.t.Fatal(err)
	}
	defer client.Close()
	newest, err := client.BlockNumber(ctx)
	if err != nil {
		g.t.Fatal(err)
	}
	var known []any
	for n := uint64(0); n <= newest; n++ {
		h, err := client.HeaderByNumber(ctx, new(big.Int).SetUint64(n))
		if err != nil {
			g.t.Fatal(err)
		}
		known = append(known, map[string]any{"number": n, "hash": h.Hash()})
	}
	return anchorsOf(g.t, g.contract, map[string]any{"checkpoints": known})
}

// TestProofsOnGeth plays the suite's level of proofs against a real geth.
func TestProofsOnGeth(t *testing.T) {
	g, kv := referenceOnGeth(t), newStore(t)
	open := func(ctx context.Context) (driver.Ledger, error) { return g.open(ctx, kv) }
	report := conformance.Test(t, conformance.Harness{
		Open: open, Reopen: open, NewKey: newKey, Author: driver.Author{Kind: "address", ID: fmt.Sprintf("%#x", g.address())},
		Anchors: func() driver.Anchors { return g.anchors(context.Background()) },
		OtherAnchors: func() driver.Anchors {
			return anchorsOf(t, g.contract, map[string]any{"checkpoints": []any{map[string]any{"number": 1, "hash": common.Hash{1}}}})
		},
	}, conformance.Options{Seed: 1, Levels: []conformance.Level{conformance.LevelProof}})
	if report.Summary.Pass < 8 || report.Summary.NotOffered > 0 {
		t.Errorf("%+v", report.Summary)
	}
}

// TestGethsProofsOutliveIt: what a real geth proved holds when it has ended. With -update the proofs become the vectors of
// package inclusion.
func TestGethsProofsOutliveIt(t *testing.T) {
	g := referenceOnGeth(t)
	fta, key := contract.NewFTALedger(), common.Hash{0xf7, 0xa0}
	for v, body := range []string{`{"event":"file"}`, `{"event":"correct"}`} {
		g.send(devchain.Call{To: &g.contract, Data: fta.PackAppend(key, uint64(v), []byte(body), [][32]byte{{1}, {2}})})
	}
	l, err := g.open(t.Context(), newStore(t))
	if err != nil {
		t.Fatal(err)
	}
	e, p := proven(t, l, key.Hex())
	anchors := g.anchors(t.Context())
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	g.node.Stop(t)
	wantResult(t, driver.Verify(e, p, anchors), driver.Verified, "the header is checkpoint")
	if *update {
		record(t, "geth", e, p, anchors)
	}
}

// record writes a proof as a gateway answers it, and its anchors.
func record(t *testing.T, name string, e *driver.Entry, p *driver.Proof, a driver.Anchors) {
	t.Helper()
	told := api.Proven{Key: e.Key, Version: e.Version, Body: e.Body, Author: api.Author{Kind: e.Author.Kind, ID: e.Author.ID},
		Height: e.Height, Index: e.Index, Tx: e.Tx, ChainTime: e.Time, Proof: p}
	for file, v := range map[string]any{name + ".proof.json": told, name + ".anchors.json": json.RawMessage(a)} {
		text, err := json.MarshalIndent(v, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("inclusion", "testdata", file), append(text, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

package node_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

func TestTheSameOperationsGiveTheSameHashes(t *testing.T) {
	first := open(t, t.TempDir())
	home := t.TempDir()
	copyGenesis(t, first, home)
	second := open(t, home)
	var ops []*protocol.Operation
	for i := range 5 {
		record := ld.Object{"id": fmt.Sprintf("urn:uuid:%d", i), "v": 1.0}
		ops = append(ops, first.create(record), first.update(record, ld.Object{"id": record["id"], "v": 2.0}, 0))
	}
	for _, op := range ops {
		first.mustPost(op)
		second.mustPost(op)
	}
	a, hashA := first.latest()
	b, hashB := second.latest()
	if a.Height != uint64(len(ops)) || a.Height != b.Height || hashA != hashB {
		t.Errorf("%s %s and %s %s", a.ID, hashA, b.ID, hashB)
	}
}

// copyGenesis gives a folder the genesis and the keys of a node that has not answered yet, as a node has them that
// begins the same ledger.
func copyGenesis(t *testing.T, n *ledgerNode, home string) {
	t.Helper()
	if err := os.CopyFS(filepath.Join(home, "config"), os.DirFS(filepath.Join(n.home, "config"))); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(home, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	unsigned := []byte(`{"height":"0","round":0,"step":0}`)
	if err := os.WriteFile(filepath.Join(home, "data", "priv_validator_state.json"), unsigned, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestANodeIsOpenedAgainWhereItStood(t *testing.T) {
	home := t.TempDir()
	n := open(t, home)
	n.mustPost(n.create(ld.Object{"id": "urn:uuid:1"}))
	before, hash := n.latest()
	agent := n.agent
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, home)
	after, hashAgain := again.latest()
	if after.Height != before.Height || hash != hashAgain || agent.ID != again.agent.ID || agent.TargetNode != again.agent.TargetNode {
		t.Errorf("%s %s, then %s %s", before.ID, hash, after.ID, hashAgain)
	}
	again.mustPost(again.create(ld.Object{"id": "urn:uuid:2"}))
}

func TestOpenRefuses(t *testing.T) {
	home := t.TempDir()
	n := open(t, home)
	broken := t.TempDir()
	copyGenesis(t, n, broken)
	if err := os.Remove(filepath.Join(broken, "data", "priv_validator_state.json")); err != nil {
		t.Fatal(err)
	}
	signers := []string{didOf(signer)}
	for name, cfg := range map[string]node.Config{
		"no home":                  {ApprovedSigners: signers},
		"nobody who may write":     {Home: t.TempDir()},
		"a signer that is no key":  {Home: t.TempDir(), ApprovedSigners: []string{"did:key:z6Mk"}},
		"a ledger that is no URI":  {Home: t.TempDir(), ApprovedSigners: signers, Ledger: "ledger"},
		"a base URL with a path":   {Home: t.TempDir(), ApprovedSigners: signers, BaseURL: "https://ledger.example/x"},
		"a folder that is in use":  {Home: home, ApprovedSigners: signers},
		"another ledger's folder":  {Home: home, ApprovedSigners: signers, Ledger: "urn:uuid:other"},
		"no validator state":       {Home: broken, ApprovedSigners: signers},
		"a file for a folder":      {Home: os.DevNull, ApprovedSigners: signers},
		"a folder under something": {Home: filepath.Join(os.DevNull, "x"), ApprovedSigners: signers},
	} {
		if opened, err := node.Open(context.Background(), cfg); err == nil {
			t.Errorf("%s: opened", name)
			opened.Close()
		}
	}
}

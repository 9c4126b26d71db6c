package protocol_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// vectors are what jsonld.js and rdf-canonize make of the same messages; testdata/vectors.mjs makes them.
type vectors struct {
	Ledger         string
	ApprovedSigner []string
	Operations     []struct {
		Name, Hash string
		Document   json.RawMessage
	}
	Trees []struct {
		Leaves []string
		Hash   string
	}
	Genesis, Block struct {
		Document        json.RawMessage
		Hash, EventHash string
	}
}

func loadVectors(t testing.TB) *vectors {
	t.Helper()
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return &v
}

func TestOperationHashesAreThoseOfTheProtocolsAuthors(t *testing.T) {
	for _, v := range loadVectors(t).Operations {
		op, err := protocol.ParseOperation(v.Document)
		if err != nil {
			t.Errorf("%s: %v", v.Name, err)
			continue
		}
		if op.Hash != v.Hash {
			t.Errorf("%s: hash %s, want %s", v.Name, op.Hash, v.Hash)
		}
	}
}

func TestTreeHash(t *testing.T) {
	for _, v := range loadVectors(t).Trees {
		if got := protocol.TreeHash(v.Leaves); got != v.Hash {
			t.Errorf("tree of %d: %s, want %s", len(v.Leaves), got, v.Hash)
		}
	}
}

func TestBlockAndEventHashesAreThoseOfTheProtocolsAuthors(t *testing.T) {
	v := loadVectors(t)
	genesis, err := protocol.ParseBlock(v.Genesis.Document)
	if err != nil {
		t.Fatal(err)
	}
	block, err := protocol.ParseBlock(v.Block.Document)
	if err != nil {
		t.Fatal(err)
	}
	if genesis.Hash != v.Genesis.Hash || genesis.Events[0].Hash != v.Genesis.EventHash {
		t.Errorf("genesis %s with event %s, want %s with %s", genesis.Hash, genesis.Events[0].Hash, v.Genesis.Hash, v.Genesis.EventHash)
	}
	if block.Hash != v.Block.Hash || block.Events[0].Hash != v.Block.EventHash {
		t.Errorf("block %s with event %s, want %s with %s", block.Hash, block.Events[0].Hash, v.Block.Hash, v.Block.EventHash)
	}
	if err := block.Follows(v.Ledger, genesis); err != nil {
		t.Error(err)
	}
}

func TestBlocksThatAreMadeAreThoseOfTheProtocolsAuthors(t *testing.T) {
	v := loadVectors(t)
	c, err := protocol.NewConfiguration(v.Ledger, v.ApprovedSigner)
	if err != nil {
		t.Fatal(err)
	}
	genesis, err := protocol.NewGenesis(c)
	if err != nil {
		t.Fatal(err)
	}
	var ops []*protocol.Operation
	for _, o := range v.Operations {
		op, err := protocol.ParseOperation(o.Document)
		if err != nil {
			t.Fatal(err)
		}
		ops = append(ops, op)
	}
	event, err := protocol.NewOperationEvent(genesis, ops)
	if err != nil {
		t.Fatal(err)
	}
	block, err := protocol.NewBlock(v.Ledger, genesis, []*protocol.Event{event})
	if err != nil {
		t.Fatal(err)
	}
	if genesis.Hash != v.Genesis.Hash || block.Hash != v.Block.Hash {
		t.Errorf("genesis %s and block %s, want %s and %s", genesis.Hash, block.Hash, v.Genesis.Hash, v.Block.Hash)
	}
}

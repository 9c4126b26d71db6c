package protocol_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

// chain is a genesis block and a block of two operations after it.
func chain(t testing.TB) (genesis, block *protocol.Block) {
	t.Helper()
	genesis, err := protocol.NewGenesis(configuration(t, key(1)))
	if err != nil {
		t.Fatal(err)
	}
	ops := []*protocol.Operation{create(t, ld.Object{"id": "urn:uuid:1"}), create(t, ld.Object{"id": "urn:uuid:2"})}
	event, err := protocol.NewOperationEvent(genesis, ops)
	if err != nil {
		t.Fatal(err)
	}
	block, err = protocol.NewBlock(ledger, genesis, []*protocol.Event{event})
	if err != nil {
		t.Fatal(err)
	}
	return genesis, block
}

func blockText(t testing.TB, b *protocol.Block) string {
	t.Helper()
	text, err := ld.JCS(b.Object)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestBlockIsReadBackAsItWasMade(t *testing.T) {
	genesis, block := chain(t)
	for _, b := range []*protocol.Block{genesis, block} {
		read, err := protocol.ParseBlock([]byte(blockText(t, b)))
		if err != nil {
			t.Fatal(err)
		}
		if read.Hash != b.Hash || len(read.Operations()) != len(b.Operations()) {
			t.Errorf("%s: %d operations with hash %s, want %d with %s", b.ID, len(read.Operations()), read.Hash, len(b.Operations()), b.Hash)
		}
	}
}

// altered is a block of which one text was exchanged for another.
func altered(t testing.TB, b *protocol.Block, from, to string) *protocol.Block {
	t.Helper()
	text := blockText(t, b)
	if !strings.Contains(text, from) {
		t.Fatalf("no %s in %s", from, text)
	}
	read, err := protocol.ParseBlock([]byte(strings.Replace(text, from, to, 1)))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestHashCoversEverythingInABlock(t *testing.T) {
	_, block := chain(t)
	for _, change := range [][2]string{
		{`"urn:uuid:1"`, `"urn:uuid:3"`},
		{`"creator":"did:key:z6Mk`, `"creator":"did:key:z6Mx`},
		{`"created":"2026`, `"created":"2025`},
		{`"proofValue":"z`, `"proofValue":"z1`},
		{`"basisBlockHeight":0`, `"basisBlockHeight":1`},
		{`"parentHash":["zQm`, `"parentHash":["zQn`},
		{`"treeHash":"zQm`, `"treeHash":"zQn`},
		{`"previousBlockHash":"zQm`, `"previousBlockHash":"zQn`},
		{`/blocks/0"`, `/blocks/1"`},
		{`"blockHeight":1`, `"blockHeight":2`},
	} {
		if altered(t, block, change[0], change[1]).Hash == block.Hash {
			t.Errorf("the same hash with %s for %s", change[1], change[0])
		}
	}
}

func TestHashOfGenesisCoversWhoMayWrite(t *testing.T) {
	genesis, _ := chain(t)
	for _, change := range [][2]string{{didOf(key(1)), didOf(key(2))}, {`"UpdateWebLedgerRecord"`, `"CreateWebLedgerRecord"`}} {
		if altered(t, genesis, change[0], change[1]).Hash == genesis.Hash {
			t.Errorf("the same hash with %s for %s", change[1], change[0])
		}
	}
}

func TestFollowsHoldsABlockAgainstTheOneBefore(t *testing.T) {
	genesis, block := chain(t)
	if err := block.Follows(ledger, genesis); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		block, previous *protocol.Block
		ledger          string
	}{
		"of another ledger":     {block, genesis, "urn:uuid:other"},
		"after itself":          {block, block, ledger},
		"another parent's hash": {altered(t, block, `"previousBlockHash":"zQm`, `"previousBlockHash":"zQn`), genesis, ledger},
		"another method":        {altered(t, block, protocol.ConsensusMethod, "urn:x:y"), genesis, ledger},
		"another basis":         {altered(t, block, `"basisBlockHeight":0`, `"basisBlockHeight":7`), genesis, ledger},
		"an operation changed":  {altered(t, block, `"urn:uuid:1"`, `"urn:uuid:3"`), genesis, ledger},
		"in another order":      {swapped(t, block), genesis, ledger},
	} {
		if test.block.Follows(test.ledger, test.previous) == nil {
			t.Errorf("%s: follows", name)
		}
	}
}

// swapped is a block with its two operations in the other order, and the same hash: RDF knows no order.
func swapped(t *testing.T, b *protocol.Block) *protocol.Block {
	t.Helper()
	obj, err := ld.Parse([]byte(blockText(t, b)), ld.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	ops := obj["event"].([]any)[0].(map[string]any)["operation"].([]any)
	ops[0], ops[1] = ops[1], ops[0]
	text, err := ld.JCS(obj)
	if err != nil {
		t.Fatal(err)
	}
	read, err := protocol.ParseBlock(text)
	if err != nil {
		t.Fatal(err)
	}
	if read.Hash != b.Hash {
		t.Error("the hash alone tells the order; treeHash is not needed")
	}
	return read
}

func TestParseBlockRefuses(t *testing.T) {
	_, block := chain(t)
	good := blockText(t, block)
	for name, test := range map[string][2]string{ // what is exchanged for what
		"another type":         {`"type":"WebLedgerEventBlock"`, `"type":"Block"`},
		"unknown property":     {`"type":"WebLedgerEventBlock"`, `"type":"WebLedgerEventBlock","more":1`},
		"relative id":          {`"id":"` + block.ID, `"id":"blocks/1`},
		"height as text":       {`"blockHeight":1`, `"blockHeight":"1"`},
		"no event":             {`"event":[`, `"event":[],"events":[`},
		"event of no type":     {`"type":"WebLedgerOperationEvent"`, `"type":"Event"`},
		"event with more":      {`"type":"WebLedgerOperationEvent"`, `"type":"WebLedgerOperationEvent","more":1`},
		"event is text":        {`"event":[{`, `"event":["x",{`},
		"operation is text":    {`"operation":[{`, `"operation":["x",{`},
		"operation is no such": {`"type":"CreateWebLedgerRecord"`, `"type":"Create"`},
		"no parent":            {`"parentHash":["` + block.Events[0].ParentHash[0] + `"]`, `"parentHash":[]`},
		"no previous block":    {`"previousBlock":`, `"nextBlock":`},
		"a key twice":          {`"blockHeight":1`, `"blockHeight":1,"blockHeight":1`},
		"truncated":            {`"type":"WebLedgerEventBlock"}`, `"type":"WebLedgerEventBlock"`},
	} {
		text := strings.Replace(good, test[0], test[1], 1)
		if text == good {
			t.Fatalf("%s: no %s in %s", name, test[0], good)
		}
		if _, err := protocol.ParseBlock([]byte(text)); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

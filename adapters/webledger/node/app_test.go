package node

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/did"
)

// These tests put blocks before the application that no honest validator proposes, and play blocks twice, as consensus
// does after a crash. No HTTP and no CometBFT stand in between.

const testLedger = "urn:uuid:6e2b8e0a-6d6c-4c4b-8f4e-3f6f2f3a5b10"

func testKey(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func testDID(n byte) string { return did.FromEd25519(testKey(n).Public().(ed25519.PublicKey)) }

func testSender(n byte) protocol.Sender {
	at := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	return protocol.Sender{Signer: testKey(n), Creator: testDID(200), Now: func() time.Time { return at }}
}

func testGenesis(t testing.TB) []byte {
	t.Helper()
	c, err := protocol.NewConfiguration(testLedger, []string{testDID(1)})
	if err != nil {
		t.Fatal(err)
	}
	state, err := json.Marshal(genesisState{c.Bytes, []string{testDID(200)}})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// played is an application on a store of its own, and the blocks that were put before it.
type played struct {
	*app
	t      testing.TB
	height int64
}

func play(t testing.TB) *played {
	t.Helper()
	s, err := openStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() })
	a, err := newApp(s, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a first start that was ended early begins again
		if _, err := a.InitChain(context.Background(), &abci.RequestInitChain{AppStateBytes: testGenesis(t)}); err != nil {
			t.Fatal(err)
		}
	}
	return &played{a, t, 0}
}

// finalize plays a block without committing it, and answers the codes of its transactions.
func (p *played) finalize(txs ...[]byte) (codes []uint32, appHash string) {
	p.t.Helper()
	r, err := p.FinalizeBlock(context.Background(), &abci.RequestFinalizeBlock{Height: p.height + 1, Time: time.Unix(p.height, 0), Txs: txs})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, result := range r.TxResults {
		codes = append(codes, result.Code)
	}
	return codes, hex.EncodeToString(r.AppHash)
}

func (p *played) block(txs ...[]byte) (codes []uint32, appHash string) {
	p.t.Helper()
	codes, appHash = p.finalize(txs...)
	if _, err := p.Commit(context.Background(), &abci.RequestCommit{}); err != nil {
		p.t.Fatal(err)
	}
	p.height++
	return codes, appHash
}

func (p *played) accepts(txs ...[]byte) bool {
	p.t.Helper()
	r, err := p.ProcessProposal(context.Background(), &abci.RequestProcessProposal{Txs: txs})
	if err != nil {
		p.t.Fatal(err)
	}
	return r.Status == abci.ResponseProcessProposal_ACCEPT
}

func (p *played) create(id string, signer byte) []byte {
	p.t.Helper()
	return p.createFrom(id, testSender(signer))
}

func (p *played) createFrom(id string, from protocol.Sender) []byte {
	p.t.Helper()
	op, err := protocol.NewCreate(ld.Object{"id": id}, from)
	if err != nil {
		p.t.Fatal(err)
	}
	return operationMessage(op).tx
}

func (p *played) configure(approved, by byte) []byte {
	p.t.Helper()
	c, _ := p.inForce()
	next, err := c.Next([]string{testDID(approved)}, testSender(by))
	if err != nil {
		p.t.Fatal(err)
	}
	m, err := configurationMessage(next)
	if err != nil {
		p.t.Fatal(err)
	}
	return m.tx
}

func TestConsensusRefusesWhatTheMempoolWould(t *testing.T) {
	p := play(t)
	elsewhere := testSender(1)
	elsewhere.Creator = testDID(201)
	taken := p.create("urn:uuid:taken", 1)
	p.block(taken)
	for name, test := range map[string]struct {
		tx   []byte
		code uint32
	}{
		"nothing":              {nil, codeMalformed},
		"no tag":               {taken[1:], codeMalformed},
		"truncated":            {taken[:len(taken)-1], codeMalformed},
		"stands there already": {taken, codeDuplicate},
		"by a stranger":        {p.create("urn:uuid:1", 2), codeRefused},
		"for another node":     {p.createFrom("urn:uuid:1", elsewhere), codeRefused},
		"changed":              {bytes.Replace(p.create("urn:uuid:1", 1), []byte("urn:uuid:1"), []byte("urn:uuid:2"), 1), codeRefused},
		"configured by none":   {p.configure(2, 2), codeRefused},
	} {
		r, err := p.CheckTx(context.Background(), &abci.RequestCheckTx{Tx: test.tx})
		if err != nil || r.Code != test.code {
			t.Errorf("%s: mempool answers %d %v, want %d", name, r.Code, err, test.code)
		}
		if p.accepts(p.create("urn:uuid:good", 1), test.tx) {
			t.Errorf("%s: proposal accepted", name)
		}
		before := p.now
		if codes, _ := p.block(test.tx); codes[0] != test.code || p.now.Height != before.Height || !bytes.Equal(p.now.AppHash, before.AppHash) {
			t.Errorf("%s: code %d, ledger went from %+v to %+v", name, codes[0], before, p.now)
		}
	}
}

func TestAProposalHoldsWhatCanBeTaken(t *testing.T) {
	p := play(t)
	good, bad := p.create("urn:uuid:1", 1), p.create("urn:uuid:2", 2)
	r, err := p.PrepareProposal(context.Background(), &abci.RequestPrepareProposal{Txs: [][]byte{bad, good}, MaxTxBytes: 1 << 20})
	if err != nil || len(r.Txs) != 1 || !bytes.Equal(r.Txs[0], good) {
		t.Errorf("%d transactions: %v", len(r.Txs), err)
	}
	r, err = p.PrepareProposal(context.Background(), &abci.RequestPrepareProposal{Txs: [][]byte{good}, MaxTxBytes: int64(len(good)) - 1})
	if err != nil || len(r.Txs) != 0 {
		t.Errorf("%d transactions in a block that is too small: %v", len(r.Txs), err)
	}
}

func TestOneBlockTakesAMessageOnce(t *testing.T) {
	p := play(t)
	op, first, second := p.create("urn:uuid:1", 1), p.configure(2, 1), p.configure(3, 1)
	codes, _ := p.block(op, op, first, second)
	if !slices.Equal(codes, []uint32{codeTaken, codeDuplicate, codeTaken, codeFull}) {
		t.Errorf("codes %v", codes)
	}
	if c, st := p.inForce(); c.Sequence != 1 || st.Height != 1 || len(st.EventHashes) != 2 {
		t.Errorf("sequence %d, %+v", c.Sequence, st)
	}
}

// A configuration is in force from the next block on, wherever in its block it stands.
func TestABlockIsCheckedAgainstTheConfigurationBeforeIt(t *testing.T) {
	p := play(t)
	if codes, _ := p.block(p.configure(2, 1), p.create("urn:uuid:1", 1), p.create("urn:uuid:2", 2)); !slices.Equal(codes, []uint32{codeTaken, codeTaken, codeRefused}) {
		t.Errorf("codes %v", codes)
	}
	if codes, _ := p.block(p.create("urn:uuid:3", 1), p.create("urn:uuid:4", 2)); !slices.Equal(codes, []uint32{codeRefused, codeTaken}) {
		t.Errorf("codes %v afterwards", codes)
	}
}

func TestABlockPlayedAgainDoesTheSame(t *testing.T) {
	p := play(t)
	p.block(p.create("urn:uuid:1", 1))
	txs := [][]byte{p.create("urn:uuid:2", 1), p.create("urn:uuid:1", 1), p.create("urn:uuid:3", 1)}
	firstCodes, firstHash := p.finalize(txs...)
	p.messages = newMessages() // as after a restart
	codes, hash := p.block(txs...)
	if hash != firstHash || !slices.Equal(codes, firstCodes) {
		t.Errorf("%v %s, then %v %s", firstCodes, firstHash, codes, hash)
	}
}

// These hashes are what every validator of a network must come to. If this test fails, the change it fails for cannot
// be brought into a ledger that exists.
func TestAppHashStays(t *testing.T) {
	p := play(t)
	_, first := p.block(p.create("urn:uuid:1", 1), p.create("urn:uuid:2", 1))
	_, empty := p.block()
	_, second := p.block(p.create("urn:uuid:1", 1), p.configure(2, 1))
	got := []string{p.now.BlockHash, first, empty, second}
	want := []string{
		"zQmXHfE8Lj8y6jdy2XZCyiqTHA6rZB4uky9DerdfegQKq9p",
		"bf3670cee5cb6336a6af703317a675124aa45ca2bfb07c59a5d3e11c6334d8b1",
		"bf3670cee5cb6336a6af703317a675124aa45ca2bfb07c59a5d3e11c6334d8b1",
		"63973503baa36c91e0a81ce5c1534208a9a119b87bde65ca0392b98d6bee2ea8",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}

func TestAFullBlockTakesNoMore(t *testing.T) {
	p := play(t)
	var txs [][]byte
	for i := range protocol.MaxEventOperations + 1 {
		txs = append(txs, p.create(fmt.Sprintf("urn:uuid:%d", i), 1))
	}
	if p.accepts(txs...) {
		t.Error("proposal of more than an event holds is accepted")
	}
	codes, _ := p.block(txs...)
	if codes[protocol.MaxEventOperations-1] != codeTaken || codes[protocol.MaxEventOperations] != codeFull {
		t.Errorf("the last codes are %v", codes[protocol.MaxEventOperations-1:])
	}
}

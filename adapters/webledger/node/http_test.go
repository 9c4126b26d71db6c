package node_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

func (n *ledgerNode) mustPost(op *protocol.Operation) {
	n.Helper()
	if status, body := n.post(op); status != http.StatusNoContent {
		n.Fatalf("operation: %d %s", status, body)
	}
}

func (n *ledgerNode) update(from, to ld.Object, sequence uint64) *protocol.Operation {
	n.Helper()
	op, err := protocol.NewUpdate(from, to, sequence, n.sender())
	if err != nil {
		n.Fatal(err)
	}
	return op
}

// latest is the newest block, with the hash that the node says it has.
func (n *ledgerNode) latest() (*protocol.Block, string) {
	n.Helper()
	var ends protocol.BlocksAnswer
	n.getInto(n.agent.Service.Block, &ends)
	return n.parse(ends.Latest), ends.Latest.Meta.BlockHash
}

func (n *ledgerNode) parse(answer protocol.BlockAnswer) *protocol.Block {
	n.Helper()
	b, err := protocol.ParseBlock(answer.Block)
	if err != nil {
		n.Fatal(err)
	}
	if b.Hash != answer.Meta.BlockHash || !answer.Meta.Consensus {
		n.Errorf("%s: meta %+v, hash is %s", b.ID, answer.Meta, b.Hash)
	}
	return b
}

func (n *ledgerNode) block(height uint64) *protocol.Block {
	n.Helper()
	var answer protocol.BlockAnswer
	n.getInto(n.agent.Service.Block+"?id="+url.QueryEscape(protocol.BlockID(ledger, height)), &answer)
	return n.parse(answer)
}

func TestAgentsLeadToEverything(t *testing.T) {
	n := open(t, t.TempDir())
	var list protocol.AgentList
	n.getInto(n.url+"/ledger-agents", &list)
	if len(list.LedgerAgent) != 1 || list.LedgerAgent[0].Service != n.agent.Service || list.LedgerAgent[0].ID != n.agent.ID {
		t.Errorf("%+v, want one like %+v", list, n.agent)
	}
	if !strings.HasPrefix(n.agent.ID, "urn:uuid:") || n.agent.TargetNode != n.TargetNode() || !strings.HasPrefix(n.TargetNode(), "did:key:z6Mk") {
		t.Errorf("%+v", n.agent)
	}
	if c := n.configuration(); c.Ledger != ledger || c.OperationValidators[0].ApprovedSigner[0] != didOf(signer) {
		t.Errorf("configuration %s", c.Bytes)
	}
}

func TestServicesAreWhereTheBaseURLSays(t *testing.T) {
	n, err := node.Open(context.Background(), node.Config{Home: t.TempDir(), ApprovedSigners: []string{didOf(signer)}, BaseURL: "https://ledger.example"})
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	answer := httptest.NewRecorder()
	n.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/ledger-agents", nil))
	var list protocol.AgentList
	if err := json.Unmarshal(answer.Body.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	if s := list.LedgerAgent[0].Service; !strings.HasPrefix(s.Query, "https://ledger.example/ledger-agents/") {
		t.Errorf("%+v", s)
	}
}

func TestEveryBlockFollowsTheOneBefore(t *testing.T) {
	n := open(t, t.TempDir())
	record := ld.Object{"id": "urn:uuid:1", "version": 1.0, "text": "<é> & \u2028"}
	second := ld.Object{"id": "urn:uuid:1", "version": 2.0}
	n.mustPost(n.create(record))
	n.mustPost(n.update(record, second, 0))
	latest, hash := n.latest()
	if latest.Height != 2 || hash != n.block(2).Hash {
		t.Fatalf("latest is %s %s", latest.ID, hash)
	}
	previous := n.block(0)
	for height := uint64(1); height <= 2; height++ {
		b := n.block(height)
		if err := b.Follows(ledger, previous); err != nil {
			t.Error(err)
		}
		previous = b
	}
	if answer, _ := n.query("urn:uuid:1"); string(answer.Record) != `{"id":"urn:uuid:1","version":2}` || answer.Meta.Sequence != 1 {
		t.Errorf("%s at %d", answer.Record, answer.Meta.Sequence)
	}
}

func TestEventsAreFoundByTheirHash(t *testing.T) {
	n := open(t, t.TempDir())
	n.mustPost(n.create(ld.Object{"id": "urn:uuid:1"}))
	for height := uint64(0); height <= 1; height++ {
		want := n.block(height).Events[0]
		var answer protocol.EventAnswer
		n.getInto(n.agent.Service.Event+"?id="+want.Hash, &answer)
		text, err := ld.JCS(want.Object)
		if err != nil {
			t.Fatal(err)
		}
		if string(answer.Event) != string(text) || answer.Meta.EventHash != want.Hash || answer.Meta.BlockHeight != height {
			t.Errorf("%s %+v", answer.Event, answer.Meta)
		}
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	n := open(t, t.TempDir())
	for _, url := range []string{
		n.agent.Service.Query + "?id=urn:uuid:none", n.agent.Service.Query, n.agent.Service.Event + "?id=zQmNone", n.agent.Service.Event,
		n.agent.Service.Block + "?id=" + ledger + "/blocks/1", n.agent.Service.Block + "?id=" + ledger + "/blocks/00",
		n.agent.Service.Block + "?id=" + ledger + "/blocks/99999999999999999999", n.agent.Service.Block + "?id=urn:other/blocks/0",
		n.url + "/ledger-agents/other", n.url + "/",
	} {
		status, body := n.call(http.MethodGet, url, nil)
		var f protocol.Failure
		if err := json.Unmarshal(body, &f); err != nil || status != http.StatusNotFound || f.Type != protocol.FailureNotFound {
			t.Errorf("%s: %d %s", url, status, body)
		}
	}
}

func TestTheSameOperationIsTakenOnce(t *testing.T) {
	n := open(t, t.TempDir())
	op := n.create(ld.Object{"id": "urn:uuid:1"})
	statuses := make([]int, 8)
	var senders sync.WaitGroup
	began := time.Now()
	for i := range statuses {
		senders.Go(func() { statuses[i], _ = n.post(op) })
	}
	senders.Wait()
	if took := time.Since(began); took > 9*time.Second {
		t.Errorf("waited %v for what stood there already", took)
	}
	slices.Sort(statuses)
	if statuses = slices.Compact(statuses); statuses[0] != http.StatusNoContent || statuses[len(statuses)-1] > http.StatusConflict || len(statuses) > 2 {
		t.Errorf("several at once: %v", statuses)
	}
	if status, body := n.post(op); status != http.StatusConflict || !strings.Contains(string(body), string(protocol.FailureDuplicate)) {
		t.Errorf("replayed: %d %s", status, body)
	}
	if latest, _ := n.latest(); latest.Height != 1 || len(latest.Operations()) != 1 {
		t.Errorf("%s holds %d operations", latest.ID, len(latest.Operations()))
	}
}

// An operation may be right and yet come too late. The protocol acknowledges it: it stands in a block, and whoever
// replays the blocks finds that it had no effect.
func TestAnOperationWithoutEffectStandsInItsBlock(t *testing.T) {
	n := open(t, t.TempDir())
	one, two, three := ld.Object{"id": "urn:uuid:1", "v": 1.0}, ld.Object{"id": "urn:uuid:1", "v": 2.0}, ld.Object{"id": "urn:uuid:1", "v": 3.0}
	for _, op := range []*protocol.Operation{n.create(one), n.update(one, two, 0), n.update(one, three, 0), n.update(two, three, 2), n.create(three)} {
		n.mustPost(op)
	}
	if answer, _ := n.query("urn:uuid:1"); string(answer.Record) != `{"id":"urn:uuid:1","v":2}` || answer.Meta.Sequence != 1 {
		t.Errorf("%s at %d", answer.Record, answer.Meta.Sequence)
	}
	if records := n.replay(); string(records["urn:uuid:1"].Record) != `{"id":"urn:uuid:1","v":2}` {
		t.Errorf("replayed: %s", records["urn:uuid:1"].Record)
	}
}

// chain is all blocks, each of which follows the one before.
func (n *ledgerNode) chain() []*protocol.Block {
	n.Helper()
	latest, _ := n.latest()
	blocks := []*protocol.Block{n.block(0)}
	for height := uint64(1); height <= latest.Height; height++ {
		b := n.block(height)
		if err := b.Follows(ledger, blocks[height-1]); err != nil {
			n.Fatal(err)
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// replay folds all blocks into records, as anybody can who has them.
func (n *ledgerNode) replay() map[string]*protocol.Standing {
	n.Helper()
	records := map[string]*protocol.Standing{}
	for _, b := range n.chain() {
		for _, op := range b.Operations() {
			records[op.RecordID()], _ = protocol.Apply(records[op.RecordID()], op)
		}
	}
	return records
}

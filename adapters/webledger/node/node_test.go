package node_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/did"
)

const ledger = "urn:uuid:6e2b8e0a-6d6c-4c4b-8f4e-3f6f2f3a5b10"

// signer is the one key that test ledgers approve of.
var signer = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

func didOf(key ed25519.PrivateKey) string { return did.FromEd25519(key.Public().(ed25519.PublicKey)) }

// ledgerNode is a node with the addresses at which it answers.
type ledgerNode struct {
	*node.Node
	testing.TB
	url   string
	home  string
	agent protocol.Agent
}

func open(t testing.TB, home string) *ledgerNode {
	t.Helper()
	return openWith(t, node.Config{Home: home})
}

// openWith opens a node whose configuration says what is left out here.
func openWith(t testing.TB, cfg node.Config) *ledgerNode {
	t.Helper()
	if cfg.Home == "" {
		cfg.Home = t.TempDir()
	}
	cfg.Ledger, cfg.ApprovedSigners = ledger, []string{didOf(signer)}
	n, err := node.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, n, cfg.Home)
}

// serve serves a node, and closes both with the test.
func serve(t testing.TB, n *node.Node, home string) *ledgerNode {
	t.Helper()
	server := httptest.NewServer(n.Handler())
	t.Cleanup(func() {
		server.Close()
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	ln := &ledgerNode{Node: n, TB: t, url: server.URL, home: home}
	var list protocol.AgentList
	ln.getInto(server.URL+"/ledger-agents", &list)
	ln.getInto(list.LedgerAgent[0].Service.Status, &ln.agent)
	return ln
}

func (n *ledgerNode) getInto(url string, into any) {
	n.Helper()
	status, body := n.call(http.MethodGet, url, nil)
	if status != http.StatusOK {
		n.Fatalf("GET %s: %d %s", url, status, body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		n.Fatalf("GET %s: %v", url, err)
	}
}

func (n *ledgerNode) call(method, url string, body []byte) (int, []byte) {
	n.Helper()
	req, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		n.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		n.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		n.Fatal(err)
	}
	return resp.StatusCode, answer
}

func (n *ledgerNode) post(op *protocol.Operation) (int, []byte) {
	return n.call(http.MethodPost, n.agent.Service.Operation, op.Bytes)
}

func (n *ledgerNode) sender() protocol.Sender {
	at := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	return protocol.Sender{Signer: signer, Creator: n.agent.TargetNode, Now: func() time.Time { return at }}
}

func (n *ledgerNode) create(record ld.Object) *protocol.Operation {
	n.Helper()
	op, err := protocol.NewCreate(record, n.sender())
	if err != nil {
		n.Fatal(err)
	}
	return op
}

func (n *ledgerNode) query(id string) (protocol.RecordAnswer, int) {
	n.Helper()
	status, body := n.call(http.MethodPost, n.agent.Service.Query+"?id="+url.QueryEscape(id), []byte("{}"))
	var answer protocol.RecordAnswer
	if err := json.Unmarshal(body, &answer); err != nil {
		n.Fatalf("%s: %v", body, err)
	}
	return answer, status
}

func TestAnOperationIsReadBackFromTheBlockThatHoldsIt(t *testing.T) {
	n := open(t, t.TempDir())
	op := n.create(ld.Object{"id": "urn:uuid:1", "version": 1.0})
	if status, body := n.post(op); status != http.StatusNoContent {
		t.Fatalf("%d %s", status, body)
	}
	answer, status := n.query("urn:uuid:1")
	if status != http.StatusOK || string(answer.Record) != `{"id":"urn:uuid:1","version":1}` || answer.Meta.Sequence != 0 {
		t.Fatalf("%d %s %d", status, answer.Record, answer.Meta.Sequence)
	}
}

package node_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/did"
)

func Example() {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		log.Fatal(err)
	}
	home, err := os.MkdirTemp("", "webledger")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(home)
	n, err := node.Open(context.Background(), node.Config{Home: home, ApprovedSigners: []string{did.FromEd25519(public)}})
	if err != nil {
		log.Fatal(err)
	}
	defer n.Close()
	server := httptest.NewServer(n.Handler())
	defer server.Close()

	var list protocol.AgentList
	getJSON(server.URL+"/ledger-agents", &list)
	service := list.LedgerAgent[0].Service
	op, err := protocol.NewCreate(
		ld.Object{"id": "urn:uuid:1f0e6a9c-8a1c-4f8e-a9b7-3a5de8f9d201", "type": "EntrySummary"},
		protocol.Sender{Signer: private, Creator: n.TargetNode()})
	if err != nil {
		log.Fatal(err)
	}
	resp, err := http.Post(service.Operation, "application/json", bytes.NewReader(op.Bytes))
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
	fmt.Println(resp.StatusCode)

	var answer protocol.RecordAnswer
	getJSON(service.Query+"?id=urn:uuid:1f0e6a9c-8a1c-4f8e-a9b7-3a5de8f9d201", &answer)
	fmt.Println(string(answer.Record), answer.Meta.Sequence)
	// Output:
	// 204
	// {"id":"urn:uuid:1f0e6a9c-8a1c-4f8e-a9b7-3a5de8f9d201","type":"EntrySummary"} 0
}

func getJSON(url string, into any) {
	resp, err := http.Get(url)
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		log.Fatal(err)
	}
}

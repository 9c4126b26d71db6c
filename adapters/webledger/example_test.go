package webledger_test

import (
	"context"
	"fmt"
	"log"
	"net/http/httptest"
	"os"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	_ "github.com/ftagateway/ftagateway/adapters/webledger" // registers webledger+http and webledger+https
	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/trust/key"
)

// A record is written to a node and read back with its place on the chain.
func Example() {
	ctx := context.Background()
	signer, err := key.NewSigner()
	if err != nil {
		log.Fatal(err)
	}
	url, stop := startNode(ctx, didOf(signer))
	defer stop()

	kept := store.Memory()
	defer kept.Close()
	ledger, err := driver.Open(ctx, url, driver.Env{Store: kept.Sub("trade"), Signer: signer})
	if err != nil {
		log.Fatal(err)
	}
	defer ledger.Close()

	id := "urn:uuid:6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
	receipt, err := ledger.Append(ctx, &driver.Write{Key: id, Body: []byte(`{"id":"` + id + `","type":"EntrySummary"}`)})
	if err != nil {
		log.Fatal(err)
	}
	entry, err := ledger.Get(ctx, driver.Ref{Key: id})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(receipt.State, "version", receipt.Version, "in block", entry.Height)
	fmt.Println(string(entry.Body))
	fmt.Println("by the gateway that sent it:", entry.Author.ID == didOf(signer))
	// Output:
	// final version 1 in block 1
	// {"id":"urn:uuid:6f9619ff-8b86-4d01-b42d-00cf4fc964ff","type":"EntrySummary"}
	// by the gateway that sent it: true
}

// startNode runs a node in this process that lets one key write.
func startNode(ctx context.Context, approved string) (url string, stop func()) {
	home, err := os.MkdirTemp("", "node")
	if err != nil {
		log.Fatal(err)
	}
	n, err := node.Open(ctx, node.Config{Home: home, ApprovedSigners: []string{approved}})
	if err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(n.Handler())
	return "webledger+" + server.URL, func() {
		server.Close()
		n.Close()
		os.RemoveAll(home)
	}
}

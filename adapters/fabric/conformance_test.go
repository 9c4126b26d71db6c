package fabric_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance"
)

// TestConformance plays the whole suite against the reference chaincode on a real network.
func TestConformance(t *testing.T) {
	n, kv := theNetwork(t, "FTA_FABRIC"), newStore(t)
	open := func(ctx context.Context) (driver.Ledger, error) { return n.open(ctx, kv.Sub("ledger")) }
	harness := conformance.Harness{Open: open, Reopen: open, Outage: n.cut, Author: n.author(t), Anchors: n.anchors(t)}
	if os.Getenv("FTA_FABRIC_OTHER") != "" {
		other := theNetwork(t, "FTA_FABRIC_OTHER")
		harness.Another = func(ctx context.Context) (driver.Ledger, error) { return other.open(ctx, kv.Sub("other")) }
		harness.OtherAnchors = other.anchors(t)
	}
	report := conformance.Test(t, harness, conformance.Options{Seed: 1})
	t.Logf("%+v", report.Summary)
}

// anchors are what proofs of the chaincode fta are held against: what the network's organisations hand out.
func (n *running) anchors(t *testing.T) func() driver.Anchors {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(n.data, "sdk", "anchors.json"))
	if err != nil {
		t.Fatal(err)
	}
	return func() driver.Anchors { return text }
}

// author is whom the network must name as the author of what the wallet's user writes.
func (n *running) author(t *testing.T) driver.Author {
	t.Helper()
	var id struct {
		MSP         string `json:"mspId"`
		Credentials struct{ Certificate string }
	}
	text, err := os.ReadFile(filepath.Join(n.wallet, "User1.id"))
	if err == nil {
		err = json.Unmarshal(text, &id)
	}
	block, _ := pem.Decode([]byte(id.Credentials.Certificate))
	if err != nil || block == nil {
		t.Fatal(err, "the wallet's user has no certificate")
	}
	sum := sha256.Sum256(block.Bytes)
	return driver.Author{Kind: "x509", ID: id.MSP + ":" + hex.EncodeToString(sum[:]), Evidence: []byte(id.Credentials.Certificate)}
}

package node_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

// benchRecord is about what stands on a ledger about an entry summary.
func benchRecord(n int) ld.Object {
	return ld.Object{
		"@context": []any{protocol.IntegrityContext, "https://w3id.org/fta/v1"},
		"id":       fmt.Sprintf("urn:uuid:00000000-0000-4000-8000-%012d", n), "type": "EntrySummary", "ledger": ledger, "version": 1.0,
		"event": "file", "issued": "2026-11-20T14:00:00Z", "issuer": didOf(signer),
		"digest":   "uEiA3h2Y0m3n4b5v6c7x8z9A0S1D2F3G4H5J6K7L8M9N0Qw",
		"links":    []any{ld.Object{"rel": "certificate", "id": "urn:uuid:2f1c8a77-0a3e-49d4-8d0a-5f0f3a6e7b11", "ledger": ledger, "version": 1.0, "digest": "uEiA3h2Y0m3n4b5v6c7x8z9A0S1D2F3G4H5J6K7L8M9N0Qw"}},
		"evidence": []any{ld.Object{"id": "urn:uuid:2f1c8a77-0a3e-49d4-8d0a-5f0f3a6e7b12", "digest": "uEiA3h2Y0m3n4b5v6c7x8z9A0S1D2F3G4H5J6K7L8M9N0Qw", "mediaType": "application/vc"}},
		"lookups":  []any{"uC3h2Y0m3n4b5v6c7x8z9A0S1D2F3G4H5J6K7L8M9N0QwABC"},
		"proof":    ld.Object{"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofValue": "z3hf8oMGdyPfU4FHWMMuh9GF1sXcAGQNbZJgPPjhVdWHZ6XkqkAdYVDJ4vEZiHJHxJ6sX6tZk7aXLAhXE3bKmkQvT"},
	}
}

// BenchmarkOperations is the operations committed by 32 writers at once, who sign them in the same process: 500 a
// second are asked for on two cores, which is three times the peak hour of the largest year of entries.
func BenchmarkOperations(b *testing.B) {
	n := open(b, b.TempDir())
	client := benchClient(n)
	var next atomic.Int64
	var writers sync.WaitGroup
	for range 32 {
		writers.Go(func() {
			for i := int(next.Add(1)); i <= b.N; i = int(next.Add(1)) {
				if status := client.post(n.agent.Service.Operation, n.create(benchRecord(i)).Bytes); status != http.StatusNoContent {
					b.Errorf("operation %d: %d", i, status)
				}
			}
		})
	}
	writers.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "operations/s")
}

// BenchmarkQuery is one read of a record over loopback.
func BenchmarkQuery(b *testing.B) {
	n := open(b, b.TempDir())
	if status, body := n.post(n.create(benchRecord(1))); status != http.StatusNoContent {
		b.Fatalf("%d %s", status, body)
	}
	client := benchClient(n)
	at := n.agent.Service.Query + "?id=" + url.QueryEscape(benchRecord(1)["id"].(string))
	for b.Loop() {
		if status := client.post(at, []byte("{}")); status != http.StatusOK {
			b.Fatal(status)
		}
	}
}

type poster struct {
	http.Client
	testing.TB
}

// benchClient keeps a connection open for each writer.
func benchClient(n *ledgerNode) *poster {
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	n.Cleanup(transport.CloseIdleConnections)
	return &poster{http.Client{Transport: transport}, n.TB}
}

func (p *poster) post(url string, body []byte) int {
	resp, err := p.Post(url, "application/json", bytes.NewReader(body))
	if err != nil {
		p.Error(err)
		return 0
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		p.Error(err)
	}
	return resp.StatusCode
}

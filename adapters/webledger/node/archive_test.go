package node_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// A ledger that was filled in bulk is read like any other: its records, and blocks that hang together. It takes nothing.
func TestAFilledLedgerIsServedAndTakesNothing(t *testing.T) {
	const records = protocol.MaxEventOperations + 7
	config := node.Config{Home: t.TempDir(), Ledger: ledger, ApprovedSigners: []string{didOf(signer)}}
	make := func(number int, creator string) (*protocol.Operation, error) {
		return protocol.NewCreate(benchRecord(number), protocol.Sender{Signer: signer, Creator: creator, Now: time.Now})
	}
	if err := node.Fill(t.Context(), config, records, make); err != nil {
		t.Fatal(err)
	}
	if err := node.Fill(t.Context(), config, 1, make); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("filled again: %v", err)
	}
	n, err := node.OpenArchive(config)
	if err != nil {
		t.Fatal(err)
	}
	served := serve(t, n, config.Home)
	for _, number := range []int{0, records - 1} {
		at := served.agent.Service.Query + "?id=" + url.QueryEscape(benchRecord(number)["id"].(string))
		if status, body := served.call(http.MethodPost, at, []byte("{}")); status != http.StatusOK {
			t.Errorf("record %d: %d %s", number, status, body)
		}
	}
	op, err := make(records, n.TargetNode())
	if err != nil {
		t.Fatal(err)
	}
	if status, body := served.post(op); status != http.StatusServiceUnavailable {
		t.Errorf("an operation: %d %s, want 503", status, body)
	}
}

func TestAnArchiveNeedsALedger(t *testing.T) {
	_, err := node.OpenArchive(node.Config{Home: t.TempDir(), ApprovedSigners: []string{didOf(signer)}})
	if err == nil || !strings.Contains(err.Error(), "no ledger") {
		t.Error(err)
	}
}

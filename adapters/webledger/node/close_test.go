package node_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/ld"
)

func TestCloseLeavesNoGoroutine(t *testing.T) {
	defer noneLeft(t, goleak.IgnoreCurrent())
	home := t.TempDir()
	for range 2 {
		n, err := node.Open(context.Background(), node.Config{Home: home, ApprovedSigners: []string{didOf(signer)}})
		if err != nil {
			t.Fatal(err)
		}
		if err := n.Close(); err != nil {
			t.Error(err)
		}
		if err := n.Close(); err != nil {
			t.Error("a second Close:", err)
		}
	}
}

// walFile are the goroutines of CometBFT's write-ahead log: it closes the file and not what looks after the file, and
// hands out neither.
var walFile = []goleak.Option{
	goleak.IgnoreTopFunction("github.com/cometbft/cometbft/libs/autofile.OpenAutoFile.func1"),
	goleak.IgnoreTopFunction("github.com/cometbft/cometbft/libs/autofile.(*AutoFile).closeFileRoutine"),
}

// noneLeft waits a little: a closed goleveldb lets its last goroutine run for a second more.
func noneLeft(t *testing.T, options ...goleak.Option) {
	t.Helper()
	options = append(options, walFile...)
	err := goleak.Find(options...)
	for end := time.Now().Add(10 * time.Second); err != nil && time.Now().Before(end); {
		err = goleak.Find(options...)
	}
	if err != nil {
		t.Error(err)
	}
}

func TestAClosedNodeAnswersThatItIsUnavailable(t *testing.T) {
	n := open(t, t.TempDir())
	if status, body := n.post(n.create(ld.Object{"id": "urn:uuid:1"})); status != http.StatusNoContent {
		t.Fatalf("%d %s", status, body)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	if status, _ := n.call(http.MethodGet, n.url+"/ledger-agents", nil); status != http.StatusServiceUnavailable {
		t.Error(status)
	}
	if status, _ := n.post(n.create(ld.Object{"id": "urn:uuid:2"})); status != http.StatusServiceUnavailable {
		t.Error(status)
	}
}

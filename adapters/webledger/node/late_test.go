package node_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

// What could not be learnt in time is neither a yes nor a no: the sender asks again, and the operation is taken once.
func TestWhatCouldNotBeLearntInTimeIsAskedForAgain(t *testing.T) {
	n := openWith(t, node.Config{CommitWait: time.Nanosecond})
	op := n.create(ld.Object{"id": "urn:uuid:1"})
	statuses := n.postUntil(op, http.StatusConflict)
	if !slices.Contains(statuses, http.StatusServiceUnavailable) {
		t.Errorf("statuses %v", statuses)
	}
	if latest, _ := n.latest(); len(latest.Operations()) != 1 || latest.Height != 1 {
		t.Errorf("%s holds %d operations", latest.ID, len(latest.Operations()))
	}
}

// postUntil sends an operation until it gets one status, and answers all that it got.
func (n *ledgerNode) postUntil(op *protocol.Operation, want int) (statuses []int) {
	n.Helper()
	for end := time.Now().Add(time.Minute); !slices.Contains(statuses, want); {
		resp, err := http.Post(n.agent.Service.Operation, "application/json", bytes.NewReader(op.Bytes))
		if err != nil || time.Now().After(end) {
			n.Fatalf("statuses %v, and not %d: %v", statuses, want, err)
		}
		resp.Body.Close()
		statuses = append(statuses, resp.StatusCode)
		if resp.StatusCode == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") == "" {
			n.Error("503 does not say when to come back")
		}
	}
	return statuses
}

// lines is a log that may be written to from everywhere.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

func TestTheLogHoldsNothingOfARecord(t *testing.T) {
	var log lines
	n := openWith(t, node.Config{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug - 4}))})
	const secret = "nobody-may-read-this"
	n.mustPost(n.create(ld.Object{"id": "urn:uuid:1", "body": secret}))
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	said := strings.ToLower(log.String())
	if !strings.Contains(said, "consensus") {
		t.Error("CometBFT says nothing at debug")
	}
	for _, spelled := range []string{secret, hex.EncodeToString([]byte(secret)), "bm9ib2R5LW1heS1yZWFkLXRoaXM"} {
		if strings.Contains(said, strings.ToLower(spelled)) {
			t.Errorf("the log holds %s", spelled)
		}
	}
}

func TestTheLogIsQuietWhereNothingIsWrong(t *testing.T) {
	var log lines
	n := openWith(t, node.Config{Log: slog.New(slog.NewTextHandler(&log, nil))})
	n.mustPost(n.create(ld.Object{"id": "urn:uuid:1"}))
	if err := n.Healthy(); err != nil {
		t.Error(err)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	if said := log.String(); said != "" {
		t.Errorf("the log says\n%s", said)
	}
}

func TestLargeOperationsAreTaken(t *testing.T) {
	n := open(t, t.TempDir())
	var senders sync.WaitGroup
	for i := range 6 {
		op := n.create(ld.Object{"id": "urn:uuid:" + strings.Repeat("1", i+1), "body": strings.Repeat("x", 890_000)})
		senders.Go(func() {
			if status, body := n.post(op); status != http.StatusNoContent {
				t.Errorf("%d %s", status, body)
			}
		})
	}
	senders.Wait()
	for id, st := range n.replay() {
		answer, _ := n.query(id)
		var record ld.Object
		if err := json.Unmarshal(answer.Record, &record); err != nil || string(answer.Record) != string(st.Record) {
			t.Errorf("%s: %d bytes, %v", id, len(answer.Record), err)
		}
	}
}

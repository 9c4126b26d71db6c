package node_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

// childHome tells a copy of this test's process to be a node, for another process to kill.
const childHome = "WEBLEDGER_TEST_NODE_HOME"

func TestMain(m *testing.M) {
	if home := os.Getenv(childHome); home != "" {
		serveChild(home)
		return
	}
	os.Exit(m.Run())
}

func serveChild(home string) {
	n, err := node.Open(context.Background(), node.Config{Home: home, Ledger: ledger, ApprovedSigners: []string{didOf(signer)}})
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	fmt.Printf("http://%s\n", l.Addr())
	fmt.Println(n.Serve(context.Background(), l, nil))
}

// process is a node in a process of its own.
type process struct {
	*ledgerNode
	cmd *exec.Cmd
}

func start(t *testing.T, home string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childHome+"="+home)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "http://") {
		t.Fatalf("node says %q: %v", line, err)
	}
	p := &process{&ledgerNode{TB: t, url: strings.TrimSpace(line)}, cmd}
	var list protocol.AgentList
	p.getInto(p.url+"/ledger-agents", &list)
	p.getInto(list.LedgerAgent[0].Service.Status, &p.agent)
	return p
}

// kill ends the process as a power cut would, and waits until it is gone.
func (p *process) kill() {
	p.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.Error(err)
	}
	_ = p.cmd.Wait() // it was killed, which Wait calls an error
}

// acknowledged is what writers were told stands on the ledger: for each record the operation that made it.
type acknowledged struct {
	mu      sync.Mutex
	byID    map[string]string // hash of the operation
	enough  int               // closes reached
	reached chan struct{}
}

func (a *acknowledged) add(id, hash string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.byID[id] = hash
	if len(a.byID) == a.enough {
		close(a.reached)
	}
}

// more answers a channel that is closed when n more were acknowledged than now.
func (a *acknowledged) more(n int) <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.enough, a.reached = len(a.byID)+n, make(chan struct{})
	return a.reached
}

// write appends records until the node is gone, each by several writers at once.
func (p *process) write(run int, acks *acknowledged, stop *atomic.Bool) *sync.WaitGroup {
	var writers sync.WaitGroup
	for w := range 8 {
		writers.Go(func() {
			for i := 0; !stop.Load(); i++ {
				id := fmt.Sprintf("urn:uuid:%d-%d-%d", run, w, i)
				op := p.create(ld.Object{"id": id, "body": strings.Repeat("x", 400)})
				resp, err := http.Post(p.agent.Service.Operation, "application/json", strings.NewReader(string(op.Bytes)))
				if err != nil {
					return
				}
				resp.Body.Close()
				if resp.StatusCode == http.StatusNoContent {
					acks.add(id, op.Hash)
				}
			}
		})
	}
	return &writers
}

func TestKilledUnderLoadTheNodeLosesNothingAcknowledged(t *testing.T) {
	home, acks, hashes := t.TempDir(), &acknowledged{byID: map[string]string{}}, map[uint64]string{}
	for run := range 5 {
		p := start(t, home)
		p.holds(acks, hashes)
		var stop atomic.Bool
		enough := acks.more(30 * (run + 1))
		writers := p.write(run, acks, &stop)
		select {
		case <-enough:
		case <-time.After(time.Minute):
			t.Error("too few operations within a minute")
		}
		p.kill()
		stop.Store(true)
		writers.Wait()
	}
	p := start(t, home)
	defer p.kill()
	p.holds(acks, hashes)
	if len(acks.byID) < 400 || len(hashes) < 6 {
		t.Errorf("%d operations in %d blocks are too few to show anything", len(acks.byID), len(hashes))
	}
}

// holds walks the whole chain: block hashes are those seen before, every acknowledged operation is there, and the
// records that the node answers are what its blocks make of them.
func (p *process) holds(acks *acknowledged, hashes map[uint64]string) {
	p.Helper()
	found := map[string]string{}
	for _, b := range p.chain() {
		if seen := hashes[b.Height]; seen != "" && seen != b.Hash {
			p.Errorf("%s had hash %s and has %s", b.ID, seen, b.Hash)
		}
		hashes[b.Height] = b.Hash
		for _, op := range b.Operations() {
			found[op.RecordID()] = op.Hash
		}
	}
	for id, hash := range acks.byID {
		if found[id] != hash {
			p.Errorf("%s was acknowledged as %s, blocks have %q", id, hash, found[id])
		}
	}
	p.answersWhatItsBlocksMake()
}

func (p *process) answersWhatItsBlocksMake() {
	p.Helper()
	for id, want := range p.replay() {
		if got, status := p.query(id); status != http.StatusOK || string(got.Record) != string(want.Record) || got.Meta.Sequence != want.Sequence {
			p.Errorf("%s: %d %s, blocks make %s", id, status, got.Record, want.Record)
		}
	}
}

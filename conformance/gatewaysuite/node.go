package gatewaysuite

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// node is one node of a ledger, as the gateway reaches it: it serves a chain by the ledger protocol, tells lies about
// some records, behaves in a manner, and remembers what it was asked.
type node struct {
	driver.Ledger // the chain itself, which never lies
	slug          string
	serves        *ledgerhttp.Handler
	front         *front

	mu      sync.Mutex
	lies    map[string]lie // by key
	manner  manner
	release chan struct{} // closed when whoever is kept waiting goes
	heard   []string      // requests, with their whole text
}

// manner is how a node, or an evidence server, behaves towards every request.
type manner string

const (
	honest  manner = ""
	down    manner = "down"    // connections are cut
	silent  manner = "silent"  // a request is taken, and never answered
	garbled manner = "garbled" // 200, and nothing that can be read
	lossy   manner = "lossy"   // a write is taken, and its answer is lost
)

func newNode(slug string, chain *memory.Chain) (*node, error) {
	writer, err := newSigner()
	if err != nil {
		return nil, err
	}
	l, err := chain.Connect(writer)
	if err != nil {
		return nil, err
	}
	n := &node{Ledger: l, slug: slug, release: make(chan struct{})}
	n.serves = ledgerhttp.New(n, ledgerhttp.Options{})
	n.heal()
	return n, nil
}

// behave changes the node's manner from now on.
func (n *node) behave(m manner) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.manner = m
}

// tell makes the node lie about a key from now on.
func (n *node) tell(key string, l lie) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lies[key] = l
}

// heal makes the node honest, lets go of whoever waits, and forgets what was heard. It reports whether the manner
// changed.
func (n *node) heal() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	sick := n.manner != honest
	close(n.release)
	n.release, n.manner, n.lies, n.heard = make(chan struct{}), honest, map[string]lie{}, nil
	return sick
}

// told gives everything that the node was asked since it was healed.
func (n *node) told() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]string(nil), n.heard...)
}

// maxHeard bounds a request: what is longer no ledger takes.
const maxHeard = 4 << 20

// hear notes a request, and says how it is to be met.
func (n *node) hear(r *http.Request) (manner, <-chan struct{}) {
	text, _ := io.ReadAll(io.LimitReader(r.Body, maxHeard))
	r.Body = io.NopCloser(bytes.NewReader(text))
	n.mu.Lock()
	defer n.mu.Unlock()
	n.heard = append(n.heard, r.Method+" "+r.URL.String()+"\n"+string(text))
	return n.manner, n.release
}

// ServeHTTP answers in the node's manner.
func (n *node) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m, release := n.hear(r)
	if m == lossy {
		if strings.HasSuffix(r.URL.Path, string(protocol.OpAppend)) {
			n.serves.ServeHTTP(discarded{http.Header{}}, r)
			panic(http.ErrAbortHandler)
		}
		m = honest
	}
	meet(m, release, n.serves, w, r)
}

// meet answers a request in a manner.
func meet(m manner, release <-chan struct{}, serves http.Handler, w http.ResponseWriter, r *http.Request) {
	switch m {
	case down:
		panic(http.ErrAbortHandler)
	case silent:
		select {
		case <-release:
		case <-r.Context().Done():
		}
		panic(http.ErrAbortHandler)
	case garbled:
		w.Header().Set("Content-Type", protocol.MediaType)
		_, _ = w.Write([]byte(`{"uri": 7, "entries": "none", `))
	default:
		serves.ServeHTTP(w, r)
	}
}

// discarded is an answer that nobody gets.
type discarded struct{ header http.Header }

func (d discarded) Header() http.Header         { return d.header }
func (d discarded) Write(p []byte) (int, error) { return len(p), nil }
func (d discarded) WriteHeader(int)             {}

// count says how many versions stand on the chain.
func (n *node) count(ctx context.Context) (int, error) {
	total, after := 0, driver.Cursor("")
	for {
		batch, err := n.Ledger.Changes(ctx, after, 0, 0)
		if err != nil || len(batch.Entries) == 0 {
			return total, err
		}
		total, after = total+len(batch.Entries), batch.Next
	}
}

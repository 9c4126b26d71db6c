package node

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"syscall"

	"github.com/google/uuid"
)

// Node keeps one Web Ledger. It is safe for concurrent use.
type Node struct {
	cfg    Config
	home   *home
	store  *store
	app    *app
	engine *engine // nil in an archive
	bodies *bodies
	heard  heard
	mux    *http.ServeMux

	submits sync.RWMutex  // held for reading by each submission under way
	closing chan struct{} // closed when Close begins
	once    sync.Once
	closed  error
}

// Open opens the ledger that cfg.Home holds, or makes a new one there. Blocks that were agreed on before the process
// ended are there again when it returns. ctx bounds only the opening. The caller closes the Node.
func Open(ctx context.Context, cfg Config) (*Node, error) {
	n, err := openStill(cfg)
	if err != nil {
		return nil, err
	}
	if err := n.start(ctx); err != nil {
		return nil, errors.Join(err, n.store.close())
	}
	n.mux = n.routes()
	return n, nil
}

// openStill opens the folder and the store, and starts nothing.
func openStill(cfg Config) (*Node, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	h, err := openHome(cfg)
	if err != nil {
		return nil, err
	}
	s, err := openStore(h.path("data/ledger"))
	if errors.Is(err, syscall.EAGAIN) {
		err = fmt.Errorf("node home %s: another node has this folder: %w", cfg.Home, err)
	}
	if err != nil {
		return nil, err
	}
	return &Node{cfg: cfg, home: h, store: s, bodies: newBodies(), closing: make(chan struct{})}, nil
}

func (n *Node) start(ctx context.Context) (err error) {
	if n.app, err = newApp(n.store, n.cfg.Log); err != nil {
		return err
	}
	if n.engine, err = startEngine(ctx, n.home, cometLog{n.cfg.Log, &n.heard}, n.app); err != nil {
		return err
	}
	return nil
}

// Ledger is the URI of the ledger that the node keeps.
func (n *Node) Ledger() string {
	_, st := n.app.inForce()
	return st.Ledger
}

// TargetNode is what operations sent to this node name as their creator: its did:key.
func (n *Node) TargetNode() string { return n.home.targetNode }

// agentID is made from the node's key, so that it stays.
func (n *Node) agentID() string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(n.home.targetNode)).String()
}

// Handler serves the Web Ledger protocol. It is ready when Open has returned; after Close it answers 503.
func (n *Node) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-n.closing:
			unavailable("the node is shutting down").write(w)
		default:
			n.mux.ServeHTTP(w, r)
		}
	})
}

// Healthy reports why the node takes no more operations for good: its consensus has stopped, as it does where going on
// could lead it to disagree with itself. What stands on the ledger can still be read.
func (n *Node) Healthy() error {
	if n.engine == nil {
		return errors.New("this node serves what stands, and takes nothing")
	}
	if n.heard.failed.Load() {
		return errors.New("consensus has stopped: see the log, and open the node again")
	}
	return nil
}

// Close ends the consensus and closes the store. Requests that wait for a block are answered first: with what they
// waited for, or that it could not be learnt. What was acknowledged is on disk. A second Close does nothing.
func (n *Node) Close() error {
	n.once.Do(func() {
		close(n.closing)
		n.heard.stopping.Store(true)
		n.submits.Lock() // for good: nothing is submitted any more
		if err := errors.Join(n.endConsensus(), n.store.close()); err != nil {
			n.closed = fmt.Errorf("close node: %w", err)
		}
	})
	return n.closed
}

func (n *Node) endConsensus() error {
	if n.engine == nil {
		return nil
	}
	return n.engine.stop()
}

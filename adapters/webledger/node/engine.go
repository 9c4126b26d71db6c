package node

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	dbm "github.com/cometbft/cometbft-db"
	"github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/mempool"
	comet "github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/proxy"
	"github.com/cometbft/cometbft/types"
	"github.com/syndtr/goleveldb/leveldb"
)

// engine is CometBFT in this process, and the databases that it was given.
type engine struct {
	node *comet.Node
	pool mempool.Mempool
	dbs  databases
}

// startEngine plays the blocks that the application has not seen, and goes on agreeing on new ones.
func startEngine(ctx context.Context, h *home, log cometLog, a *app) (*engine, error) {
	e := &engine{}
	conf := engineConfig(h.dir)
	node, err := comet.NewNodeWithContext(ctx, conf, h.validator, h.nodeKey, proxy.NewConnSyncLocalClientCreator(a),
		func() (*types.GenesisDoc, error) { return h.genesis, nil }, e.dbs.open,
		comet.DefaultMetricsProvider(conf.Instrumentation), log)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("consensus: %w", err), e.dbs.close())
	}
	e.node, e.pool = node, node.Mempool()
	if err := node.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start consensus: %w", err), e.stop())
	}
	return e, nil
}

// proposeWait is how long the node waits for a proposal. With one validator it passes only after a restart: a proposal
// that was signed just before cannot be signed again, and the round must end without one.
const proposeWait = 400 * time.Millisecond

// engineConfig makes blocks as soon as there is something to put into them and at no other time, and listens to
// nobody: CometBFT insists on a port for other validators, which is on loopback and turns everyone away.
func engineConfig(dir string) *config.Config {
	c := config.DefaultConfig()
	c.SetRoot(dir)
	c.Moniker = "webledger"
	c.RPC.ListenAddress = ""
	c.P2P.ListenAddress = "tcp://127.0.0.1:0"
	c.P2P.PexReactor = false
	c.P2P.MaxNumInboundPeers = 0
	c.Consensus.CreateEmptyBlocks = false
	c.Consensus.TimeoutPropose = proposeWait
	c.Consensus.TimeoutCommit = 0
	c.Consensus.SkipTimeoutCommit = true
	c.Mempool.Size = maxWaiters
	c.Mempool.MaxTxsBytes = 32 << 20
	c.Mempool.CacheSize = maxWaiters
	c.TxIndex.Indexer = "null"
	c.Storage.DiscardABCIResponses = true
	return c
}

// stop ends everything that CometBFT started and lets go of, and what it does not end itself. Two goroutines stay
// behind for each engine that ever ran: those of the write-ahead log's file, which CometBFT closes only half and gives
// nobody a hold of. They hold no file open and do nothing.
func (e *engine) stop() error {
	var all []error
	if e.node.IsRunning() {
		all = append(all, e.node.Stop())
		e.node.Wait()
	}
	if app := e.node.ProxyApp(); app.IsRunning() {
		all = append(all, app.Stop())
	}
	return errors.Join(append(all, e.dbs.close())...)
}

// databases are those that CometBFT opened, which does not close all of them itself.
type databases struct {
	mu  sync.Mutex
	all []dbm.DB
}

func (d *databases) open(ctx *config.DBContext) (dbm.DB, error) {
	db, err := config.DefaultDBProvider(ctx)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, db)
	return db, nil
}

// close closes what is still open; one that CometBFT closed says so, which is no failure.
func (d *databases) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []error
	for _, db := range d.all {
		if err := db.Close(); err != nil && !errors.Is(err, leveldb.ErrClosed) {
			all = append(all, err)
		}
	}
	d.all = nil
	return errors.Join(all...)
}

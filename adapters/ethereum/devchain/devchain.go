// Package devchain runs a development chain of go-ethereum in this process: one node without peers that makes a block as
// soon as a transaction comes. It is the chain of geth --dev, with its chain id 1337 and its rules, for demonstrations and
// tests. It proves nothing to anybody who does not run it.
package devchain

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/catalyst"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/log"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/rpc"
)

// Chain is a chain that runs. Close ends it.
type Chain struct {
	node   *node.Node
	eth    *eth.Ethereum
	beacon *catalyst.SimulatedBeacon
	server *rpc.Server

	end    chan struct{}
	sealer sync.WaitGroup
	once   sync.Once
}

// Open starts a chain that is kept in a folder, or takes up the one that is there; dir empty: in memory only. Another
// process that uses the folder is an error. A chain that begins gives all its money to rich.
func Open(dir string, rich common.Address) (*Chain, error) {
	c := &Chain{end: make(chan struct{})}
	if err := c.start(dir, rich); err != nil {
		return nil, errors.Join(fmt.Errorf("development chain: %w", err), c.Close())
	}
	return c, nil
}

func (c *Chain) start(dir string, rich common.Address) (err error) {
	// Without a listening address and discovery there is no peer, and without those of RPC no server but the one given out.
	if c.node, err = node.New(&node.Config{Name: "geth", DataDir: dir, P2P: p2p.Config{NoDiscovery: true}}); err != nil {
		return err
	}
	if c.eth, err = eth.New(c.node, configuration(rich)); err != nil {
		return err
	}
	if err := c.node.Start(); err != nil {
		return err
	}
	if c.beacon, err = catalyst.NewSimulatedBeacon(0, common.Address{}, c.eth); err != nil {
		return err
	}
	if err := c.goOn(); err != nil {
		return err
	}
	if err := c.offer(); err != nil {
		return err
	}
	incoming := make(chan core.NewTxsEvent, 64)
	subscription := c.eth.TxPool().SubscribeTransactions(incoming, true)
	c.sealer.Go(func() {
		defer subscription.Unsubscribe()
		c.seal(incoming)
	})
	return nil
}

// caches are in megabytes: a chain of some hundred blocks needs none.
const caches = 4

// configuration keeps every state on disk as its block is made: a process that is killed comes back to where it was, and
// what stood at an old block can be asked for.
func configuration(rich common.Address) *ethconfig.Config {
	c := ethconfig.Defaults
	c.Genesis = core.DeveloperGenesisBlock(ethconfig.Defaults.Miner.GasCeil, &rich)
	c.SyncMode, c.NoPruning, c.StateScheme = ethconfig.FullSync, true, rawdb.HashScheme
	c.DatabaseCache, c.TrieCleanCache, c.TrieDirtyCache, c.SnapshotCache = caches, caches, caches, 0
	c.LogNoHistory = true // few blocks are searched as they are
	c.TxPool.NoLocals, c.TxPool.Journal = true, ""
	return &c
}

// offered are the parts of JSON-RPC that clients are given: none that has keys, or that steers the node.
var offered = []string{"eth", "net", "web3", "txpool"}

func (c *Chain) offer() error {
	c.server = rpc.NewServer()
	filter := rpc.API{Namespace: "eth", Service: filters.NewFilterAPI(filters.NewFilterSystem(c.eth.APIBackend, filters.Config{}))}
	for _, api := range append(c.eth.APIs(), filter) {
		if !slices.Contains(offered, api.Namespace) {
			continue
		}
		if err := c.server.RegisterName(api.Namespace, api.Service); err != nil {
			return err
		}
	}
	return nil
}

// Handler is the chain's JSON-RPC over HTTP. Everybody who reaches it may send transactions.
func (c *Chain) Handler() http.Handler { return c.server }

// Head is the newest block.
func (c *Chain) Head() *types.Header { return c.eth.BlockChain().CurrentBlock() }

// seal makes a block whenever transactions have come.
func (c *Chain) seal(incoming <-chan core.NewTxsEvent) {
	for {
		select {
		case <-c.end:
			return
		case <-incoming:
		}
		for range sealTries {
			_ = c.eth.TxPool().Sync() // fails only where the pool has ended
			if executable, _ := c.eth.TxPool().Stats(); executable == 0 {
				break
			}
			if err := c.commit(); err != nil {
				log.Error("Development chain cannot be kept", "err", err)
			}
		}
	}
}

// commit makes a block, and has it on disk before the next one is made.
func (c *Chain) commit() error {
	c.beacon.Commit()
	return c.eth.ChainDb().SyncKeyValue()
}

// goOn makes an empty block where a chain is taken up. A process that was killed may have shown a last block that it did not
// keep: who has read that sees another block in its place, and not a chain that stands still below it.
func (c *Chain) goOn() error {
	if c.Head().Number.Sign() == 0 {
		return nil
	}
	return c.commit()
}

// sealTries bounds how many blocks are made for what came: a transaction that pays too little for any stays.
const sealTries = 16

// Close ends the chain. What is kept in its folder stays. It may be called more than once.
func (c *Chain) Close() (err error) {
	c.once.Do(func() {
		close(c.end)
		c.sealer.Wait()
		if c.server != nil {
			c.server.Stop()
		}
		if c.beacon != nil {
			err = c.beacon.Stop()
		}
		if c.node != nil {
			err = errors.Join(err, c.node.Close())
		}
	})
	return err
}

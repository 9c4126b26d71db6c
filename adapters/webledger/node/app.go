package node

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// app is what CometBFT agrees about: it turns agreed transactions into Web Ledger blocks and records. CometBFT calls it
// on several connections at once; on each, one call at a time. Nothing in here reads a clock, and an error stops the
// node: it is for a store that fails, never for a message that is bad.
type app struct {
	abci.BaseApplication
	store    *store
	log      *slog.Logger
	messages *messages
	waiters  *waiters

	mu            sync.RWMutex // guards what follows, which Commit alone changes
	now           standing
	configuration *protocol.Configuration
	latest        *protocol.Block // without its operations

	finalized *finalized // between FinalizeBlock and Commit
}

const standsAlready = "stands on the ledger already"

func newApp(s *store, log *slog.Logger) (*app, error) {
	a := &app{store: s, log: log, messages: newMessages(), waiters: newWaiters()}
	st, err := s.standing()
	if err != nil || st == nil {
		return a, err
	}
	return a, a.become(*st)
}

// become makes a standing the current one.
func (a *app) become(st standing) error {
	c, err := protocol.ParseConfiguration(st.Configuration)
	if err != nil {
		return fmt.Errorf("configuration in force: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.now, a.configuration, a.latest = st, c, st.block()
	return nil
}

// block is as much of the newest block as the next one is made from.
func (st *standing) block() *protocol.Block {
	b := &protocol.Block{
		ID: protocol.BlockID(st.Ledger, st.Height), Height: st.Height, Hash: st.BlockHash, ConsensusMethod: st.ConsensusMethod,
	}
	for _, hash := range st.EventHashes {
		b.Events = append(b.Events, &protocol.Event{Hash: hash})
	}
	return b
}

// inForce answers the configuration and where the ledger stands.
func (a *app) inForce() (*protocol.Configuration, standing) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.configuration, a.now
}

// Info tells CometBFT from which block on to play.
func (a *app) Info(context.Context, *abci.RequestInfo) (*abci.ResponseInfo, error) {
	_, st := a.inForce()
	return &abci.ResponseInfo{Data: "webledger", AppVersion: 1, LastBlockHeight: st.CometHeight, LastBlockAppHash: st.AppHash}, nil
}

// InitChain writes the genesis block. It may come twice, when a first start was ended early, and does the same again.
func (a *app) InitChain(_ context.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	var genesis genesisState
	if err := json.Unmarshal(req.AppStateBytes, &genesis); err != nil {
		return nil, fmt.Errorf("genesis app_state: %w", err)
	}
	c, err := protocol.ParseConfiguration(genesis.Configuration)
	if err != nil {
		return nil, fmt.Errorf("genesis configuration: %w", err)
	}
	b, err := protocol.NewGenesis(c)
	if err != nil {
		return nil, err
	}
	st := standing{Ledger: c.Ledger, TargetNodes: genesis.TargetNodes, ConsensusMethod: c.ConsensusMethod}
	ch := a.store.change(st)
	if err := ch.configure(b.Events[0]); err != nil {
		return nil, err
	}
	ch.next.AppHash = appHash(nil, b.Hash, nil)
	return &abci.ResponseInitChain{AppHash: ch.next.AppHash}, a.first(ch, b, req.Time.UnixMilli())
}

func (a *app) first(ch *change, b *protocol.Block, millis int64) error {
	served, err := serve(b, millis)
	if err != nil {
		return err
	}
	if err := ch.block(b, served); err != nil {
		return err
	}
	if err := ch.write(true); err != nil {
		return err
	}
	return a.become(ch.next)
}

// CheckTx lets a transaction into the mempool, or keeps it there after a block. Who waits for one that is thrown out
// is told.
func (a *app) CheckTx(_ context.Context, req *abci.RequestCheckTx) (*abci.ResponseCheckTx, error) {
	m, o, err := a.check(req.Tx)
	if err != nil {
		return nil, err
	}
	if o.code == codeTaken {
		a.messages.put(m)
		return &abci.ResponseCheckTx{GasWanted: 1}, nil
	}
	a.messages.drop(req.Tx)
	if m != nil {
		a.waiters.tell(m.name, o)
	}
	return &abci.ResponseCheckTx{Code: o.code, Log: o.reason}, nil
}

// check answers what would become of a transaction in the next block. The message is nil when it cannot be parsed.
func (a *app) check(tx []byte) (*message, outcome, error) {
	m, o := a.messages.get(tx)
	if m == nil {
		return nil, o, nil
	}
	_, st := a.inForce()
	o, err := a.admit(m, st.TargetNodes)
	return m, o, err
}

// admit asks of a message what the ledger as it stands can say: that it is new and permitted.
func (a *app) admit(m *message, targetNodes []string) (outcome, error) {
	c, st := a.inForce()
	known, err := a.store.has(m, st.Height)
	if err != nil {
		return outcome{}, err
	}
	if known {
		return outcome{codeDuplicate, standsAlready}, nil
	}
	return m.permit(c, targetNodes), nil
}

// has reports whether a message stands in a block up to a height. A block above is in the store and not yet in force:
// nobody is told of it before everybody can read it.
func (s *store) has(m *message, upTo uint64) (bool, error) {
	if m.operation != nil {
		height, ok, err := s.operation(m.name)
		return ok && height <= upTo, err
	}
	height, _, ok, err := s.event(m.name)
	return ok && height <= upTo, err
}

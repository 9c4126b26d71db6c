package node

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash"

	abci "github.com/cometbft/cometbft/abci/types"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

// finalized is one CometBFT block on its way into the store.
type finalized struct {
	change     *change
	operations []*protocol.Operation
	event      *protocol.Event // the configuration's
	effects    hash.Hash
	txs        [][]byte
	names      []string // of the messages, "" for what is none
	outcomes   []outcome
	named      map[string]bool // messages taken so far
}

// FinalizeBlock works out what an agreed block does. Operations take effect in the block's order, and a configuration
// after them: all of a block is checked against the configuration before it.
func (a *app) FinalizeBlock(_ context.Context, req *abci.RequestFinalizeBlock) (*abci.ResponseFinalizeBlock, error) {
	_, st := a.inForce()
	f := &finalized{change: a.store.change(st), effects: sha256.New(), txs: req.Txs, named: map[string]bool{}}
	f.change.next.CometHeight = req.Height
	results := make([]*abci.ExecTxResult, len(req.Txs))
	for i, tx := range req.Txs {
		o, err := a.take(f, tx)
		if err != nil {
			return nil, err
		}
		f.outcomes = append(f.outcomes, o)
		results[i] = &abci.ExecTxResult{Code: o.code}
	}
	if err := a.close(f, req.Time.UnixMilli()); err != nil {
		return nil, err
	}
	a.finalized = f
	return &abci.ResponseFinalizeBlock{TxResults: results, AppHash: f.change.next.AppHash}, nil
}

// take adds a transaction's message to the block, if it may stand there.
func (a *app) take(f *finalized, tx []byte) (outcome, error) {
	m, o, err := a.check(tx)
	if m == nil {
		f.names = append(f.names, "")
		return o, err
	}
	f.names = append(f.names, m.name)
	switch {
	case err != nil || o.code != codeTaken:
		return o, err
	case f.named[m.name]:
		return outcome{codeDuplicate, "stands in this block already"}, nil
	case len(f.operations) == protocol.MaxEventOperations, m.event != nil && f.event != nil:
		return outcome{codeFull, "the block can hold no more"}, nil
	}
	f.named[m.name] = true
	if m.event != nil {
		f.event = m.event
		return outcome{}, nil
	}
	f.operations = append(f.operations, m.operation)
	return outcome{}, f.apply(m.operation)
}

// apply works out an operation's effect. One without effect stands in the block all the same.
func (f *finalized) apply(op *protocol.Operation) error {
	now, err := f.change.record(op.RecordID())
	if err != nil {
		return err
	}
	after, reason := protocol.Apply(now, op)
	f.effects.Write([]byte(op.Hash))
	if reason != protocol.ReasonNone {
		f.effects.Write([]byte{0})
		return nil
	}
	sum := ld.Sum(after.Record)
	f.effects.Write(append([]byte{1}, sum[:]...))
	f.effects.Write(binary.BigEndian.AppendUint64(nil, after.Sequence))
	return f.change.setRecord(after)
}

// close makes the Web Ledger block. A CometBFT block that brings nothing makes none and leaves the app hash as it is;
// otherwise CometBFT would go on making blocks to hold the new app hash for ever.
func (a *app) close(f *finalized, millis int64) error {
	events, err := a.events(f)
	if err != nil || len(events) == 0 {
		return err
	}
	b, err := protocol.NewBlock(a.now.Ledger, a.latest, events)
	if err != nil {
		return err
	}
	served, err := serve(b, millis)
	if err != nil {
		return err
	}
	if f.event != nil {
		if err := f.change.configure(f.event); err != nil {
			return err
		}
	}
	f.change.next.AppHash = appHash(a.now.AppHash, b.Hash, f.effects.Sum(nil))
	return f.change.block(b, served)
}

func (a *app) events(f *finalized) ([]*protocol.Event, error) {
	var events []*protocol.Event
	if len(f.operations) > 0 {
		e, err := protocol.NewOperationEvent(a.latest, f.operations)
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	if f.event != nil {
		events = append(events, f.event)
	}
	return events, nil
}

// appHash binds the newest block, and through the one before all blocks, and every effect that operations had.
func appHash(previous []byte, blockHash string, effects []byte) []byte {
	h := sha256.New()
	h.Write(previous)
	h.Write([]byte(blockHash))
	h.Write(effects)
	return h.Sum(nil)
}

// configure puts a configuration in force from the next block on.
func (c *change) configure(e *protocol.Event) error {
	text, err := ld.JCS(e.Object)
	if err != nil {
		return fmt.Errorf("configuration event: %w", err)
	}
	c.next.Configuration, c.next.ConfigEvent = e.Configuration.Bytes, text
	return nil
}

// serve gives a block the bytes in which it is kept and answered.
func serve(b *protocol.Block, millis int64) ([]byte, error) {
	text, err := ld.JCS(b.Object)
	if err != nil {
		return nil, fmt.Errorf("block: %w", err)
	}
	meta, err := json.Marshal(protocol.BlockMeta{BlockHash: b.Hash, Consensus: true, ConsensusDate: millis})
	if err != nil {
		return nil, fmt.Errorf("block: %w", err)
	}
	return answer("block", text, meta), nil
}

// answer puts a thing and its meta together as they are: json.Marshal would spell some characters of text anew.
func answer(name string, text, meta []byte) []byte {
	out := make([]byte, 0, len(text)+len(meta)+32)
	out = append(append(append(out, `{"`...), name...), `":`...)
	out = append(append(append(out, text...), `,"meta":`...), meta...)
	return append(out, '}')
}

// Commit brings the block to disk, and only then tells those who wait for what is in it.
func (a *app) Commit(context.Context, *abci.RequestCommit) (*abci.ResponseCommit, error) {
	f := a.finalized
	a.finalized = nil
	taken := len(f.named) > 0
	if err := f.change.write(taken); err != nil {
		return nil, err
	}
	if err := a.become(f.change.next); err != nil {
		return nil, err
	}
	for i, tx := range f.txs {
		a.messages.drop(tx)
		if f.names[i] != "" {
			a.waiters.tell(f.names[i], f.outcomes[i])
		}
	}
	return &abci.ResponseCommit{}, nil
}

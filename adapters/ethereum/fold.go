package ethereum

import (
	"context"
	"slices"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// event is a log with what it says.
type event struct {
	log   *types.Log
	found *binding.Found
}

func (e event) place() place { return place{e.log.BlockNumber, uint32(e.log.Index)} }

// events reads the logs of a run of blocks.
func (l *Ledger) events(ctx context.Context, x *index, from uint64, to *nodes.Block) ([]event, error) {
	q := nodes.Query{Contract: x.binding.Contract, Events: x.binding.Topics(), From: from, To: to, Span: l.span()}
	logs, err := nodes.Agree(ctx, l.set, "logs", func(ctx context.Context, n *nodes.Node) ([]types.Log, error) {
		return n.Logs(ctx, q)
	})
	if err != nil {
		return nil, err
	}
	return decodeLogs(x.binding, logs)
}

// read folds the logs of a run of blocks into a draft.
func (l *Ledger) read(ctx context.Context, d *draft, from uint64, to *nodes.Block) error {
	events, err := l.events(ctx, d.index, from, to)
	if err != nil || len(events) == 0 {
		return err
	}
	b := &beside{ledger: l, draft: d}
	if err := b.fetch(ctx, events, to); err != nil {
		return err
	}
	for _, e := range events {
		if err := b.fold(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// decodeLogs reads logs. Where the chain shows states only between blocks, the last event of a key in a block stands for
// all of it.
func decodeLogs(b *binding.Binding, logs []types.Log) ([]event, error) {
	var all []event
	for i := range logs {
		f, err := b.Decode(&logs[i])
		if err != nil {
			return nil, err
		}
		if f == nil {
			continue
		}
		if b.Merged() && f.Brings {
			all = merged(all, &logs[i], f)
		}
		all = append(all, event{&logs[i], f})
	}
	return all, nil
}

func merged(all []event, log *types.Log, f *binding.Found) []event {
	at := slices.IndexFunc(all, func(e event) bool {
		return e.log.BlockNumber == log.BlockNumber && e.found.Brings && e.found.Key == f.Key
	})
	if at < 0 {
		return all
	}
	f.Lookups = append(all[at].found.Lookups, f.Lookups...)
	return slices.Delete(all, at, at+1)
}

// fold puts what one log says.
func (b *beside) fold(ctx context.Context, e event) error {
	block := b.blocks[e.log.BlockNumber]
	if block.Hash != e.log.BlockHash {
		return driver.Errorf(driver.NotReady, "a log of block %d that is not on the chain any more", block.Height)
	}
	at := e.place()
	if err := b.draft.know(block, true); err != nil {
		return err
	}
	if e.found.Brings {
		if err := b.bring(ctx, e, at, block); err != nil {
			return err
		}
	}
	for _, led := range e.found.Lookups {
		if err := b.draft.lead(led, e.found.Key, at); err != nil {
			return err
		}
	}
	return nil
}

// bring puts a version. One that does not follow the version before it shows that logs are missing.
func (b *beside) bring(ctx context.Context, e event, at place, block *nodes.Block) error {
	d, f := b.draft, e.found
	stands, _, err := newest(d, f.Key)
	if err != nil {
		return err
	}
	switch {
	case f.Version == 0:
		f.Version = stands + 1
	case f.Version != stands+1:
		return driver.Errorf(driver.Corrupt, "%w: version %d of a key follows version %d, in block %d", &gap{f.Key}, f.Version, stands, at.height)
	}
	row := effect{Key: f.Key, Version: f.Version, Tx: e.log.TxHash, Block: block.Hash, Seconds: int64(block.Seconds),
		Author: f.Author, Deleted: f.Deleted}
	if row.Author == "" {
		row.Author = b.sender[e.log.TxHash]
	}
	if err := b.ledger.complete(ctx, f, block.Hash); driver.CodeOf(err) == driver.Pruned {
		row.Waits = f
	} else if err != nil {
		return err
	}
	return d.enter(row, at, f.Body)
}

// enter puts the rows of a version.
func (d *draft) enter(f effect, at place, body []byte) error {
	row, err := encodeEffect(f, body)
	if err != nil {
		return err
	}
	key := digest(f.Key)
	d.put(d.row('e', at.bytes()), row)
	d.put(d.row('v', key, number(f.Version)), []byte(at.bytes()))
	d.put(d.row('n', key), []byte(number(f.Version)+at.bytes()))
	tx := d.row('t', string(f.Tx[:]))
	first, err := d.get(tx)
	if first == nil && err == nil {
		d.put(tx, []byte(at.bytes()))
	}
	return err
}

// lead puts that a value leads to a key, unless it does so already.
func (d *draft) lead(led binding.Led, key string, at place) error {
	mark, name := markOf(led), digest(key)
	row := d.row('m', mark, name)
	already, err := d.get(row)
	if already != nil || err != nil {
		return err
	}
	d.put(row, []byte(at.bytes()))
	d.put(d.row('l', mark, at.bytes(), name[:8]), []byte(key))
	d.put(d.row('k', at.bytes(), mark), []byte(mark+name))
	return nil
}

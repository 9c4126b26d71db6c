package ethereum

import (
	"context"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// beside is what has to be asked for beside logs: the blocks that they stand in, and who sent their transactions.
type beside struct {
	ledger *Ledger
	draft  *draft
	blocks map[uint64]*nodes.Block
	sender map[common.Hash]string
}

func (b *beside) fetch(ctx context.Context, events []event, to *nodes.Block) error {
	b.blocks, b.sender = map[uint64]*nodes.Block{to.Height: to}, map[common.Hash]string{}
	var heights []uint64
	var txs []common.Hash
	for _, e := range events {
		if h := e.log.BlockNumber; b.blocks[h] == nil && !slices.Contains(heights, h) {
			heights = append(heights, h)
		}
		if tx := e.log.TxHash; e.found.Brings && e.found.Author == "" && !slices.Contains(txs, tx) {
			txs = append(txs, tx)
		}
	}
	if err := b.fetchBlocks(ctx, heights); err != nil {
		return err
	}
	return b.fetchSenders(ctx, txs)
}

func (b *beside) fetchBlocks(ctx context.Context, heights []uint64) error {
	if len(heights) == 0 {
		return nil
	}
	got, err := nodes.Agree(ctx, b.ledger.set, "blocks", func(ctx context.Context, n *nodes.Node) ([]*nodes.Block, error) {
		return n.Blocks(ctx, heights)
	})
	if err != nil {
		return err
	}
	for i, h := range heights {
		if got[i] == nil {
			return driver.Errorf(driver.NotReady, "%w", errMissing(h))
		}
		b.blocks[h] = got[i]
	}
	return nil
}

// fetchSenders recovers who signed the transactions: no node is believed about that.
func (b *beside) fetchSenders(ctx context.Context, txs []common.Hash) error {
	if len(txs) == 0 {
		return nil
	}
	got, err := nodes.Agree(ctx, b.ledger.set, "transactions", func(ctx context.Context, n *nodes.Node) ([]*nodes.Transaction, error) {
		return n.Transactions(ctx, txs)
	})
	if err != nil {
		return err
	}
	for i, tx := range txs {
		if got[i] == nil {
			return driver.Errorf(driver.NotReady, "the chain does not show a transaction whose log it shows")
		}
		if from, ok := got[i].Sender(); ok {
			b.sender[tx] = hexutil.Encode(from[:])
		}
	}
	return nil
}

// complete calls for the state that a body has, where it has one. A function that refuses says that nothing stands there.
func (l *Ledger) complete(ctx context.Context, f *binding.Found, block common.Hash) error {
	if !l.binding.NeedsState(f) {
		return nil
	}
	data, err := l.binding.CallState(f)
	if err != nil {
		return err
	}
	answer, err := l.call(ctx, data, block)
	if r := nodes.RefusedAs(err); r != nil && r.Kind == nodes.Reverted {
		return l.binding.WithoutState(f)
	}
	if err != nil {
		return err
	}
	return l.binding.WithState(f, answer)
}

func (l *Ledger) call(ctx context.Context, data []byte, block common.Hash) ([]byte, error) {
	return nodes.Agree(ctx, l.set, "a call", func(ctx context.Context, n *nodes.Node) (hexutil.Bytes, error) {
		return n.Call(ctx, l.binding.Contract, data, block)
	})
}

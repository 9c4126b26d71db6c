package nodes

import (
	"context"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Query is which logs are wanted: a contract's, of some events, from a height on up to a block.
type Query struct {
	Contract common.Address
	Events   []common.Hash
	From     uint64
	To       *Block
	Span     uint64 // the most blocks of one question
}

// maxLogs is how many logs of one answer are believed to be all: several hosts cut a longer one without a word.
const maxLogs = 5_000

// Logs gives the logs of a query. Beside each question the node shows the query's last block, so that one which does not
// have it yet, or has another in its place, does not look as if there were no logs: that is NotReady.
func (n *Node) Logs(ctx context.Context, q Query) ([]types.Log, error) {
	var all []types.Log
	for from := q.From; from <= q.To.Height; {
		to := min(q.To.Height, from+n.spanFor(q)-1)
		some, err := n.logs(ctx, q, from, to)
		switch r := RefusedAs(err); {
		case r != nil && r.Kind != Limited && to > from:
			n.shrink(to - from + 1)
			continue
		case err != nil:
			return nil, err
		case len(some) >= maxLogs && to > from:
			n.shrink(to - from + 1)
			continue
		}
		for i := range some {
			some[i].BlockTimestamp = 0 // not every node tells it: it is read from the block
		}
		all = append(all, some...)
		from = to + 1
	}
	return all, nil
}

// spanFor is what the node takes, as far as is known. It grows again: what a node refuses depends on how many logs there
// are.
func (n *Node) spanFor(q Query) uint64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.span == 0 || n.span > q.Span {
		n.span = q.Span
	}
	span := n.span
	n.span = min(q.Span, span+span/8+1)
	return span
}

func (n *Node) shrink(refused uint64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.span = max(1, refused/2)
}

func (n *Node) logs(ctx context.Context, q Query, from, to uint64) ([]types.Log, error) {
	var logs *[]types.Log
	var last *wireBlock
	filter := map[string]any{"address": q.Contract, "topics": []any{q.Events}, "fromBlock": Height(from), "toBlock": Height(to)}
	asked := []rpc.BatchElem{
		{Method: "eth_getLogs", Args: []any{filter}, Result: &logs},
		{Method: "eth_getBlockByNumber", Args: []any{Height(q.To.Height), false}, Result: &last},
	}
	if err := n.together(ctx, asked); err != nil {
		return nil, err
	}
	b, err := blockAnswer(Height(q.To.Height), last, nil)
	switch {
	case err != nil:
		return nil, err
	case !b.same(q.To):
		return nil, driver.Errorf(driver.NotReady, "the node does not have %s", q.To)
	case logs == nil:
		return nil, driver.Errorf(driver.Corrupt, "the node answers no list of logs")
	}
	return *logs, q.check(*logs, from, to)
}

// check holds logs against what was asked for.
func (q Query) check(logs []types.Log, from, to uint64) error {
	for i := range logs {
		l := &logs[i]
		switch {
		case !q.asksFor(l, from, to):
			return driver.Errorf(driver.Corrupt, "a log that was not asked for")
		case l.BlockNumber == q.To.Height && l.BlockHash != q.To.Hash:
			return driver.Errorf(driver.Corrupt, "a log of another %s", q.To)
		case i > 0 && !after(&logs[i-1], l):
			return driver.Errorf(driver.Corrupt, "logs that are not in the order of the chain")
		}
	}
	return nil
}

func (q Query) asksFor(l *types.Log, from, to uint64) bool {
	wanted := l.Address == q.Contract && len(l.Topics) > 0 && slices.Contains(q.Events, l.Topics[0])
	return wanted && !l.Removed && l.BlockNumber >= from && l.BlockNumber <= to && l.BlockHash != (common.Hash{})
}

func after(a, b *types.Log) bool {
	return a.BlockNumber < b.BlockNumber || a.BlockNumber == b.BlockNumber && a.Index < b.Index
}

package nodes

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Content is a block with its transactions and their receipts, in the block's order. Header hashes to the block that was
// asked for; whether the rest belongs to it is for the header's roots to tell.
type Content struct {
	Header       *types.Header
	Transactions types.Transactions
	Receipts     types.Receipts
}

// Place is where a transaction stands in the block; -1 where it does not.
func (c *Content) Place(tx common.Hash) int {
	return slices.IndexFunc(c.Transactions, func(t *types.Transaction) bool { return t.Hash() == tx })
}

// WithContent asks one endpoint after another for all that stands in a block, until use takes it: a block's hash decides
// what is in it, so that one endpoint is enough, and no other need agree. What the endpoints have dropped is Pruned.
func (s *Set) WithContent(ctx context.Context, block *Block, use func(*Content) error) error {
	_, err := inTurn(ctx, s, func(ctx context.Context, n *Node) (*Content, error) {
		c, err := n.content(ctx, block)
		if err == nil {
			err = use(c)
		}
		return c, err
	})
	return err
}

// inTurn gives the first answer that is one, and otherwise the first error.
func inTurn[T any](ctx context.Context, s *Set, ask func(context.Context, *Node) (T, error)) (T, error) {
	var zero T
	var failed error
	for _, n := range s.nodes {
		v, err := ask(ctx, n)
		if err == nil {
			return v, nil
		}
		if failed == nil {
			failed = err
		}
		if ended := driver.FromContext(ctx); ended != nil {
			return zero, ended
		}
	}
	return zero, failed
}

// errForm is a header or a transaction of a form that is not known here: other chains than Ethereum have their own.
var errForm = errors.New("a block of a form that is not known here")

func (n *Node) content(ctx context.Context, block *Block) (*Content, error) {
	var raw json.RawMessage
	if err := n.ask(ctx, &raw, "eth_getBlockByHash", block.Hash, true); err != nil {
		return nil, err
	}
	header, err := headerOf(raw)
	switch {
	case err != nil:
		return nil, err
	case header == nil:
		return nil, driver.Errorf(driver.Pruned, "the node does not have block %d with its transactions", block.Height)
	case header.Hash() != block.Hash:
		return nil, driver.Errorf(driver.Unsupported, "block %d does not have the hash of its header: %w", block.Height, errForm)
	}
	c := &Content{Header: header}
	if c.Transactions, err = transactionsOf(raw); err != nil {
		return nil, err
	}
	c.Receipts, err = n.receipts(ctx, block, c.Transactions)
	return c, err
}

func transactionsOf(raw json.RawMessage) (types.Transactions, error) {
	var block struct {
		Transactions []*Transaction `json:"transactions"`
	}
	if err := json.Unmarshal(raw, &block); err != nil {
		return nil, driver.Errorf(driver.Corrupt, "a block's transactions: %w", err)
	}
	all := make(types.Transactions, len(block.Transactions))
	for i, t := range block.Transactions {
		switch {
		case t == nil:
			return nil, driver.Errorf(driver.Corrupt, "a block's transactions: none at place %d", i)
		case t.Tx == nil:
			return nil, driver.Errorf(driver.Unsupported, "the transaction at place %d: %w", i, errForm)
		}
		all[i] = t.Tx
	}
	return all, nil
}

// receipts gives the receipts of a block: at once where the node can, and otherwise each by its transaction.
func (n *Node) receipts(ctx context.Context, block *Block, txs types.Transactions) (types.Receipts, error) {
	var all types.Receipts
	err := n.ask(ctx, &all, "eth_getBlockReceipts", Height(block.Height))
	if r := RefusedAs(err); r != nil && (r.Kind == Other || r.Kind == TooMuch) {
		all, err = n.receiptsOf(ctx, txs)
	}
	if err != nil {
		return nil, err
	}
	return all, checkReceipts(all, block, txs)
}

// checkReceipts holds receipts against the transactions that they must be of.
func checkReceipts(all types.Receipts, block *Block, txs types.Transactions) error {
	switch {
	case len(all) == 0 && len(txs) > 0:
		return driver.Errorf(driver.Pruned, "the node does not have the receipts of block %d", block.Height)
	case len(all) != len(txs):
		return driver.Errorf(driver.Corrupt, "%d receipts for the %d transactions of block %d", len(all), len(txs), block.Height)
	}
	for i, r := range all {
		if r == nil || r.TxHash != txs[i].Hash() || r.BlockHash != block.Hash {
			return driver.Errorf(driver.Corrupt, "the receipt at place %d of block %d is of something else", i, block.Height)
		}
	}
	return nil
}

func (n *Node) receiptsOf(ctx context.Context, txs types.Transactions) (types.Receipts, error) {
	out := make(types.Receipts, len(txs))
	for from := 0; from < len(txs); from += maxTogether {
		to := min(len(txs), from+maxTogether)
		all := make([]rpc.BatchElem, 0, to-from)
		for i := from; i < to; i++ {
			all = append(all, rpc.BatchElem{Method: "eth_getTransactionReceipt", Args: []any{txs[i].Hash()}, Result: &out[i]})
		}
		if err := n.together(ctx, all); err != nil {
			return nil, err
		}
		for i := from; i < to; i++ {
			if out[i] == nil {
				return nil, driver.Errorf(driver.Pruned, "the node does not have the receipt at place %d", i)
			}
		}
	}
	return out, nil
}

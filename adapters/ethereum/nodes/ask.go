package nodes

import (
	"context"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Identity is which chain a node is of.
type Identity struct {
	ChainID uint64      `json:"chainId"`
	Genesis common.Hash `json:"genesis"`
}

// Identity asks which chain the node is of.
func (n *Node) Identity(ctx context.Context) (Identity, error) {
	var id *hexutil.Big
	var genesis *wireBlock
	all := []rpc.BatchElem{
		{Method: "eth_chainId", Result: &id},
		{Method: "eth_getBlockByNumber", Args: []any{"0x0", false}, Result: &genesis},
	}
	if err := n.together(ctx, all); err != nil {
		return Identity{}, err
	}
	b, err := blockAnswer("0x0", genesis, nil)
	switch {
	case err != nil:
		return Identity{}, err
	case b == nil || id == nil || !id.ToInt().IsUint64():
		return Identity{}, driver.Errorf(driver.Corrupt, "the node tells no chain id or no genesis block")
	}
	return Identity{id.ToInt().Uint64(), b.Hash}, nil
}

// together puts questions of which all must be answered.
func (n *Node) together(ctx context.Context, all []rpc.BatchElem) error {
	if err := n.askAll(ctx, all); err != nil {
		return err
	}
	for i := range all {
		if all[i].Error != nil {
			return all[i].Error
		}
	}
	return nil
}

// Code gives the code of an account in a block; without one, in the newest.
func (n *Node) Code(ctx context.Context, of common.Address, in *common.Hash) (hexutil.Bytes, error) {
	block := any("latest")
	if in != nil {
		block = within(*in)
	}
	var code *hexutil.Bytes
	if err := n.ask(ctx, &code, "eth_getCode", of, block); err != nil {
		return nil, err
	}
	if code == nil {
		return nil, driver.Errorf(driver.Corrupt, "the node tells no code")
	}
	return *code, nil
}

// within names a block by its hash, so that no other can answer.
func within(block common.Hash) map[string]any {
	return map[string]any{"blockHash": block, "requireCanonical": true}
}

// Call calls a function in a block.
func (n *Node) Call(ctx context.Context, to common.Address, data []byte, in common.Hash) (hexutil.Bytes, error) {
	var out *hexutil.Bytes
	if err := n.ask(ctx, &out, "eth_call", map[string]any{"to": to, "input": hexutil.Bytes(data)}, within(in)); err != nil {
		return nil, err
	}
	if out == nil {
		return nil, driver.Errorf(driver.Corrupt, "the node answers nothing to a call")
	}
	return *out, nil
}

// maxTogether is how many questions are put at once, and fewer where the answers are more than the node gives or is taken.
const maxTogether = 100

func tooMuch(err error) bool {
	r := RefusedAs(err)
	return r != nil && r.Kind == TooMuch
}

// Transactions gives transactions by their hashes, in that order.
func (n *Node) Transactions(ctx context.Context, hashes []common.Hash) ([]*Transaction, error) {
	var out []*Transaction
	for size := maxTogether; len(hashes) > 0; {
		some := hashes[:min(len(hashes), size)]
		got := make([]*Transaction, len(some))
		all := make([]rpc.BatchElem, len(some))
		for i, h := range some {
			all[i] = rpc.BatchElem{Method: "eth_getTransactionByHash", Args: []any{h}, Result: &got[i]}
		}
		if err := n.together(ctx, all); tooMuch(err) && len(some) > 1 {
			size = len(some) / 2
			continue
		} else if err != nil {
			return nil, err
		}
		hashes = hashes[len(some):]
		for i, t := range got {
			if t != nil && t.Tx != nil && t.Tx.Hash() != some[i] {
				return nil, driver.Errorf(driver.Corrupt, "a transaction that does not have the hash it was asked by")
			}
		}
		out = append(out, got...)
	}
	return out, nil
}

// Receipt gives what became of a transaction; nil while no block has it.
func (n *Node) Receipt(ctx context.Context, tx common.Hash) (*types.Receipt, error) {
	var r *types.Receipt
	if err := n.ask(ctx, &r, "eth_getTransactionReceipt", tx); err != nil {
		return nil, err
	}
	if r != nil && (r.TxHash != tx || r.BlockNumber == nil || r.BlockHash == (common.Hash{})) {
		return nil, driver.Errorf(driver.Corrupt, "a receipt that is not of the transaction it was asked by")
	}
	return r, nil
}

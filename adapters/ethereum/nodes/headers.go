package nodes

import (
	"context"
	"encoding/json"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// headerOf reads the header of a block that a node answers; nil where it has none.
func headerOf(raw json.RawMessage) (*types.Header, error) {
	var h *types.Header
	if err := json.Unmarshal(raw, &h); err != nil {
		return nil, driver.Errorf(driver.Corrupt, "a block's header: %w", err)
	}
	return h, nil
}

// Headers gives the headers that follow a block up to a height, each of which must name the one before as its parent.
func (s *Set) Headers(ctx context.Context, after *Block, to uint64) ([]*types.Header, error) {
	return inTurn(ctx, s, func(ctx context.Context, n *Node) ([]*types.Header, error) { return n.headers(ctx, after, to) })
}

func (n *Node) headers(ctx context.Context, after *Block, to uint64) ([]*types.Header, error) {
	var out []*types.Header
	parent := after.Hash
	for from := after.Height + 1; from <= to; from += maxTogether {
		some, err := n.someHeaders(ctx, from, min(to, from+maxTogether-1))
		if err != nil {
			return nil, err
		}
		for i, h := range some {
			if h == nil || h.ParentHash != parent {
				return nil, driver.Errorf(driver.NotReady, "block %d does not follow the one before it", from+uint64(i))
			}
			parent = h.Hash()
		}
		out = append(out, some...)
	}
	return out, nil
}

func (n *Node) someHeaders(ctx context.Context, from, to uint64) ([]*types.Header, error) {
	raw := make([]json.RawMessage, to-from+1)
	all := make([]rpc.BatchElem, len(raw))
	for i := range all {
		all[i] = rpc.BatchElem{Method: "eth_getBlockByNumber", Args: []any{Height(from + uint64(i)), false}, Result: &raw[i]}
	}
	if err := n.together(ctx, all); err != nil {
		return nil, err
	}
	out := make([]*types.Header, len(raw))
	for i := range raw {
		h, err := headerOf(raw[i])
		if err != nil {
			return nil, err
		}
		out[i] = h
	}
	return out, nil
}

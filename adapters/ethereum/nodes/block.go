package nodes

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Block is what is known of a block without its content.
type Block struct {
	Height  uint64      `json:"height"`
	Hash    common.Hash `json:"hash"`
	Parent  common.Hash `json:"parent"`
	Seconds uint64      `json:"seconds"` // since 1970
	BaseFee *hexutil.Big
}

// Time is the chain's own time of the block.
func (b *Block) Time() time.Time { return time.Unix(int64(b.Seconds), 0).UTC() }

// same reports whether two answers are of one block.
func (b *Block) same(other *Block) bool {
	if b == nil || other == nil {
		return b == other
	}
	return b.Height == other.Height && b.Hash == other.Hash
}

// wireBlock is a block as a node writes it. Pointers show what is missing.
type wireBlock struct {
	Number     *hexutil.Uint64 `json:"number"`
	Hash       *common.Hash    `json:"hash"`
	ParentHash *common.Hash    `json:"parentHash"`
	Timestamp  *hexutil.Uint64 `json:"timestamp"`
	BaseFee    *hexutil.Big    `json:"baseFeePerGas"`
}

func (w *wireBlock) block() (*Block, error) {
	switch {
	case w == nil:
		return nil, nil
	case w.Number == nil || w.Hash == nil || w.ParentHash == nil || w.Timestamp == nil || *w.Hash == (common.Hash{}) || *w.Timestamp > 1<<40:
		return nil, driver.Errorf(driver.Corrupt, "a block without its number, hash, parent or time")
	}
	return &Block{uint64(*w.Number), *w.Hash, *w.ParentHash, uint64(*w.Timestamp), w.BaseFee}, nil
}

// Block gives the block at a height or under a tag; nil where the node has none.
func (n *Node) Block(ctx context.Context, at string) (*Block, error) {
	var w *wireBlock
	err := n.ask(ctx, &w, "eth_getBlockByNumber", at, false)
	return blockAnswer(at, w, err)
}

func blockAnswer(at string, w *wireBlock, err error) (*Block, error) {
	if r := RefusedAs(err); r != nil && isTag(at) && at != "latest" && saysNone(r.Text) {
		return nil, nil // geth and besu answer an error in place of null where nothing is final or safe yet
	}
	if err != nil {
		return nil, err
	}
	b, err := w.block()
	if err != nil || b == nil {
		return nil, err
	}
	if !isTag(at) && hexutil.EncodeUint64(b.Height) != at {
		return nil, driver.Errorf(driver.Corrupt, "asked for block %s, the node answers block %d", at, b.Height)
	}
	return b, nil
}

// saysNone reports whether a refusal says that there is no such block. Any other one says nothing about blocks.
func saysNone(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "block not found") || strings.Contains(text, "unknown block")
}

func isTag(at string) bool { return len(at) < 2 || at[:2] != "0x" }

// Height writes a height as a node takes it.
func Height(h uint64) string { return hexutil.EncodeUint64(h) }

// Blocks gives the blocks at some heights, in that order.
func (n *Node) Blocks(ctx context.Context, heights []uint64) ([]*Block, error) {
	out := make([]*Block, 0, len(heights))
	for size := maxTogether; len(heights) > 0; {
		some := heights[:min(len(heights), size)]
		got := make([]*wireBlock, len(some))
		all := make([]rpc.BatchElem, len(some))
		for i, h := range some {
			all[i] = rpc.BatchElem{Method: "eth_getBlockByNumber", Args: []any{Height(h), false}, Result: &got[i]}
		}
		if err := n.together(ctx, all); tooMuch(err) && len(some) > 1 {
			size = len(some) / 2
			continue
		} else if err != nil {
			return nil, err
		}
		heights = heights[len(some):]
		for i, h := range some {
			b, err := blockAnswer(Height(h), got[i], nil)
			if err != nil {
				return nil, err
			}
			out = append(out, b)
		}
	}
	return out, nil
}

func (b *Block) String() string { return fmt.Sprintf("block %d (%s)", b.Height, b.Hash) }

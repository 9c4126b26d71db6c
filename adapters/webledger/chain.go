package webledger

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// chain is the identity of a ledger: the URI that its genesis block gives it, and that block's hash, recomputed.
type chain struct {
	ledger, genesis string
}

func (c chain) id() string { return c.ledger + "#" + c.genesis }

// errOtherChain is the cause where a node shows another ledger, or another genesis block of the same, than it did when
// this Ledger first reached it. What is asked for cannot be asked of that node; the index is left as it is.
var errOtherChain = errors.New("the node shows another chain than before")

// pin keeps the first chain that was reached for as long as the Ledger is open.
func (l *Ledger) pin(c chain) error {
	if l.chain.CompareAndSwap(nil, &c) {
		l.index.Store(newIndex(l.store, c, l.paths))
	}
	if have := *l.chain.Load(); have != c {
		l.log.Error("Web Ledger node shows another chain", "node", l.target.base.Host, "was", have.id(), "is", c.id())
		return &driver.Error{Code: driver.Unavailable, RetryAfter: longPause, Err: errOtherChain}
	}
	return nil
}

// longPause is when it is worth to try again what only an operator can repair.
const longPause = time.Minute

// standing is where a node says that its ledger stands.
type standing struct {
	genesis string // the genesis block's hash
	first   string // and its id
	latest  driver.Block
	newest  protocol.BlockAnswer // the latest block itself, where the node does not shorten it here
}

// ask asks a node where its ledger stands.
func (l *Ledger) ask(ctx context.Context, n *node) (*standing, error) {
	body, err := l.fetch(ctx, n, n.blocks)
	if err != nil {
		return nil, err
	}
	if last := l.said.Load(); last != nil && bytes.Equal(last.body, body) {
		return last.standing, nil
	}
	at, err := standingOf(body)
	if err == nil && len(body) <= maxSaid {
		l.said.Store(&saidBefore{body, at})
	}
	return at, err
}

// saidBefore is what a node last answered where its ledger stands. As long as it answers the same bytes, which are two
// whole blocks, they are not read again.
type saidBefore struct {
	body     []byte
	standing *standing // shared: it is never changed
}

// maxSaid bounds the answer that is remembered, in bytes.
const maxSaid = 1 << 20

func standingOf(body []byte) (*standing, error) {
	var said protocol.BlocksAnswer
	if err := decode(body, &said); err != nil {
		return nil, err
	}
	first, _, err := nameOf(said.Genesis)
	if err != nil {
		return nil, err
	}
	_, height, err := nameOf(said.Latest)
	if err != nil {
		return nil, err
	}
	return &standing{
		genesis: said.Genesis.Meta.BlockHash,
		first:   first,
		latest:  driver.Block{Height: height, Hash: said.Latest.Meta.BlockHash, Time: chainTime(said.Latest.Meta)},
		newest:  said.Latest,
	}, nil
}

// nameOf reads no more of a block than what it is called.
func nameOf(a protocol.BlockAnswer) (id string, height uint64, err error) {
	var b struct {
		ID          string  `json:"id"`
		BlockHeight *uint64 `json:"blockHeight"`
	}
	if err := json.Unmarshal(a.Block, &b); err != nil || a.Meta.BlockHash == "" || b.BlockHeight == nil {
		return "", 0, driver.Errorf(driver.Corrupt, "the block service answers a block without its id, height or hash: %w", err)
	}
	return b.ID, *b.BlockHeight, nil
}

// fetch gets from a service other than the query service. Where such a service is gone, so is the node that we knew.
func (l *Ledger) fetch(ctx context.Context, n *node, url string) ([]byte, error) {
	body, err := l.client.get(ctx, url, maxBlock)
	if code := driver.CodeOf(err); code == driver.Unavailable {
		l.forget(n)
	}
	return body, err
}

func chainTime(m protocol.BlockMeta) time.Time { return time.UnixMilli(m.ConsensusDate).UTC() }

// identify reads the genesis block of a node's ledger and hashes it: what the node says beside it is not believed.
func (l *Ledger) identify(ctx context.Context, n *node) (chain, error) {
	at, err := l.ask(ctx, n)
	if err != nil {
		return chain{}, err
	}
	ledger, ok := strings.CutSuffix(at.first, "/blocks/0")
	if !ok || !protocol.IsURI(ledger) {
		return chain{}, driver.Errorf(driver.Corrupt, "genesis block id %.200q: must be the ledger's and /blocks/0", at.first)
	}
	b, err := l.block(ctx, n, ledger, 0)
	if err != nil {
		return chain{}, err
	}
	c := b.Events[0].Configuration
	if c == nil || c.Ledger != ledger || b.Hash != at.genesis {
		return chain{}, driver.Errorf(driver.Corrupt, "genesis block %s does not hold the configuration of its ledger, or not under the hash %.64q", at.first, at.genesis)
	}
	return chain{ledger, b.Hash}, nil
}

// block is a block with what its node says beside it.
type block struct {
	*protocol.Block
	time time.Time
	raw  []byte
}

// block fetches the block at a height and recomputes its hashes. Whether it follows the one before is not looked at.
func (l *Ledger) block(ctx context.Context, n *node, ledger string, height uint64) (*block, error) {
	body, err := l.fetch(ctx, n, withID(n.blocks, protocol.BlockID(ledger, height)))
	if err != nil {
		return nil, err
	}
	var said protocol.BlockAnswer
	if err := decode(body, &said); err != nil {
		return nil, err
	}
	return hashed(said, ledger, height)
}

// hashed holds a block against what its node says of it. A block that differs is a *forgedBlock in a Corrupt.
func hashed(said protocol.BlockAnswer, ledger string, height uint64) (*block, error) {
	b, err := protocol.ParseBlock(said.Block)
	switch {
	case err != nil:
		return nil, forged(height, said.Block, "cannot be read: %w", err)
	case b.ID != protocol.BlockID(ledger, height) || b.Height != height:
		return nil, forged(height, said.Block, "calls itself %.200q", b.ID)
	case b.Hash != said.Meta.BlockHash:
		return nil, forged(height, said.Block, "has the hash %s, and the node says %.64q", b.Hash, said.Meta.BlockHash)
	case !said.Meta.Consensus:
		return nil, driver.Errorf(driver.Corrupt, "block %d stands without consensus", height)
	}
	return &block{b, chainTime(said.Meta), said.Block}, nil
}

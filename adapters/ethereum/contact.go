package ethereum

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// errOtherChain is the cause where the endpoints are of another chain than the ledger is on. What is asked for cannot be
// asked of them; the index is left as it is.
var errOtherChain = errors.New("the endpoints are of another chain than this ledger")

// longPause is when it is worth to try again what only an operator can repair.
const longPause = time.Minute

// contact makes sure, once, that the endpoints are of the ledger's chain and that the contract stands there, and gives the
// index of that chain. A contract that is not there is no absence of what it would hold: NotReady.
func (l *Ledger) contact(ctx context.Context) (*index, error) {
	if x := l.index.Load(); x != nil {
		return x, nil
	}
	if err := l.finding.take(ctx); err != nil {
		return nil, err
	}
	defer l.finding.give()
	if x := l.index.Load(); x != nil {
		return x, nil
	}
	id, err := l.identify(ctx)
	if err != nil {
		return nil, err
	}
	if err := l.hasCode(ctx); err != nil {
		return nil, err
	}
	if err := l.pin(id); err != nil {
		return nil, err
	}
	x := newIndex(l.store, id, l.binding)
	if err := x.loadRereads(); err != nil {
		return nil, err
	}
	l.index.Store(x)
	return x, nil
}

// identify asks which chain it is, and holds it against what the URL and the store say.
func (l *Ledger) identify(ctx context.Context) (nodes.Identity, error) {
	id, err := nodes.Agree(ctx, l.set, "the chain", func(ctx context.Context, n *nodes.Node) (nodes.Identity, error) {
		return n.Identity(ctx)
	})
	if err != nil {
		return id, err
	}
	if l.target.chain != 0 && id.ChainID != l.target.chain {
		return id, l.otherChain("the URL says chain %d, the endpoints say %d", l.target.chain, id.ChainID)
	}
	known, err := l.pinned()
	if err != nil || known == nil || *known == id {
		return id, err
	}
	return id, l.otherChain("the ledger was on chain %d (genesis %s), the endpoints are on chain %d (genesis %s)",
		known.ChainID, known.Genesis, id.ChainID, id.Genesis)
}

func (l *Ledger) otherChain(format string, args ...any) error {
	what := fmt.Sprintf(format, args...)
	l.log.Error("Ethereum endpoints are of another chain", "what", what)
	return &driver.Error{Code: driver.Unavailable, RetryAfter: longPause, Err: fmt.Errorf("%w: %s", errOtherChain, what)}
}

// rowPin holds the first chain that this store was used with. Another chain behind the same address must not pass for it.
const rowPin = "chain"

func (l *Ledger) pinned() (*nodes.Identity, error) {
	value, ok, err := l.store.Get([]byte(rowPin))
	if err != nil || !ok {
		return nil, storeError(err)
	}
	var id nodes.Identity
	if err := json.Unmarshal(value, &id); err != nil {
		return nil, damaged("%w", err)
	}
	return &id, nil
}

func (l *Ledger) pin(id nodes.Identity) error {
	if known, err := l.pinned(); known != nil || err != nil {
		return err
	}
	value, err := json.Marshal(id)
	if err != nil {
		return damaged("%w", err)
	}
	return storeError(l.store.Apply(driver.Change{Key: []byte(rowPin), Value: value}))
}

// hasCode makes sure that the contract stands on the chain.
func (l *Ledger) hasCode(ctx context.Context) error {
	stands, err := l.codeAt(ctx, nil)
	if err != nil || stands {
		return err
	}
	at := hexutil.Encode(l.binding.Contract[:])
	l.log.Error("Ethereum contract is not on the chain", "contract", at)
	return &driver.Error{Code: driver.NotReady, RetryAfter: longPause, Err: fmt.Errorf("there is no contract at %s", at)}
}

// hadCode makes sure that the contract stood on the chain in a block: one that is new stands in none that is final yet.
func (l *Ledger) hadCode(ctx context.Context, b *nodes.Block) error {
	stood, err := l.codeAt(ctx, &b.Hash)
	if err != nil || stood {
		return err
	}
	at := hexutil.Encode(l.binding.Contract[:])
	return &driver.Error{Code: driver.NotReady, RetryAfter: time.Second, Err: fmt.Errorf("there is no contract at %s in block %d, the final one", at, b.Height)}
}

// codeAt asks whether the contract has code, in a block or, without one, in the newest.
func (l *Ledger) codeAt(ctx context.Context, block *common.Hash) (bool, error) {
	return nodes.Agree(ctx, l.set, "the contract", func(ctx context.Context, n *nodes.Node) (bool, error) {
		code, err := n.Code(ctx, l.binding.Contract, block)
		return len(code) > 0, err
	})
}

// storeError is a failure of Env.Store. It says nothing about the chain.
func storeError(err error) error {
	if err == nil {
		return nil
	}
	return driver.Errorf(driver.Unknown, "Ethereum index: %w", err)
}

// damaged is an index that is not as it was written.
func damaged(format string, args ...any) *driver.Error {
	return driver.Errorf(driver.Unknown, "Ethereum index: %w", fmt.Errorf(format, args...))
}

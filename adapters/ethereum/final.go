package ethereum

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// finalBlock asks which block is the newest final one. The genesis block is final by itself.
func (l *Ledger) finalBlock(ctx context.Context) (*nodes.Block, error) {
	f := l.binding.Section.Finality
	tag := f.Tag
	switch {
	case f.Confirmations > 0:
		return l.confirmed(ctx, f.Confirmations)
	case tag == "":
		tag = "finalized"
	}
	b, err := l.set.Head(ctx, tag)
	if err != nil || b != nil {
		return b, err
	}
	return l.blockAt(ctx, 0)
}

func (l *Ledger) confirmed(ctx context.Context, n uint64) (*nodes.Block, error) {
	head, err := l.newestBlock(ctx)
	if err != nil {
		return nil, err
	}
	return l.blockAt(ctx, max(head.Height, n)-n)
}

func (l *Ledger) newestBlock(ctx context.Context) (*nodes.Block, error) {
	b, err := l.set.Head(ctx, "latest")
	if err == nil && b == nil {
		err = driver.Errorf(driver.Corrupt, "the chain tells no newest block")
	}
	return b, err
}

// blockAt is for heights that the chain has told of.
func (l *Ledger) blockAt(ctx context.Context, height uint64) (*nodes.Block, error) {
	b, err := l.set.Block(ctx, height)
	if err == nil && b == nil {
		err = &driver.Error{Code: driver.NotReady, RetryAfter: time.Second, Err: errMissing(height)}
	}
	return b, err
}

// stillOn reports whether the chain has this very block.
func (l *Ledger) stillOn(ctx context.Context, b *nodes.Block) (bool, error) {
	now, err := l.set.Block(ctx, b.Height)
	if err != nil {
		return false, err
	}
	return now != nil && now.Hash == b.Hash, nil
}

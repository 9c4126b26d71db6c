package ethereum

import (
	"context"
	"encoding/binary"
	"fmt"
	"sort"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

func errMissing(height uint64) error {
	return fmt.Errorf("the chain does not have block %d now", height)
}

// unmoved answers what is final where the chain says that it is something below the index's newest block, or another
// block at that height. Where that block still stands it is final, whatever the node has forgotten of it.
func (l *Ledger) unmoved(ctx context.Context, x *index, t *tip, said *nodes.Block) (*nodes.Block, error) {
	now, err := l.set.Block(ctx, t.Height)
	switch {
	case err != nil:
		return nil, err
	case now != nil && now.Hash == t.Hash:
		return now, nil
	case now != nil:
		return said, l.retreat(ctx, x, t)
	}
	// The chain does not reach so far. It may be another, be behind, or have been made anew.
	if _, err := l.identify(ctx); err != nil {
		return nil, err
	}
	fork, err := l.fork(ctx, x, said.Height)
	if err != nil {
		return nil, err
	}
	if fork.below {
		return said, l.retreat(ctx, x, t)
	}
	e := driver.Errorf(driver.Unavailable, "the chain stands at block %d, and has shown block %d before", said.Height, t.Height)
	e.RetryAfter = time.Second
	return nil, e
}

func (l *Ledger) retreatUnless(ctx context.Context, x *index, t *tip, err error) error {
	if err != nil {
		return err
	}
	return l.retreat(ctx, x, t)
}

// retreat takes back what the index has of blocks that are not on the chain any more. Endpoints of another chain are no
// reason for it, nor is a chain that was made anew and has no contract yet: the index is then left as it is.
func (l *Ledger) retreat(ctx context.Context, x *index, t *tip) error {
	if _, err := l.identify(ctx); err != nil {
		return err
	}
	if err := l.hasCode(ctx); err != nil {
		return err
	}
	fork, err := l.fork(ctx, x, t.Height)
	if err != nil {
		return err
	}
	l.log.Error("Ethereum chain went another way below what counted as final", "finality", x.binding.Section.Finality.String(),
		"below", t.Height)
	return x.takeBack(t, fork)
}

// fork is where two chains part.
type fork struct {
	block *nodes.Block // the last one that both have, as far as the index knows; nil for none
	below bool         // a block at or below the height asked for is not on the chain

	reread bool // there is but one chain, whose logs are read again from here on
}

// next is the first block that is not below the fork.
func (f fork) next() uint64 {
	if f.block == nil {
		return 0
	}
	return f.block.Height + 1
}

// fork finds the highest block up to a height that the index knows of and the chain still has. What stands on a block that
// the chain has not is not on the chain either, so that halving finds it.
func (l *Ledger) fork(ctx context.Context, x *index, upTo uint64) (fork, error) {
	var heights []uint64
	prefix := x.row('b')
	err := x.kv.Scan([]byte(prefix), nil, func(row, _ []byte) bool {
		h := binary.BigEndian.Uint64(row[len(prefix):])
		if h <= upTo {
			heights = append(heights, h)
		}
		return h <= upTo
	})
	if err != nil {
		return fork{}, storeError(err)
	}
	var failed error
	gone := sort.Search(len(heights), func(i int) bool {
		if failed != nil {
			return true
		}
		hash, _, err := known(x, heights[i])
		if err != nil {
			failed = err
			return true
		}
		same, err := l.stillOn(ctx, &nodes.Block{Height: heights[i], Hash: hash})
		failed = err
		return !same
	})
	if failed != nil {
		return fork{}, failed
	}
	f := fork{below: gone < len(heights)}
	if gone > 0 {
		f.block, failed = l.blockAt(ctx, heights[gone-1])
	}
	return f, failed
}

package webledger

import (
	"context"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// lookAhead fetches blocks before they are asked for, and hashes them meanwhile: both cost more than to replay them. It
// ends with its context or with its last block; wait returns when all of it has.
type lookAhead struct {
	slots chan chan fetched
	work  sync.WaitGroup
}

type fetched struct {
	block *block
	err   error
}

// maxAhead is how many blocks are fetched at a time, and how many may wait to be replayed.
const maxAhead = 4

func (l *Ledger) ahead(ctx context.Context, n *node, ledger string, first, last uint64) *lookAhead {
	a := &lookAhead{slots: make(chan chan fetched, maxAhead-1)}
	a.work.Go(func() {
		defer close(a.slots)
		for height := first; height <= last; height++ {
			slot := make(chan fetched, 1)
			select {
			case a.slots <- slot:
			case <-ctx.Done():
				return
			}
			a.work.Go(func() {
				b, err := l.block(ctx, n, ledger, height)
				slot <- fetched{b, err}
			})
		}
	})
	return a
}

// next answers the blocks in their order.
func (a *lookAhead) next(ctx context.Context) (*block, error) {
	select {
	case slot, ok := <-a.slots:
		if !ok {
			return nil, driver.FromContext(ctx)
		}
		got := <-slot
		return got.block, got.err
	case <-ctx.Done():
		return nil, driver.FromContext(ctx)
	}
}

func (a *lookAhead) wait() { a.work.Wait() }

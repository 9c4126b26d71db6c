package ethereum

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// above is what stands in blocks above the final one: read anew whenever the newest block is another, and never written.
type above struct {
	turn
	final, head *nodes.Block
	reads       byte // how often logs had been read again
	draft       *draft
}

// is reports whether the draft is of these blocks, by an index whose logs were read again so often.
func (a *above) is(final, head *nodes.Block, reads byte) bool {
	return a.draft != nil && a.head.Hash == head.Hash && a.final.Hash == final.Hash && a.reads == reads
}

// asksAbove is how often the blocks above the final one are read again because the chain changed meanwhile.
const asksAbove = 5

// view answers the index with all blocks up to the newest laid over it.
func (l *Ledger) view(ctx context.Context, x *index) (d *draft, final *nodes.Block, err error) {
	for range asksAbove {
		if final, err = l.catchUp(ctx, x); err != nil {
			return nil, nil, err
		}
		if d, final, err = l.viewFrom(ctx, x, final); driver.CodeOf(err) != driver.NotReady {
			return d, final, err
		}
	}
	return nil, nil, err
}

// viewFrom answers the draft that is there where nothing has changed. Another is made while nobody follows the chain, for
// an index that goes on meanwhile would have the same versions as the draft.
func (l *Ledger) viewFrom(ctx context.Context, x *index, final *nodes.Block) (*draft, *nodes.Block, error) {
	head, err := l.newestBlock(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := l.above.take(ctx); err != nil {
		return nil, nil, err
	}
	defer l.above.give()
	if l.above.is(final, head, x.reads()) {
		return l.above.draft, final, nil
	}
	if err := l.sync.take(ctx); err != nil {
		return nil, nil, err
	}
	defer l.sync.give()
	if final, err = l.follow(ctx, x); err != nil {
		return nil, nil, err
	}
	d, err := l.readAbove(ctx, x, final, head)
	if err != nil {
		return nil, nil, err
	}
	l.above.final, l.above.head, l.above.reads, l.above.draft = final, head, x.reads(), d
	return d, final, nil
}

func (l *Ledger) readAbove(ctx context.Context, x *index, final, head *nodes.Block) (*draft, error) {
	d, from := newDraft(x), max(final.Height+1, x.binding.Section.Deployed)
	if from > head.Height {
		return d, nil
	}
	if err := l.read(ctx, d, from, head); err != nil {
		return nil, err
	}
	if same, err := l.stillOn(ctx, final); err != nil || !same {
		return nil, notReadyUnless(err)
	}
	return d, nil
}

func notReadyUnless(err error) error {
	if err != nil {
		return err
	}
	return driver.Errorf(driver.NotReady, "the chain went on while it was read")
}

// latest answers a version that need not be final.
func (l *Ledger) latest(ctx context.Context, x *index, ref driver.Ref) (*driver.Entry, error) {
	d, final, err := l.view(ctx, x)
	if err != nil {
		return nil, err
	}
	if err := ref.Pinned(final.Height); err != nil {
		return nil, err
	}
	n, where, err := newest(d, ref.Key)
	ok := n > 0
	if err == nil && ref.Version > 0 {
		where, ok, err = version(d, ref.Key, ref.Version)
	}
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, driver.Errorf(driver.NotFound, "no such version under this key in any block")
	}
	s, err := effectAt(d, where)
	if err != nil {
		return nil, err
	}
	return l.whole(ctx, x, s, where.height <= final.Height)
}

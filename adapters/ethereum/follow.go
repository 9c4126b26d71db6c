package ethereum

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// following is the state of catching up, which one call does at a time for all that wait.
type following struct {
	turn
	asked  time.Time    // when the chain was last asked, for the call that then followed to the end
	at     *nodes.Block // and which block was final
	behind atomic.Int64 // how many blocks were missing when it was last known
	doubts doubts
}

// catchUp brings the index to the chain's newest final block, and answers that. Several calls share one way there: who
// waited while another began after it has what it wants. What was followed before ctx ends is kept, and the answer is then
// NotReady, as long as the index is behind.
func (l *Ledger) catchUp(ctx context.Context, x *index) (*nodes.Block, error) {
	wanted := time.Now()
	if err := l.sync.take(ctx); err != nil {
		return nil, l.sync.outOfTime(err)
	}
	defer l.sync.give()
	if l.sync.asked.After(wanted) {
		return l.sync.at, nil
	}
	began := time.Now()
	at, err := l.follow(ctx, x)
	if err != nil {
		return nil, l.sync.outOfTime(err)
	}
	l.sync.asked, l.sync.at = began, at
	return at, nil
}

// outOfTime makes NotReady of a deadline that ended while blocks were still missing: a later call goes on from here.
func (s *following) outOfTime(err error) error {
	if driver.CodeOf(err) != driver.DeadlineExceeded || s.behind.Load() == 0 {
		return err
	}
	e := driver.Errorf(driver.NotReady, "the index is %d blocks behind: %w", s.behind.Load(), err)
	e.RetryAfter = time.Second
	return e
}

// follow reads the logs of every block up to the newest final one.
func (l *Ledger) follow(ctx context.Context, x *index) (*nodes.Block, error) {
	final, err := l.finalBlock(ctx)
	if err != nil {
		return nil, err
	}
	for {
		t, err := x.tip()
		switch {
		case err != nil:
			return nil, err
		case t != nil && t.Hash == final.Hash:
			l.sync.behind.Store(0)
			return final, nil
		case t != nil && t.Height >= final.Height:
			final, err = l.unmoved(ctx, x, t, final)
		default:
			err = l.advance(ctx, x, t, final)
		}
		if err != nil {
			return nil, err
		}
	}
}

// advance makes a step, and reads again what a step shows to be missing.
func (l *Ledger) advance(ctx context.Context, x *index, t *tip, final *nodes.Block) error {
	l.sync.behind.Store(int64(final.Height+1) - int64(min(x.next(t), final.Height)))
	err := l.step(ctx, x, t, final)
	if l.filled(ctx, x, err) {
		return nil
	}
	return err
}

// filled reports whether a gap came from what the index lacks, which has been taken back to before it.
func (l *Ledger) filled(ctx context.Context, x *index, err error) bool {
	var g *gap
	if !errors.As(err, &g) {
		return false
	}
	other, err := l.reread(ctx, x, g.key)
	return err == nil && other
}

// next is the first block whose logs are not in the index.
func (x *index) next(t *tip) uint64 {
	if t == nil {
		return x.binding.Section.Deployed
	}
	return max(t.Height+1, x.binding.Section.Deployed)
}

// usualSpan is how many blocks one question for logs spans, where the section does not say.
const usualSpan = 2_000

func (l *Ledger) span() uint64 {
	if n := l.binding.Section.LogSpan; n > 0 {
		return n
	}
	return usualSpan
}

// step reads some blocks into the index.
func (l *Ledger) step(ctx context.Context, x *index, t *tip, final *nodes.Block) error {
	from := x.next(t)
	to, err := l.upTo(ctx, from, final)
	if err != nil {
		return err
	}
	d, failed := newDraft(x), error(nil)
	if from <= to.Height {
		failed = l.read(ctx, d, from, to)
	}
	// What the index ends with is looked at after the logs were read: they may be of a chain that went another way there, and
	// then what is wrong with them says nothing.
	if t != nil && to.Parent != t.Hash {
		if same, err := l.stillOn(ctx, &t.Block); err != nil || !same {
			return l.retreatUnless(ctx, x, t, err)
		}
	}
	if failed != nil {
		return failed
	}
	if err := d.tip(t, to); err != nil {
		return err
	}
	return d.commit()
}

// upTo is the last block of a step.
func (l *Ledger) upTo(ctx context.Context, from uint64, final *nodes.Block) (*nodes.Block, error) {
	if from >= final.Height || final.Height-from < l.span() {
		return final, nil
	}
	return l.blockAt(ctx, from+l.span()-1)
}

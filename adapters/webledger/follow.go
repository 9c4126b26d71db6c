package webledger

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// following is the state of catching up, which one call does at a time for all that wait.
type following struct {
	turn
	asked  time.Time    // when the node was last asked, for the call that then followed to the end
	at     *tip         // and where it found the ledger
	behind atomic.Int64 // how many blocks were missing when it was last known
}

// Bounds of one write to the index. A block is written at once however large it is.
const (
	writeBlocks = 64
	writeBytes  = 4 << 20
)

// catchUp brings the index to the newest block that the node has, and answers it. Several calls share one way there: who
// waited while another began after it has what it wants. What was followed before ctx ends is kept, and the answer is
// then NotReady, as long as the index is behind.
func (l *Ledger) catchUp(ctx context.Context) (*tip, error) {
	wanted := time.Now()
	if err := l.sync.take(ctx); err != nil {
		return nil, l.sync.outOfTime(err)
	}
	defer l.sync.give()
	if l.sync.asked.After(wanted) {
		return l.sync.at, nil
	}
	began := time.Now()
	at, err := l.follow(ctx)
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
	e.RetryAfter = usualRetry
	return e
}

// follow asks the node where the ledger stands, and reads every block up to there.
func (l *Ledger) follow(ctx context.Context) (*tip, error) {
	x := l.index.Load()
	n, at, err := l.stands(ctx, x)
	if err != nil {
		return nil, err
	}
	r, err := x.replay(l.paths)
	if err != nil {
		return nil, err
	}
	l.readLatest(r, at)
	if r.next() > at.latest.Height {
		l.sync.behind.Store(0)
		return r.tip, r.commit()
	}
	return l.read(ctx, n, r, at.latest.Height)
}

// readLatest takes the one block that is missing out of the answer that names it, where it stands there in full. What
// is wrong with it is found when it is fetched.
func (l *Ledger) readLatest(r *replay, at *standing) {
	if r.next() != at.latest.Height {
		return
	}
	if b, err := hashed(at.newest, r.chain.ledger, r.next()); err == nil {
		_ = r.add(b)
	}
}

// sameChain holds what the node says of its ledger against what is known of it.
func (l *Ledger) sameChain(n *node, x *index, t *tip, at *standing) error {
	if at.genesis != x.chain.genesis {
		l.forget(n)
		return l.pin(chain{x.chain.ledger, at.genesis})
	}
	switch {
	case t == nil || at.latest.Height > t.Height:
		return nil
	case at.latest.Height < t.Height:
		e := driver.Errorf(driver.Unavailable, "the node stands at block %d, and has shown block %d before", at.latest.Height, t.Height)
		e.RetryAfter = usualRetry
		return e
	case at.latest.Hash != t.Hash:
		return l.accuse(x, forged(at.latest.Height, nil, "had the hash %s, and now the node says %.64q", t.Hash, at.latest.Hash))
	}
	return nil
}

// read follows the blocks up to last into the index. What was read is written also where it ends with an error.
func (l *Ledger) read(ctx context.Context, n *node, r *replay, last uint64) (*tip, error) {
	ctx, cancel := context.WithCancel(ctx)
	blocks := l.ahead(ctx, n, r.chain.ledger, r.next(), last)
	defer blocks.wait()
	defer cancel()
	var err error
	for err == nil && r.next() <= last {
		l.sync.behind.Store(int64(last - r.next() + 1))
		err = l.readNext(ctx, r, blocks)
	}
	if failed := r.commit(); failed != nil {
		return nil, failed
	}
	if err != nil {
		return nil, l.accuse(r.index, err)
	}
	l.sync.behind.Store(0)
	return r.tip, nil
}

func (l *Ledger) readNext(ctx context.Context, r *replay, blocks *lookAhead) error {
	b, err := blocks.next(ctx)
	if err != nil {
		return err
	}
	if err := r.add(b); err != nil {
		return err
	}
	if r.size < writeBytes && r.next()%writeBlocks != 0 {
		return nil
	}
	return r.commit()
}

// maxEvidence is how much of a block that cannot be used is kept.
const maxEvidence = 1 << 20

// accuse keeps the first unusable block that a node sent for a height.
func (l *Ledger) accuse(x *index, err error) error {
	var f *forgedBlock
	if !errors.As(err, &f) {
		return err
	}
	l.log.Error("Web Ledger node sent a block that cannot be used", "node", l.target.base.Host, "height", f.height, "why", f.why)
	if failed := l.keepEvidence(newDraft(x), f); failed != nil {
		l.log.Error("Web Ledger evidence could not be kept", "error", failed)
	}
	return err
}

func (l *Ledger) keepEvidence(d *draft, f *forgedBlock) error {
	row := d.row('!', number(f.height))
	if known, err := d.get(row); known != nil || err != nil {
		return err
	}
	kept := evidence{Why: f.Error(), Seen: l.now().UTC(), Block: f.raw[:min(len(f.raw), maxEvidence)]}
	if err := d.putJSON(row, kept); err != nil {
		return err
	}
	return d.commit()
}

// evidence is a block that cannot be what the chain holds.
type evidence struct {
	Why   string    `json:"why"`
	Seen  time.Time `json:"seen"`
	Block []byte    `json:"block"`
}

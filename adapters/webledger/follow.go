package webledger

import (
	"context"
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
func (l *Ledger) catchUp(ctx context.Context) (*tip, error) { return l.catchUpSince(ctx, time.Now()) }

// catchUpFor is catchUp for a call whose caller may have said since when an answer of the node is new enough.
func (l *Ledger) catchUpFor(ctx context.Context) (*tip, error) {
	moment, ok := driver.Since(ctx)
	if !ok {
		moment = time.Now()
	}
	return l.catchUpSince(ctx, moment)
}

func (l *Ledger) catchUpSince(ctx context.Context, wanted time.Time) (*tip, error) {
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
	t, err := x.tip()
	switch {
	case err != nil:
		return nil, err
	case t != nil && t.Height == at.latest.Height:
		l.sync.behind.Store(0)
		return t, nil
	}
	r, err := x.replay(t, l.paths)
	if err != nil {
		return nil, err
	}
	if l.readLatest(r, at) {
		return r.tip, r.commit()
	}
	return l.read(ctx, n, r, at.latest.Height)
}

// readLatest takes the one block that is missing out of the answer that names it, where it stands there in full. What
// is wrong with it is found when it is fetched.
func (l *Ledger) readLatest(r *replay, at *standing) bool {
	if r.next() != at.latest.Height {
		return false
	}
	b, err := hashed(at.newest, r.chain.ledger, at.latest.Height)
	if err != nil || r.add(b) != nil {
		return false
	}
	l.sync.behind.Store(0)
	return true
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

package fabric

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/hyperledger/fabric-protos-go/common"
	"golang.org/x/sync/errgroup"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// following is the state of catching up, which one call does at a time for all that wait.
type following struct {
	turn
	asked  time.Time    // when a peer was last asked, for the call that then followed to the end
	at     *tip         // and where it found the channel
	behind atomic.Int64 // how many blocks were missing when it was last known
}

// How many blocks are asked for and written to the index at once, and when to come again while it is behind. A block may
// have megabytes.
const (
	askBlocks   = 8
	writeBlocks = 64
	usualRetry  = time.Second
)

// catchUp asks how far the channel has come, and brings the index there. Several calls share one way: who waited while
// another one began after it has what it wants. What was read before ctx ends is kept, and the answer is then NotReady.
func (l *Ledger) catchUp(ctx context.Context, n *network) (*tip, error) {
	return l.catchUpSince(ctx, n, time.Now())
}

// catchUpSince is catchUp for whom an answer does that a peer gave after a time.
func (l *Ledger) catchUpSince(ctx context.Context, n *network, wanted time.Time) (*tip, error) {
	if err := l.sync.take(ctx); err != nil {
		return nil, l.sync.outOfTime(err)
	}
	defer l.sync.give()
	if l.sync.asked.After(wanted) {
		return l.sync.at, nil
	}
	began := time.Now()
	t, err := n.tip()
	if err != nil {
		return nil, err
	}
	err = l.anyPeer(ctx, func(ctx context.Context, peer string) error {
		t, err = l.follow(ctx, n, peer, t)
		return err
	})
	if err != nil {
		return nil, l.sync.outOfTime(err)
	}
	l.sync.asked, l.sync.at = began, t
	return t, nil
}

// ready catches up with a chaincode that is there. Nothing is absent from one that the channel does not have: whoever
// mistyped its name would be told that no entry exists.
func (l *Ledger) ready(ctx context.Context, n *network) (*tip, error) {
	t, err := l.catchUp(ctx, n)
	if err != nil {
		return nil, err
	}
	defined, err := n.get(n.row('d'))
	if err == nil && defined == nil {
		e := driver.Errorf(driver.NotReady, "chaincode %s is not committed to channel %s up to block %d", l.target.chaincode, l.target.channel, t.Height)
		e.RetryAfter = usualRetry
		return nil, e
	}
	return t, err
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

// follow reads every block that a peer has beyond those in the index. It answers how far it came with an error too.
func (l *Ledger) follow(ctx context.Context, n *network, peer string, t *tip) (*tip, error) {
	height, hash, err := n.client.standing(ctx, peer)
	if err == nil {
		err = t.stands(height, hexed(hash))
	}
	if err != nil {
		return t, err
	}
	d := newDraft(n.index, l.schema, l.target.chaincode, t)
	for d.next() < height && err == nil {
		l.sync.behind.Store(int64(height - d.next()))
		err = l.readSome(ctx, n, peer, d, height-d.next())
	}
	if failed := d.commit(); failed != nil {
		return t, failed
	}
	if err == nil {
		l.sync.behind.Store(0)
	}
	return d.tip, err
}

// readSome asks a peer for the next blocks, several at once, and takes those that it gave in their order.
func (l *Ledger) readSome(ctx context.Context, n *network, peer string, d *draft, count uint64) error {
	first, blocks := d.next(), make([]*common.Block, min(count, askBlocks))
	asking, inner := errgroup.WithContext(ctx)
	for i := range blocks {
		asking.Go(func() (err error) {
			blocks[i], err = n.client.block(inner, peer, first+uint64(i))
			if err == nil && blocks[i] == nil {
				blocks[i] = &common.Block{}
			}
			return err
		})
	}
	failed := asking.Wait()
	for _, b := range blocks {
		if b == nil {
			return failed
		}
		if err := d.take(b); err != nil {
			return err
		}
	}
	return nil
}

// take adds a block, and writes those that are there together now and then.
func (d *draft) take(b *common.Block) error {
	if err := d.add(b); err != nil || d.next()%writeBlocks != 0 {
		return err
	}
	return d.commit()
}

// stands holds what a peer says of the channel against what was seen of it, nothing at first. One that lags behind is
// not asked further.
func (t *tip) stands(height uint64, hash string) error {
	switch {
	case height == 0:
		return driver.Errorf(driver.Corrupt, "the peer says that the channel has no block")
	case t == nil:
		return nil
	case height < t.Height+1:
		e := driver.Errorf(driver.Unavailable, "the peer has %d blocks, and block %d was shown before", height, t.Height)
		e.RetryAfter = usualRetry
		return e
	case height == t.Height+1 && hash != t.Hash:
		return driver.Errorf(driver.Corrupt, "block %d had the hash %s, and now the peer says %s", t.Height, t.Hash, hash)
	}
	return nil
}

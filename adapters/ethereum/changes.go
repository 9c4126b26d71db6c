package ethereum

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// Waiting asks for the head again, at first often and then seldom: a subscription that has died would say nothing, and a
// chain makes a block every few seconds at most. See package nodes.
const (
	firstPoll   = 20 * time.Millisecond
	slowestPoll = time.Second
)

// Changes answers final versions in the order of the chain.
func (l *Ledger) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	from, block, err := x.placeAt(after)
	if err != nil {
		return nil, err
	}
	until := time.Now().Add(wait)
	for poll := firstPoll; ; poll = min(2*poll, slowestPoll) {
		b, err := l.changes(ctx, x, from, block, pageOf(limit))
		if err != nil {
			return nil, err
		}
		if len(b.Entries) > 0 || !time.Now().Before(until) {
			return b, nil
		}
		if err := pause(ctx, min(poll, time.Until(until))); err != nil {
			return nil, err
		}
	}
}

func (l *Ledger) changes(ctx context.Context, x *index, from place, block string, limit int) (*driver.Batch, error) {
	at, late := l.catchUp(ctx, x)
	if late != nil && driver.CodeOf(late) != driver.NotReady {
		return nil, late
	}
	if err := l.stillThere(ctx, x, from, block); err != nil {
		return nil, err
	}
	b, err := l.batch(ctx, x, from, block, limit, at)
	if err == nil && late != nil && len(b.Entries) == 0 {
		return nil, late // what is indexed already is answered, while the rest is still being read
	}
	return b, err
}

// batch answers what the index holds after a place. at is the final block that the index has caught up with; nil where it
// has not.
func (l *Ledger) batch(ctx context.Context, x *index, from place, block string, limit int, at *nodes.Block) (*driver.Batch, error) {
	// The tip comes first: what is written during the scan lies beyond it, and is for the next batch.
	t, err := x.tip()
	if err != nil {
		return nil, err
	}
	b := &driver.Batch{}
	switch {
	case t == nil:
		return nil, driver.Errorf(driver.NotReady, "no block was followed yet")
	case from.height > t.Height:
		return nil, ahead("a cursor of block %d, and no more than block %d is final and known here", from.height, t.Height)
	}
	// One more than is asked for tells whether there are more.
	stood, err := x.effects(from, endOf(t.Height), limit+1)
	if err != nil {
		return nil, err
	}
	for _, s := range stood[:min(len(stood), limit)] {
		e, err := l.whole(ctx, x, s, true)
		if err != nil {
			return nil, err
		}
		b.Entries = append(b.Entries, e)
	}
	if len(stood) > limit {
		b.Next = b.Entries[limit-1].Cursor
		return b, nil
	}
	b.Next = x.cursor(endOf(t.Height), t.Hash)
	if at != nil && t.Height >= at.Height {
		b.Head = blockOf(&t.Block)
	}
	return b, nil
}

func (x *index) effects(after, last place, limit int) ([]*stood, error) {
	var all []*stood
	var broken error
	prefix := x.row('e')
	err := x.kv.Scan([]byte(prefix), []byte(prefix+after.bytes()), func(row, value []byte) bool {
		name := string(row[len(prefix):])
		if len(all) == limit || name > last.bytes() {
			return false
		}
		at, err := placeOf([]byte(name))
		if err != nil {
			broken = err
			return false
		}
		s, err := decodeEffect(at, value)
		all, broken = append(all, s), err
		return err == nil
	})
	if err != nil {
		return nil, storeError(err)
	}
	return all, broken
}

func pageOf(limit int) int {
	if limit < 1 || limit > pageSize {
		return pageSize
	}
	return limit
}

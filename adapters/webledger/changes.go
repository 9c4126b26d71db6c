package webledger

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// pollBlocks is how long Changes and Append wait before they look for a new block again.
const pollBlocks = 100 * time.Millisecond

// Changes answers effective operations in the order of the blocks. The protocol cannot wait, so that waiting is asking
// for blocks again and again.
func (l *Ledger) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	from, err := x.placeAt(after)
	if err != nil {
		return nil, err
	}
	for until := time.Now().Add(wait); ; {
		b, err := l.changes(ctx, x, from, pageOf(limit))
		switch {
		case errors.Is(err, errOtherChain) && after != "":
			return nil, driver.Errorf(driver.CursorInvalid, "a cursor of another chain than the node's: %w", err)
		case err != nil:
			return nil, err
		case len(b.Entries) > 0 || !time.Now().Before(until):
			return b, nil
		}
		if err := pause(ctx, min(pollBlocks, time.Until(until))); err != nil {
			return nil, err
		}
	}
}

// changes answers what is new after a place: from the index at once where that holds something, once the node has
// shown that it still stands on the same chain, or else from the blocks that come next.
func (l *Ledger) changes(ctx context.Context, x *index, from place, limit int) (*driver.Batch, error) {
	b, err := x.batch(from, limit)
	if err != nil {
		return nil, err
	}
	if len(b.Entries) == 0 {
		return l.followed(ctx, x, from, limit)
	}
	_, at, err := l.stands(ctx, x)
	if err != nil {
		return nil, err
	}
	return b.upTo(at.latest.Height), nil
}

// followed answers what is new after the index has caught up, or as far as it came.
func (l *Ledger) followed(ctx context.Context, x *index, from place, limit int) (*driver.Batch, error) {
	at, late := l.catchUp(ctx)
	if late != nil && driver.CodeOf(late) != driver.NotReady {
		return nil, late
	}
	b, err := x.batch(from, limit)
	switch {
	case err != nil:
		return nil, err
	case late != nil && b.Next == x.cursor(from):
		return nil, late
	case late != nil: // what is indexed already is answered, while the rest is still being read
		return b.upTo(math.MaxUint64), nil //nolint:nilerr // see above
	case from.height > at.Height:
		return nil, driver.Errorf(driver.CursorInvalid, "a cursor of block %d, and the chain has no more than block %d", from.height, at.Height)
	}
	return b.upTo(at.Height), nil
}

// batch is a batch out of the index, and the block that the index ended with when it was read.
type batch struct {
	driver.Batch
	end driver.Block // zero where the batch does not reach it
}

// upTo gives the batch, which has caught up if it reaches the node's newest block.
func (b *batch) upTo(newest uint64) *driver.Batch {
	if b.end.Height >= newest {
		b.Head = b.end
	}
	return &b.Batch
}

// batch answers what the index holds after a place.
func (x *index) batch(from place, limit int) (*batch, error) {
	// The tip comes first: what is written during the scan lies beyond it, and is for the next batch.
	t, err := x.tip()
	if err != nil {
		return nil, err
	}
	b := &batch{Batch: driver.Batch{Next: x.cursor(from)}}
	if t == nil || from.height > t.Height {
		return b, nil
	}
	// One more than is asked for tells whether there are more.
	if b.Entries, err = x.entries(from, endOf(t.Height), limit+1); err != nil {
		return nil, err
	}
	if len(b.Entries) > limit {
		b.Entries = b.Entries[:limit]
		b.Next = b.Entries[limit-1].Cursor
		return b, nil
	}
	b.Next, b.end = x.cursor(endOf(t.Height)), t.block()
	return b, nil
}

func (x *index) entries(after, last place, limit int) ([]*driver.Entry, error) {
	var all []*driver.Entry
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
		e, err := x.decodeEntry(at, value)
		all, broken = append(all, e), err
		return err == nil
	})
	if err != nil {
		return nil, driver.Errorf(driver.Unknown, "scan Web Ledger index: %w", err)
	}
	return all, broken
}

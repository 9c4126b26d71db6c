package fabric

import (
	"context"
	"encoding/json"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// pollBlocks is how long Changes waits before it looks for a new block again.
const pollBlocks = 100 * time.Millisecond

// Changes answers the valid writes in the order of the blocks, deletions among them.
func (l *Ledger) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	ctx, n, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	from, err := n.placeAt(after)
	if err != nil {
		return nil, err
	}
	for until := time.Now().Add(wait); ; {
		t, err := l.ready(ctx, n)
		if err != nil {
			return nil, err
		}
		b, err := n.batch(from, t, pageOf(limit))
		if err != nil || len(b.Entries) > 0 || !time.Now().Before(until) {
			return b, err
		}
		if err := pause(ctx, min(pollBlocks, time.Until(until))); err != nil {
			return nil, err
		}
	}
}

// batch answers what the index holds after a place, up to a block.
func (x *index) batch(from place, t *tip, limit int) (*driver.Batch, error) {
	if from.height > t.Height {
		return nil, driver.Errorf(driver.CursorInvalid, "a cursor of block %d, and the channel has no more than block %d", from.height, t.Height)
	}
	// One more than is asked for tells whether there are more.
	entries, err := x.entries(from, endOf(t.Height), limit+1)
	if err != nil {
		return nil, err
	}
	if len(entries) > limit {
		entries = entries[:limit]
		return &driver.Batch{Entries: entries, Next: entries[limit-1].Cursor}, nil
	}
	return &driver.Batch{Entries: entries, Next: x.cursor(endOf(t.Height)), Head: t.block()}, nil
}

func (x *index) entries(after, last place, limit int) ([]*driver.Entry, error) {
	var all []*driver.Entry
	var broken error
	prefix := x.row('e')
	err := x.kv.Scan([]byte(prefix), []byte(prefix+after.bytes()), func(row, value []byte) bool {
		at, err := placeOf(row[len(prefix):])
		if broken = err; err != nil || len(all) == limit || at.bytes() > last.bytes() {
			return false
		}
		e := new(driver.Entry)
		if err := json.Unmarshal(value, e); err != nil {
			broken = damaged("%w", err)
			return false
		}
		all = append(all, x.at(e, at))
		return true
	})
	if err != nil {
		return nil, damaged("scan: %w", err)
	}
	return all, broken
}

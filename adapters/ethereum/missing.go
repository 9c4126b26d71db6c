package ethereum

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// An endpoint that leaves logs out or forges them is found out when the contract contradicts what the index has, or the
// next version does not follow. The index is then wrong until it is read again. That is done as soon as the endpoints show
// other logs than the index has, and no more often than makes sense where they do not.
const (
	firstReread   = 10 * time.Second
	slowestReread = time.Hour
)

// doubts says when the logs of an index may be read again.
type doubts struct {
	next  time.Time
	pause time.Duration
}

func (d *doubts) due(now time.Time) bool {
	if now.Before(d.next) {
		return false
	}
	d.pause = min(max(2*d.pause, firstReread), slowestReread)
	d.next = now.Add(d.pause)
	return true
}

// gap is a version that does not follow the one before it.
type gap struct{ key string }

func (*gap) Error() string { return "the logs have a gap" }

// mended is newestOnce, and once more where that is contradicted and reading the logs again has shown what was missing.
func (l *Ledger) mended(ctx context.Context, x *index, ref driver.Ref) (*driver.Entry, error) {
	e, err := l.newestOnce(ctx, x, ref)
	if doubted := errors.As(err, new(*gap)) || err == nil && e.Contradiction != ""; !doubted {
		return e, err
	}
	if failed := l.sync.take(ctx); failed != nil {
		return e, err
	}
	other, failed := l.reread(ctx, x, ref.Key)
	l.sync.give()
	if failed != nil || !other {
		return e, err
	}
	return l.newestOnce(ctx, x, ref)
}

// reread looks at the logs again from the block of a key's newest version on, and takes the index back to the block before
// it where they are others now. The caller has the turn of following.
func (l *Ledger) reread(ctx context.Context, x *index, key string) (bool, error) {
	t, err := x.tip()
	if err != nil || t == nil || !l.sync.doubts.due(l.now()) {
		return false, err
	}
	f := fork{reread: true}
	_, where, err := newest(x, key)
	if err == nil && where.height > 0 {
		f.block, err = l.blockAt(ctx, where.height-1)
	}
	if err != nil {
		return false, err
	}
	other, err := l.differs(ctx, x, f.next(), t)
	if err != nil || !other {
		return false, err
	}
	l.log.Error("Ethereum logs are others than they were, and are read again", "from", f.next(), "to", t.Height)
	l.sync.doubts.pause = 0
	return true, x.takeBack(t, f)
}

// differs reports whether the logs from a height up to the index's newest block bring what the index has not.
func (l *Ledger) differs(ctx context.Context, x *index, from uint64, t *tip) (bool, error) {
	for from = max(from, x.binding.Section.Deployed); from <= t.Height; {
		to, err := l.upTo(ctx, from, &t.Block)
		if err != nil {
			return false, err
		}
		events, err := l.events(ctx, x, from, to)
		if err != nil {
			return false, err
		}
		for _, e := range events {
			if has, err := x.has(e); err != nil || !has {
				return err == nil, err
			}
		}
		from = to.Height + 1
	}
	return false, nil
}

// has reports whether the index has what a log brings.
func (x *index) has(e event) (bool, error) {
	if !e.found.Brings {
		return true, nil
	}
	row, err := x.get(x.row('e', e.place().bytes()))
	if row == nil || err != nil {
		return false, err
	}
	s, err := decodeEffect(e.place(), row)
	if err != nil {
		return false, err
	}
	whole := e.found.Body == nil || bytes.Equal(s.body, e.found.Body)
	return s.Tx == e.log.TxHash && s.Key == e.found.Key && whole, nil
}

// A follower that has gone beyond logs that were found later would never learn of them. So the heights from which logs were
// read again are remembered, cursors say how many that were, and one from before and beyond is CursorInvalid.

func (x *index) loadRereads() error {
	value, err := x.get(x.row('g'))
	x.rereads.Store(&value)
	return err
}

// reads is how often logs have been read again, which is in each cursor.
func (x *index) reads() byte { return byte(min(len(*x.rereads.Load())/8, 255)) }

// outrun reports whether logs at or below a place were found after a cursor was made.
func (x *index) outrun(at place, reads byte) bool {
	all := *x.rereads.Load()
	for i := int(reads) * 8; i < len(all); i += 8 {
		if at.height >= binary.BigEndian.Uint64(all[i:]) {
			return true
		}
	}
	return false
}

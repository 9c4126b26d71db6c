package webledger

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// A node may have a record a moment before it shows the block, and a record may be written while it is asked for. It is
// asked again before it is called a liar.
const (
	asksNewest = 4
	askPause   = 50 * time.Millisecond
)

// newest asks the node, and holds what it says against what its blocks say.
func (l *Ledger) newest(ctx context.Context, x *index, key string) (*driver.Entry, error) {
	for try := 1; ; try++ {
		// The order matters: a version that was in a block before the node was asked cannot be missing in its answer.
		known, at, err := x.newest(key)
		if err != nil {
			return nil, err
		}
		s, err := l.queryBeside(ctx, key, known)
		if err != nil {
			return nil, err
		}
		if s.version == known && l.agreed.with(key, s) {
			return x.entry(at)
		}
		e, err := l.settle(ctx, x, key, known, s, try >= asksNewest)
		if e != nil || err != nil {
			return e, err
		}
	}
}

// queryBeside asks what the node holds. Of what the index does not have, the blocks are followed beside that: that there is
// no such record is an answer only where they show none either.
func (l *Ledger) queryBeside(ctx context.Context, key string, known uint64) (s said, err error) {
	if known > 0 {
		return l.query(ctx, key)
	}
	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() (err error) {
		s, err = l.query(ctx, key)
		return err
	})
	both.Go(func() error {
		_, err := l.catchUpFor(ctx)
		return err
	})
	err = both.Wait() // s is there only then
	return s, err
}

// settle decides between a node's answer and the index. It answers nothing where the node should be asked again. known
// is the version that the index had before the node was asked.
func (l *Ledger) settle(ctx context.Context, x *index, key string, known uint64, s said, last bool) (*driver.Entry, error) {
	now, at, err := l.afterwards(ctx, x, key, known, s)
	if err != nil {
		return nil, err
	}
	switch {
	case now == 0 && s.version == 0:
		return nil, driver.Errorf(driver.NotFound, "no record under this key in any block")
	case s.version > now:
		return unheld(ctx, key, now, s, last)
	case s.version < known:
		return l.outdated(x, key, at, now, s)
	case s.version < now && (!last || s.version == 0):
		return nil, nil // the index has learnt of more meanwhile: what the node says now is the test
	}
	return l.compare(x, key, s)
}

// afterwards is the version that the index has after the node has answered. An answer that differs from what was known
// is a reason to follow the blocks first, which also makes sure that the node still shows the same chain. Of what was not
// known they were followed meanwhile.
func (l *Ledger) afterwards(ctx context.Context, x *index, key string, known uint64, s said) (uint64, place, error) {
	if s.version != known {
		if _, err := l.catchUp(ctx); err != nil {
			return 0, place{}, err
		}
	}
	return x.newest(key)
}

// unheld is an answer with a version that no block brought.
func unheld(ctx context.Context, key string, now uint64, s said, last bool) (*driver.Entry, error) {
	if !last {
		return nil, pause(ctx, askPause)
	}
	body, err := canonical(s.record)
	return contradict(&driver.Entry{Key: key, Version: s.version, Body: body}, err,
		"the node answers version %d, and its blocks hold no more than version %d", s.version, now)
}

// outdated is an answer with an older version than a block had brought before, or with none.
func (l *Ledger) outdated(x *index, key string, at place, now uint64, s said) (*driver.Entry, error) {
	if s.version == 0 {
		e, err := x.entry(at)
		return contradict(e, err, "the node says that it holds no such record, and block %d holds version %d of it", at.height, now)
	}
	e, err := l.compare(x, key, s)
	return contradict(e, err, "the node answers version %d, and block %d holds version %d", s.version, at.height, now)
}

// compare holds the body that the node answered against that of the same version in the index.
func (l *Ledger) compare(x *index, key string, s said) (*driver.Entry, error) {
	e, err := x.version(key, s.version)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, damaged("version %d of a key is missing", s.version)
	}
	if s.record == nil {
		return e, nil
	}
	body, err := canonical(s.record)
	if err != nil {
		return nil, err
	}
	if bytes.Equal(body, e.Body) {
		l.agreed.add(key, s)
		return e, nil
	}
	e.Body = body
	return contradict(e, nil, "the node answers another body for version %d than block %d gives it", s.version, e.Height)
}

func contradict(e *driver.Entry, err error, format string, args ...any) (*driver.Entry, error) {
	if err != nil {
		return nil, err
	}
	if e.Contradiction != "" {
		e.Contradiction += "; "
	}
	e.Contradiction += fmt.Sprintf(format, args...)
	return e, nil
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return driver.FromContext(ctx)
	}
}

package fabric

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// pageSize is the most that a page holds.
const pageSize = 100

func pageOf(limit int) int {
	if limit < 1 || limit > pageSize {
		return pageSize
	}
	return limit
}

// Head answers how far a peer says that the channel has come. Every block is final.
func (l *Ledger) Head(ctx context.Context) (driver.Head, error) {
	ctx, n, leave, err := l.enter(ctx)
	if err != nil {
		return driver.Head{}, err
	}
	defer leave()
	t, err := l.catchUp(ctx, n)
	if err != nil {
		return driver.Head{}, err
	}
	return driver.Head{ChainID: "fabric:" + n.genesis, Newest: t.block(), Final: t.block(), Cursor: n.cursor(endOf(t.Height))}, nil
}

// Get answers a version from the blocks, once all that a peer has are read. Blocks are final, so that both finalities
// are the same here.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if err := checkKey(ref.Key); err != nil {
		return nil, err
	}
	ctx, n, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	t, err := l.ready(ctx, n)
	if err != nil {
		return nil, err
	}
	if err := ref.Pinned(t.Height); err != nil {
		return nil, err
	}
	version := ref.Version
	if version == 0 {
		if version, err = newestOf(n, ref.Key); err != nil {
			return nil, err
		}
	}
	e, err := n.version(ref.Key, version)
	if e == nil && err == nil {
		err = driver.Errorf(driver.NotFound, "no version %d under this key up to block %d", max(version, 1), t.Height)
	}
	return e, err
}

// Versions answers from the blocks, once all that a peer has are read.
func (l *Ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	ctx, n, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if _, err := l.ready(ctx, n); err != nil {
		return nil, err
	}
	newest, err := newestOf(n, key)
	switch {
	case err != nil:
		return nil, err
	case newest == 0:
		return nil, driver.Errorf(driver.NotFound, "no entry under this key in any block")
	case after >= newest:
		return nil, nil
	}
	return n.versions(key, after, min(newest, after+uint64(pageOf(limit))))
}

func (x *index) versions(key string, after, last uint64) ([]*driver.Entry, error) {
	var all []*driver.Entry
	for v := after + 1; v <= last; v++ {
		e, err := x.version(key, v)
		switch {
		case err != nil:
			return nil, err
		case e == nil:
			return nil, damaged("version %d of a key is missing", v)
		}
		all = append(all, e)
	}
	return all, nil
}

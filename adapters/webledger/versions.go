package webledger

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Versions answers from the index, once it holds every block that the node has.
func (l *Ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if _, err := l.catchUpFor(ctx); err != nil {
		return nil, err
	}
	newest, _, err := x.newest(key)
	switch {
	case err != nil:
		return nil, err
	case newest == 0:
		return nil, driver.Errorf(driver.NotFound, "no record under this key in any block")
	}
	return x.versions(key, after, min(newest, after+uint64(pageOf(limit))))
}

func (x *index) versions(key string, after, last uint64) ([]*driver.Entry, error) {
	var all []*driver.Entry
	for v := after; v < last; v++ {
		e, err := x.version(key, v+1)
		switch {
		case err != nil:
			return nil, err
		case e == nil:
			return nil, damaged("version %d of a key is missing", v+1)
		}
		all = append(all, e)
	}
	return all, nil
}

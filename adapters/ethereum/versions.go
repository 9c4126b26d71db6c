package ethereum

import (
	"context"
	"encoding/base64"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Versions answers from the index, once it has followed the chain.
func (l *Ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if err := l.binding.CheckKey(key); err != nil {
		return nil, err
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	at, err := l.catchUp(ctx, x)
	if err != nil {
		return nil, err
	}
	stands, _, err := newest(x, key)
	switch {
	case err != nil:
		return nil, err
	case stands == 0:
		return nil, driver.Errorf(driver.NotFound, "nothing under this key up to block %d", at.Height)
	case after >= stands:
		return nil, nil
	}
	return l.versions(ctx, x, key, after, min(stands, after+uint64(pageOf(limit))))
}

func (l *Ledger) versions(ctx context.Context, x *index, key string, after, last uint64) ([]*driver.Entry, error) {
	var all []*driver.Entry
	for v := after + 1; v <= last; v++ {
		where, ok, err := version(x, key, v)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			return nil, damaged("version %d of a key is missing", v)
		}
		e, err := l.give(ctx, x, where)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// Find answers keys in the order in which the chain first had the value for them.
func (l *Ledger) Find(ctx context.Context, by driver.Lookup, page string, limit int) (keys []string, next string, err error) {
	if !l.binding.OffersFind() {
		return nil, "", driver.Errorf(driver.Unsupported, "the ledger section has no lookups")
	}
	after, err := base64.RawURLEncoding.DecodeString(page)
	if err != nil || page != "" && len(after) != 20 {
		return nil, "", driver.Errorf(driver.Invalid, "page %.64q: must be empty, or what Find answered as next", page)
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, "", err
	}
	defer leave()
	if _, err := l.catchUp(ctx, x); err != nil {
		return nil, "", err
	}
	led, ok := l.binding.Mark(by)
	if !ok {
		return nil, "", nil
	}
	return x.find(markOf(led), string(after), pageOf(limit))
}

func (x *index) find(mark, after string, limit int) (keys []string, next string, err error) {
	prefix := x.row('l', mark)
	var last string // of the page
	err = x.kv.Scan([]byte(prefix), []byte(prefix+after), func(row, key []byte) bool {
		if len(keys) == limit {
			next = base64.RawURLEncoding.EncodeToString([]byte(last))
			return false
		}
		keys, last = append(keys, string(key)), string(row[len(prefix):])
		return true
	})
	return keys, next, storeError(err)
}

package webledger

import (
	"context"
	"encoding/base64"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Find answers the keys of records of which any version holds the lookup's value where the mapping's index says, in the
// order in which the chain first had them. The name of the lookup makes no difference.
func (l *Ledger) Find(ctx context.Context, by driver.Lookup, page string, limit int) (keys []string, next string, err error) {
	after, err := placeOfPage(page)
	if err != nil {
		return nil, "", err
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, "", err
	}
	defer leave()
	if _, err := l.catchUpFor(ctx); err != nil {
		return nil, "", err
	}
	return x.find(by.Value, after, pageOf(limit))
}

func (x *index) find(value string, after place, limit int) (keys []string, next string, err error) {
	prefix := x.row('l', valueMark(value))
	var last string // place of the last key on the page
	err = x.kv.Scan([]byte(prefix), []byte(prefix+after.bytes()), func(row, key []byte) bool {
		if len(keys) == limit {
			next = base64.RawURLEncoding.EncodeToString([]byte(last))
			return false
		}
		keys, last = append(keys, string(key)), string(row[len(prefix):])
		return true
	})
	if err != nil {
		return nil, "", driver.Errorf(driver.Unknown, "scan Web Ledger index: %w", err)
	}
	return keys, next, nil
}

func placeOfPage(page string) (place, error) {
	if page == "" {
		return place{}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(page)
	if err != nil || len(raw) != 12 {
		return place{}, driver.Errorf(driver.Invalid, "page %.64q: must be empty, or what Find answered as next", page)
	}
	return placeOf(raw)
}

package fabric

import (
	"context"
	"encoding/base64"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Find answers the keys that the chaincode's own lookups lead to, in the order in which the channel first had them.
func (l *Ledger) Find(ctx context.Context, by driver.Lookup, page string, limit int) (keys []string, next string, err error) {
	if l.schema.Lookups == nil {
		return nil, "", driver.Errorf(driver.Unsupported, "the mapping names no lookups of this chaincode")
	}
	after, err := placeOfPage(page)
	if err != nil {
		return nil, "", err
	}
	ctx, n, leave, err := l.enter(ctx)
	if err != nil {
		return nil, "", err
	}
	defer leave()
	if _, err := l.ready(ctx, n); err != nil {
		return nil, "", err
	}
	return n.find(by, after, pageOf(limit))
}

func (x *index) find(by driver.Lookup, after place, limit int) (keys []string, next string, err error) {
	prefix := x.row('l', hashed(by.Name, by.Value))
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
		return nil, "", damaged("scan: %w", err)
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

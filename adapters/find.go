package adapters

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Find answers the ids of the records that a lookup leads to, in an order that stays while the ledger grows. next is
// empty on the last page, which may be empty itself. A key under which no record can stand is left out: it is somebody
// else's, and may tell something.
func (l *Ledger) Find(
	ctx context.Context, lookup driver.Lookup, page string, limit int,
) (ids []string, next string, err error) {
	ids, err = call(ctx, l, "Find", 0, func(ctx context.Context) ([]string, error) {
		keys, following, err := l.chain.Find(ctx, lookup, page, limit)
		if err != nil {
			return nil, err
		}
		next = following
		return l.ids(keys), nil
	})
	return ids, next, err
}

func (l *Ledger) ids(keys []string) []string {
	ids := make([]string, 0, len(keys))
	for _, key := range keys {
		if id, err := l.config.Mapping.ID(key); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

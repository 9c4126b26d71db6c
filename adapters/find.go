package adapters

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate"
)

// Find answers the ids of the records that a lookup leads to, in an order that stays while the ledger grows. next is
// empty on the last page, which may be empty itself. A key under which no record can stand is left out: it is somebody
// else's, and may tell something.
func (l *Ledger) Find(
	ctx context.Context, lookup driver.Lookup, page string, limit int,
) (ids []string, next string, err error) {
	ids, err = call(ctx, l, "Find", 0, func(ctx context.Context) ([]string, error) {
		if l.Derives() && ours(lookup) {
			return nil, driver.Errorf(driver.Unsupported, "a ledger without records of ours has no lookups of ours")
		}
		keys, following, err := l.chain.Find(ctx, lookup, page, limit)
		if err != nil {
			return nil, err
		}
		next = following
		return l.ids(keys)
	})
	return ids, next, err
}

// ours are the lookups that stand in records.
func ours(l driver.Lookup) bool { return l.Name == translate.Commitment || l.Name == translate.Linked }

func (l *Ledger) ids(keys []string) ([]string, error) {
	ids := make([]string, 0, len(keys))
	for _, key := range keys {
		id, impossible, err := l.id(key)
		if err != nil {
			return nil, err
		}
		if !impossible {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// FindsEntries reports whether a ledger without records of ours can be asked for an entry by its number: its mapping says
// how.
func (l *Ledger) FindsEntries() bool { return l.config.Mapping.FindsEntries() }

// FindEntry answers the ids of the entries that have a number, of 11 characters, on a ledger whose mapping says how it is
// asked; Unsupported on any other. The question tells the ledger's node the number. No error holds it.
func (l *Ledger) FindEntry(ctx context.Context, number, page string, limit int) (ids []string, next string, err error) {
	if !l.FindsEntries() {
		return nil, "", driver.Errorf(driver.Unsupported, "the mapping does not say how the ledger is asked for a number")
	}
	search, err := l.config.Mapping.Search(number)
	if err != nil {
		return nil, "", driver.Errorf(driver.Invalid, "the ledger's spelling of entry numbers: %w", err)
	}
	if search.Key == "" {
		return l.Find(ctx, search.Lookup, page, limit)
	}
	ids, err = call(ctx, l, "FindEntry", 0, func(ctx context.Context) ([]string, error) { return l.standsUnder(ctx, search.Key) })
	return ids, "", err
}

// standsUnder answers the id of a key, if something stands there.
func (l *Ledger) standsUnder(ctx context.Context, key string) ([]string, error) {
	e, err := l.chain.Get(ctx, driver.Ref{Key: key, Finality: l.config.Finality})
	switch {
	case driver.CodeOf(err) == driver.NotFound:
		return nil, nil
	case err != nil:
		return nil, err
	case e == nil || e.Key != key:
		return nil, driver.Errorf(driver.Corrupt, "the driver answered another key than the one that was asked for")
	}
	return l.ids([]string{key})
}

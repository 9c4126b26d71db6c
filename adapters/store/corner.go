package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/cockroachdb/pebble"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// corner is the part of a store under one name. Its keys begin with the name and its length, so that no corner's
// beginning is the beginning of another's.
type corner struct {
	store *Store
	begin []byte
}

var _ driver.KV = (*corner)(nil)

func (s *Store) named(name string) corner {
	begin := binary.AppendUvarint(nil, uint64(len(name)))
	return corner{s, append(begin, name...)}
}

// Get answers a copy of the value.
func (c *corner) Get(key []byte) (value []byte, ok bool, err error) {
	if err := c.store.enter(); err != nil {
		return nil, false, err
	}
	defer c.store.leave()
	found, closer, err := c.store.db.Get(c.key(key))
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read store: %w", err)
	}
	defer closer.Close()
	return append([]byte{}, found...), true, nil
}

// Apply commits one batch and has it on disk. Of two changes to one key the later counts.
func (c *corner) Apply(changes ...driver.Change) error {
	if err := c.store.enter(); err != nil {
		return err
	}
	defer c.store.leave()
	if len(changes) == 0 {
		return nil
	}
	batch := c.store.db.NewBatch()
	defer func() { _ = batch.Close() }()
	for _, change := range changes {
		if err := c.add(batch, change); err != nil {
			return fmt.Errorf("write store: %w", err)
		}
	}
	if err := batch.Commit(pebble.Sync); err != nil {
		return fmt.Errorf("write store: %w", err)
	}
	return nil
}

func (c *corner) add(batch *pebble.Batch, change driver.Change) error {
	if change.Value == nil {
		return batch.Delete(c.key(change.Key), nil)
	}
	return batch.Set(c.key(change.Key), change.Value, nil)
}

// Scan sees the store as it was when it began. yield may use the store, but not close it.
func (c *corner) Scan(prefix, after []byte, yield func(key, value []byte) bool) error {
	if err := c.store.enter(); err != nil {
		return err
	}
	defer c.store.leave()
	if err := c.scan(c.bounds(prefix, after), yield); err != nil {
		return fmt.Errorf("scan store: %w", err)
	}
	return nil
}

func (c *corner) scan(bounds *pebble.IterOptions, yield func(key, value []byte) bool) (err error) {
	it, err := c.store.db.NewIter(bounds)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	for ok := it.First(); ok; ok = it.Next() {
		value, err := it.ValueAndErr()
		if err != nil {
			return err
		}
		if !yield(it.Key()[len(c.begin):], value) {
			return nil
		}
	}
	return nil // what stopped the iterator early is told by its Close
}

// bounds is the range of the keys with a prefix, above after.
func (c *corner) bounds(prefix, after []byte) *pebble.IterOptions {
	lower := c.key(prefix)
	if after != nil {
		next := append(c.key(after), 0) // the least key above
		if slices.Compare(next, lower) > 0 {
			lower = next
		}
	}
	return &pebble.IterOptions{LowerBound: lower, UpperBound: behind(c.key(prefix))}
}

func (c *corner) key(key []byte) []byte { return slices.Concat(c.begin, key) }

// behind is the least key above all that begin with prefix; nil if there is none.
func behind(prefix []byte) []byte {
	end := slices.Clone(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xff {
			end[i]++
			return end[:i+1]
		}
	}
	return nil
}

package ethereum

import (
	"context"
	"encoding/binary"
	"fmt"
	"sort"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

func errMissing(height uint64) error {
	return fmt.Errorf("the chain does not have block %d now", height)
}

// unmoved answers what is final where the chain says that it is something below the index's newest block, or another
// block at that height. Where that block still stands it is final, whatever the node has forgotten of it.
func (l *Ledger) unmoved(ctx context.Context, x *index, t *tip, said *nodes.Block) (*nodes.Block, error) {
	now, err := l.set.Block(ctx, t.Height)
	switch {
	case err != nil:
		return nil, err
	case now != nil && now.Hash == t.Hash:
		return now, nil
	case now != nil:
		return said, l.retreat(ctx, x, t)
	}
	// The chain does not reach so far. It may be behind, or have been made anew.
	fork, err := l.fork(ctx, x, said.Height)
	if err != nil {
		return nil, err
	}
	if fork.below {
		return said, l.retreat(ctx, x, t)
	}
	e := driver.Errorf(driver.Unavailable, "the chain stands at block %d, and has shown block %d before", said.Height, t.Height)
	e.RetryAfter = time.Second
	return nil, e
}

func (l *Ledger) retreatUnless(ctx context.Context, x *index, t *tip, err error) error {
	if err != nil {
		return err
	}
	return l.retreat(ctx, x, t)
}

// retreat takes back what the index has of blocks that are not on the chain any more. Endpoints of another chain are no
// reason for it: the index is then left as it is.
func (l *Ledger) retreat(ctx context.Context, x *index, t *tip) error {
	if _, err := l.identify(ctx); err != nil {
		return err
	}
	fork, err := l.fork(ctx, x, t.Height)
	if err != nil {
		return err
	}
	l.log.Error("Ethereum chain went another way below what counted as final", "finality", x.binding.Section.Finality.String(),
		"below", t.Height)
	return x.takeBack(t, fork)
}

// fork is where two chains part.
type fork struct {
	block *nodes.Block // the last one that both have, as far as the index knows; nil for none
	below bool         // a block at or below the height asked for is not on the chain
}

// fork finds the highest block up to a height that the index knows of and the chain still has. What stands on a block that
// the chain has not is not on the chain either, so that halving finds it.
func (l *Ledger) fork(ctx context.Context, x *index, upTo uint64) (fork, error) {
	var heights []uint64
	prefix := x.row('b')
	err := x.kv.Scan([]byte(prefix), nil, func(row, _ []byte) bool {
		h := binary.BigEndian.Uint64(row[len(prefix):])
		if h <= upTo {
			heights = append(heights, h)
		}
		return h <= upTo
	})
	if err != nil {
		return fork{}, storeError(err)
	}
	var failed error
	gone := sort.Search(len(heights), func(i int) bool {
		if failed != nil {
			return true
		}
		hash, _, err := known(x, heights[i])
		if err != nil {
			failed = err
			return true
		}
		same, err := l.stillOn(ctx, &nodes.Block{Height: heights[i], Hash: hash})
		failed = err
		return !same
	})
	if failed != nil {
		return fork{}, failed
	}
	f := fork{below: gone < len(heights)}
	if gone > 0 {
		f.block, failed = l.blockAt(ctx, heights[gone-1])
	}
	return f, failed
}

// takeBack deletes every row that comes from above a fork.
func (x *index) takeBack(t *tip, f fork) error {
	d := newDraft(x)
	after := []byte(nil)
	if f.block != nil {
		after = []byte(endOf(f.block.Height).bytes())
	}
	for _, part := range []struct {
		kind byte
		undo func(d *draft, at place, value []byte) error
	}{{'e', (*draft).undoVersion}, {'k', (*draft).undoLookup}} {
		if err := d.undo(part.kind, after, part.undo); err != nil {
			return err
		}
	}
	if err := d.undoBlocks(f); err != nil {
		return err
	}
	if err := d.setTip(t, f); err != nil {
		return err
	}
	return d.commit()
}

// undo goes through the rows of a kind that are named by a place, from the newest down: a version is taken back before the
// one that it stands on.
func (d *draft) undo(kind byte, after []byte, one func(d *draft, at place, value []byte) error) error {
	prefix := d.row(kind)
	type row struct{ name, value string }
	var rows []row
	err := d.kv.Scan([]byte(prefix), append([]byte(prefix), after...), func(name, value []byte) bool {
		rows = append(rows, row{string(name), string(value)})
		return true
	})
	if err != nil {
		return storeError(err)
	}
	for i := len(rows) - 1; i >= 0; i-- {
		at, err := placeOf([]byte(rows[i].name[len(prefix) : len(prefix)+12]))
		if err != nil {
			return err
		}
		if err := one(d, at, []byte(rows[i].value)); err != nil {
			return err
		}
		d.put(rows[i].name, nil)
	}
	return nil
}

func (d *draft) undoVersion(at place, value []byte) error {
	s, err := decodeEffect(at, value)
	if err != nil {
		return err
	}
	key := digest(s.Key)
	d.put(d.row('v', key, number(s.Version)), nil)
	d.put(d.row('t', string(s.Tx[:])), nil)
	before, ok, err := version(d, s.Key, s.Version-1)
	switch {
	case err != nil:
		return err
	case ok:
		d.put(d.row('n', key), []byte(number(s.Version-1)+before.bytes()))
	default:
		d.put(d.row('n', key), nil)
	}
	return nil
}

func (d *draft) undoLookup(at place, value []byte) error {
	if len(value) < 64 {
		return damaged("a lookup of %d bytes", len(value))
	}
	mark, key := string(value[:32]), string(value[32:64])
	d.put(d.row('m', mark, key), nil)
	d.put(d.row('l', mark, at.bytes(), key[:8]), nil)
	return nil
}

func (d *draft) undoBlocks(f fork) error {
	prefix, after := d.row('b'), []byte(nil)
	if f.block != nil {
		after = []byte(d.row('b', number(f.block.Height)))
	}
	return storeError(d.kv.Scan([]byte(prefix), after, func(row, _ []byte) bool {
		d.put(string(row), nil)
		return true
	}))
}

func (d *draft) setTip(t *tip, f fork) error {
	if f.block == nil {
		d.put(d.row('h'), nil)
		return nil
	}
	return d.putJSON(d.row('h'), &tip{Block: *f.block, Count: t.Count})
}

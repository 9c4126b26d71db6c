package fabric

import (
	"fmt"

	"github.com/hyperledger/fabric-protos-go/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// outcome is what became of a transaction that touched the chaincode.
type outcome struct {
	Position driver.Position `json:"position"`
	Validity int32           `json:"validity"`
	Key      string          `json:"key,omitempty"` // of the first entry that it wrote
	Version  uint64          `json:"version,omitempty"`
}

// next is the number of the block that comes next.
func (d *draft) next() uint64 {
	if d.tip == nil {
		return 0
	}
	return d.tip.Height + 1
}

// add takes the next block, which must follow the one before. Of a block that fails nothing stays in the draft.
func (d *draft) add(b *common.Block) error {
	if err := d.follows(b); err != nil {
		return driver.Errorf(driver.Corrupt, "%w", err)
	}
	hash, err := blockHash(b.Header)
	if err != nil {
		return driver.Errorf(driver.Corrupt, "block %d: %w", b.Header.Number, err)
	}
	all, err := readBlock(b, d.chaincode)
	if err != nil {
		return driver.Errorf(driver.Corrupt, "%w", err)
	}
	next := newDraft(d.index, d.schema, d.chaincode, &tip{Height: b.Header.Number, Hash: hexed(hash), Time: blockTime(b)})
	next.below = d
	if err := next.enterAll(all); err != nil {
		return err
	}
	d.join(next)
	return nil
}

func (d *draft) enterAll(all []transaction) error {
	at := place{height: d.tip.Height}
	for i := range all {
		if err := d.enter(&all[i], &at); err != nil {
			return err
		}
	}
	return d.putJSON(d.row('h'), d.tip)
}

func (d *draft) follows(b *common.Block) error {
	if err := checkBlock(b, d.next()); err != nil {
		return err
	}
	if d.tip != nil && hexed(b.Header.PreviousHash) != d.tip.Hash {
		return fmt.Errorf("block %d does not follow the block %d that was shown before", b.Header.Number, d.tip.Height)
	}
	return nil
}

// enter takes what a transaction did. Only a valid one has written. Of a transaction that comes twice the first counts,
// as the channel has it.
func (d *draft) enter(t *transaction, at *place) error {
	row := d.row('t', hashed(t.id))
	if known, err := d.get(row); known != nil || err != nil {
		return err
	}
	done := outcome{Validity: int32(t.validity), Position: driver.Position{Height: at.height, Tx: t.id, Time: t.time, Final: true}}
	if !t.valid() {
		return d.putJSON(row, done)
	}
	if t.defines {
		d.put(d.row('d'), []byte{1})
	}
	for _, w := range t.writes {
		if err := d.write(t, w, at, &done); err != nil {
			return err
		}
	}
	return d.putJSON(row, done)
}

// write takes a state that was written: an entry, a lookup, or neither.
func (d *draft) write(t *transaction, w write, at *place, done *outcome) error {
	if s := d.schema.Lookups; s != nil {
		if values, ok := s.State.Read(w.state); ok {
			return d.lead(hashed(values["{name}"], values["{value}"]), values["{key}"], at)
		}
	}
	key, _, ok := d.schema.Entries.Read(w.state)
	if !ok {
		return nil
	}
	e, err := d.entry(t, w, key, *at)
	if err != nil {
		return err
	}
	if done.Version == 0 {
		done.Key, done.Version, done.Position = e.Key, e.Version, e.Position
	}
	at.index++
	return nil
}

func (d *draft) entry(t *transaction, w write, key string, at place) (*driver.Entry, error) {
	newest, err := newestOf(d, key)
	if err != nil {
		return nil, err
	}
	e := &driver.Entry{Key: key, Version: newest + 1, Deleted: w.deleted, Author: t.author, Contradiction: t.doubt,
		Position: driver.Position{Height: at.height, Index: at.index, Tx: t.id, Time: t.time, Final: true}}
	if !w.deleted {
		e.Body = d.schema.Entries.BodyOf(w.value)
	}
	d.put(d.row('v', hashed(key), number(e.Version)), []byte(at.bytes()))
	d.put(d.row('n', hashed(key)), []byte(number(e.Version)))
	return e, d.putJSON(d.row('e', at.bytes()), e)
}

// lead puts that a lookup leads to a key, unless it does so already. It has a place of its own among the entries.
func (d *draft) lead(lookup, key string, at *place) error {
	known, err := d.get(d.row('m', lookup, hashed(key)))
	if known != nil || err != nil {
		return err
	}
	d.put(d.row('m', lookup, hashed(key)), []byte{1})
	d.put(d.row('l', lookup, at.bytes()), []byte(key))
	at.index++
	return nil
}

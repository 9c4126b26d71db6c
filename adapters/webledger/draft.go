package webledger

import (
	"encoding/binary"
	"encoding/json"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// draft is a run of blocks on its way into the index: changes laid over it, until all of them are written at once.
type draft struct {
	*index
	rows  map[string][]byte
	names []string // in the order in which they were put
	size  int
}

func newDraft(x *index) *draft { return &draft{index: x, rows: map[string][]byte{}} }

func (d *draft) get(row string) ([]byte, error) {
	if value, ok := d.rows[row]; ok {
		return value, nil
	}
	return d.index.get(row)
}

func (d *draft) put(row string, value []byte) {
	if _, again := d.rows[row]; !again {
		d.names = append(d.names, row)
	}
	d.rows[row] = value
	d.size += len(row) + len(value)
}

func (d *draft) putJSON(row string, v any) error {
	value, err := json.Marshal(v)
	if err != nil {
		return damaged("%w", err)
	}
	d.put(row, value)
	return nil
}

// enter puts the rows of an entry.
func (d *draft) enter(f effect, at place, body, operation []byte) error {
	row, err := encodeEffect(f, body, operation)
	if err != nil {
		return err
	}
	d.put(d.row('e', at.bytes()), row)
	d.put(d.row('v', f.Key, number(f.Version)), []byte(at.bytes()))
	d.put(d.row('n', f.Key), append(binary.BigEndian.AppendUint64(nil, f.Version), at.bytes()...))
	return nil
}

// lead puts that a value leads to a key, unless it does so already.
func (d *draft) lead(value, key string, at place) error {
	mark := valueMark(value)
	known, err := d.get(d.row('m', mark, key))
	if known != nil || err != nil {
		return err
	}
	d.put(d.row('m', mark, key), []byte{1})
	d.put(d.row('l', mark, at.bytes()), []byte(key))
	return nil
}

// commit writes everything, or nothing. The draft is empty afterwards.
func (d *draft) commit() error {
	if len(d.names) == 0 {
		return nil
	}
	changes := make([]driver.Change, len(d.names))
	for i, name := range d.names {
		changes[i] = driver.Change{Key: []byte(name), Value: d.rows[name]}
	}
	if err := d.kv.Apply(changes...); err != nil {
		return driver.Errorf(driver.Unknown, "write Web Ledger index: %w", err)
	}
	d.drop()
	return nil
}

func (d *draft) drop() { *d = *newDraft(d.index) }

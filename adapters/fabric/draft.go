package fabric

import (
	"encoding/json"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// draft is blocks on their way into the index: changes laid over it, until all of them are written at once.
type draft struct {
	*index
	schema    *schema
	chaincode string
	tip       *tip   // nil before the first block
	below     *draft // what it lies on; nil: on the index itself
	rows      map[string][]byte
	names     []string // in the order in which they were put
}

func newDraft(x *index, s *schema, chaincode string, t *tip) *draft {
	return &draft{index: x, schema: s, chaincode: chaincode, tip: t, rows: map[string][]byte{}}
}

func (d *draft) get(row string) ([]byte, error) {
	if value, ok := d.rows[row]; ok {
		return value, nil
	}
	if d.below != nil {
		return d.below.get(row)
	}
	return d.index.get(row)
}

func (d *draft) put(row string, value []byte) {
	if _, again := d.rows[row]; !again {
		d.names = append(d.names, row)
	}
	d.rows[row] = value
}

func (d *draft) putJSON(row string, v any) error {
	value, err := json.Marshal(v)
	if err != nil {
		return damaged("%w", err)
	}
	d.put(row, value)
	return nil
}

// join takes over all that a draft above holds.
func (d *draft) join(above *draft) {
	for _, name := range above.names {
		d.put(name, above.rows[name])
	}
	d.tip = above.tip
}

// commit writes everything, or nothing.
func (d *draft) commit() error {
	if len(d.names) == 0 {
		return nil
	}
	changes := make([]driver.Change, len(d.names))
	for i, name := range d.names {
		changes[i] = driver.Change{Key: []byte(name), Value: d.rows[name]}
	}
	if err := d.kv.Apply(changes...); err != nil {
		return damaged("write: %w", err)
	}
	d.rows, d.names = map[string][]byte{}, nil
	return nil
}

package ethereum

import (
	"encoding/json"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// draft is changes laid over an index: those of a run of final blocks until they are written at once, or those of blocks
// that are not final, which are never written.
type draft struct {
	*index
	rows  map[string][]byte // nil: deleted
	names []string          // in the order in which they were put
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
}

func (d *draft) putJSON(row string, v any) error {
	value, err := json.Marshal(v)
	if err != nil {
		return damaged("%w", err)
	}
	d.put(row, value)
	return nil
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
	return storeError(d.kv.Apply(changes...))
}

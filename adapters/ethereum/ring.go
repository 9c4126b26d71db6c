package ethereum

import (
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// ringSize is how many of the newest blocks are remembered, to find where a chain went another way.
const ringSize = 256

// tip puts the newest block, and forgets the one that falls out of the ring, unless entries stand in it.
func (d *draft) tip(t *tip, to *nodes.Block) error {
	next := &tip{Block: *to}
	if t != nil {
		next.Count = t.Count + 1
	}
	slot := d.row('r', number(next.Count%ringSize))
	old, err := d.get(slot)
	if err != nil {
		return err
	}
	if err := d.forget(old); err != nil {
		return err
	}
	if err := d.know(to, false); err != nil {
		return err
	}
	d.put(slot, []byte(number(to.Height)))
	return d.putJSON(d.row('h'), next)
}

func (d *draft) forget(height []byte) error {
	if height == nil {
		return nil
	}
	row := d.row('b', string(height))
	value, err := d.get(row)
	if err == nil && value != nil && value[len(value)-1] == 0 {
		d.put(row, nil)
	}
	return err
}

// know puts a block's hash. A block with entries is remembered for good.
func (d *draft) know(b *nodes.Block, entries bool) error {
	row := d.row('b', number(b.Height))
	value, err := d.get(row)
	if err != nil || value != nil && !entries {
		return err
	}
	flag := byte(0)
	if entries {
		flag = 1
	}
	d.put(row, append(b.Hash.Bytes(), flag))
	return nil
}

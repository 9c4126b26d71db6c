package ethereum

import "bytes"

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
	if f.reread {
		d.put(d.row('g'), append(bytes.Clone(*x.rereads.Load()), number(f.next())...))
	}
	if err := d.commit(); err != nil {
		return err
	}
	return x.loadRereads()
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

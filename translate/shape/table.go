package shape

import (
	"strconv"
)

import (
	"maps"
	"slices"

	"github.com/ftagateway/ftagateway/translate/format"
	"github.com/ftagateway/ftagateway/translate/source"
)

func (c *compiler) table(v source.Value, of format.Leaf) (format.Format, error) {
	if !v.IsObject() {
		name, err := v.Text()
		if err != nil {
			return nil, err
		}
		named, ok := c.tables[name]
		if !ok {
			return nil, v.Refuse("unknown table %.40q%s", name, source.Hint(name, slices.Sorted(maps.Keys(c.tables))))
		}
		v = named
	}
	members, err := v.Members()
	if err != nil {
		return nil, err
	}
	rows := make([]format.Row, len(members))
	for i, m := range members {
		if rows[i].Model, err = code(m, of); err != nil {
			return nil, err
		}
		rows[i].Native = m.Value.JSON()
	}
	f, err := format.Table(rows)
	if err != nil {
		return nil, v.Refuse("table %s", err)
	}
	return f, nil
}

// code reads the model's side of a row: keys are text in a file, and codes of the model are what its schema says.
func code(m source.Member, of format.Leaf) (any, error) {
	switch of.Type {
	case "boolean":
		if m.Key == "true" || m.Key == "false" {
			return m.Key == "true", nil
		}
		return nil, m.Value.Refuse("row %.40q must be true or false, as the model has it", m.Key)
	case "integer":
		n, err := strconv.Atoi(m.Key)
		if err != nil || n < -1<<53 || n > 1<<53 {
			return nil, m.Value.Refuse("row %.40q must be an integer, as the model has it", m.Key)
		}
		return float64(n), nil
	case "string":
		return m.Key, nil
	}
	return nil, m.Value.Refuse("a table must stand at a single value of the model")
}

package format

import (
	"fmt"
	"maps"
	"slices"

	"github.com/ftagateway/ftagateway/translate/source"
)

// Row is a pair of codes, each text, a number, true or false.
type Row struct{ Model, Native any }

// table is codes of the model and of a ledger, one to one.
type table struct {
	native map[any]any
	model  map[any]any
}

// Table makes a format of rows. A code that stands on one side twice is an error: one direction would be a guess.
func Table(rows []Row) (Format, error) {
	t := table{make(map[any]any, len(rows)), make(map[any]any, len(rows))}
	for _, r := range rows {
		if !scalar(r.Model) || !scalar(r.Native) {
			return nil, fmt.Errorf("must have text, numbers, true or false in its rows")
		}
		if _, twice := t.native[r.Model]; twice {
			return nil, fmt.Errorf("must be one-to-one: the model's %v has two rows", r.Model)
		}
		if _, twice := t.model[r.Native]; twice {
			return nil, fmt.Errorf("must be one-to-one: two rows have the native %v", r.Native)
		}
		t.native[r.Model], t.model[r.Native] = r.Native, r.Model
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("must have rows")
	}
	return t, nil
}

func scalar(v any) bool {
	switch v.(type) {
	case string, float64, bool:
		return true
	}
	return false
}

// Codes lists what a format writes, in no order, where that is a closed list; nil where it is not.
func Codes(f Format) []any {
	t, ok := f.(table)
	if !ok {
		return nil
	}
	return slices.Collect(maps.Keys(t.model))
}

var errRow = fmt.Errorf("must be a code that has a row in the table")

func (t table) Native(v any) (any, error) { return row(t.native, v) }
func (t table) Model(v any) (any, error)  { return row(t.model, v) }

func row(rows map[any]any, v any) (any, error) {
	if !scalar(v) {
		return nil, errRow
	}
	code, ok := rows[v]
	if !ok {
		return nil, errRow
	}
	return code, nil
}

var enumOptions = source.Keys{{Name: "codes", Needed: true, Takes: "a list of codes of the model", Says: "The codes in the order of their index."}}

// newEnum is a list of the model's codes; the ledger has their index, from 0.
func newEnum(argument any, _ Leaf) (Format, error) {
	given, err := options(argument, enumOptions)
	if err != nil {
		return nil, err
	}
	codes, ok := given["codes"].([]any)
	if !ok || len(codes) == 0 || len(codes) > maxCodes {
		return nil, fmt.Errorf("must list the model's codes in the order of their index")
	}
	rows := make([]Row, len(codes))
	for i, code := range codes {
		rows[i] = Row{code, float64(i)}
	}
	return Table(rows)
}

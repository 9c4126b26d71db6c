package translate

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate/shape"
)

// nativeRecordLimits bound the body of a record in a ledger's own shape: room for spellings that are twice as long.
var nativeRecordLimits = ld.Limits{Bytes: maxRecord, Depth: maxRecordDepth, Members: maxRecordMembers}

const (
	maxRecord        = 1 << 20
	maxRecordDepth   = 24
	maxRecordMembers = 20_000
)

// recordOf reads a record in a ledger's own shape.
func (m *Mapping) recordOf(e *driver.Entry) (*model.Parsed, error) {
	if e.Deleted {
		return recordOf(e)
	}
	native, err := ld.Parse(e.Body, nativeRecordLimits)
	if err != nil {
		return nil, err
	}
	p, err := m.recordIn(native)
	if err != nil {
		return nil, m.faults(err)
	}
	return p, nil
}

// recordIn gives the faults of the shape as they are.
func (m *Mapping) recordIn(native any) (*model.Parsed, error) {
	said, err := m.lays.compiled.Read(native)
	if err != nil {
		return nil, err
	}
	canonical, err := ld.JCS(said.Value)
	if err != nil {
		return nil, err
	}
	return model.ParseRecord(canonical)
}

// bodyOf writes a record in the ledger's own shape, and reads it again before it leaves: what would come back as another
// record is refused.
func (m *Mapping) bodyOf(p *model.Parsed) ([]byte, []driver.Lookup, error) {
	if m.lays.readOnly {
		return nil, nil, only("", nil, "must not be written: the mapping is for reading only")
	}
	sound, err := model.ParseRecord(p.Bytes)
	if err != nil {
		return nil, nil, err
	}
	native, err := m.nativeOf(sound)
	if err != nil {
		return nil, nil, m.faults(err)
	}
	body, err := ld.JCS(native)
	if err != nil {
		return nil, nil, err
	}
	return body, lookupsOf(sound), nil
}

func (m *Mapping) nativeOf(p *model.Parsed) (any, error) {
	native, _, err := m.lays.compiled.Write(shape.Content{Value: p.Object})
	if err != nil {
		return nil, err
	}
	back, err := m.recordIn(native)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(back.Bytes, p.Bytes) {
		return nil, shape.Faults{{Rule: "must come back as the same record: the mapping reads another one than it writes"}}
	}
	return native, nil
}

// faults gives any error of a translation as schemas.Faults, with the pair that each is about.
func (m *Mapping) faults(err error) error {
	var translated shape.Faults
	if errors.As(err, &translated) {
		return translated.Schemas(m.file)
	}
	var found schemas.Faults
	if !errors.As(err, &found) {
		return only("", nil, err.Error())
	}
	return m.located(found).Schemas(m.file)
}

// located says by which pair a value came that breaks the model's rules.
func (m *Mapping) located(found schemas.Faults) shape.Faults {
	all := make(shape.Faults, len(found))
	for i, f := range found {
		all[i] = shape.Fault{Model: f.Pointer, Rule: f.Rule}
		all[i].Value = shown(f.Value)
		if f.Source != "" {
			all[i].Rule += " (" + f.Source + ")"
		}
		if p, ok := m.lays.compiled.At(f.Pointer); ok {
			all[i].Native, all[i].Line = p.Native, p.Line
		}
	}
	return all
}

// shown gives the value of a fault, which stands there as JSON and perhaps shortened.
func shown(text string) any {
	if text == "" {
		return nil
	}
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return text
	}
	return v
}

// inDetail gives any error of a translation with both places of each fault.
func (m *Mapping) inDetail(err error) shape.Faults {
	var translated shape.Faults
	var found schemas.Faults
	switch {
	case errors.As(err, &translated):
		return translated
	case errors.As(err, &found):
		return m.located(found)
	}
	return shape.Faults{{Rule: err.Error()}}
}

func noRecord(*driver.Entry) (*model.Parsed, error) {
	return nil, only("", nil, "must be a record: this ledger has none, and its entries are derived")
}

func noBody(*model.Parsed) ([]byte, []driver.Lookup, error) {
	return nil, nil, only("", nil, "must not be written: this ledger's own shape has no place for a record")
}

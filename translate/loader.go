package translate

import (
	"encoding/json"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/translate/shape"
	"github.com/ftagateway/ftagateway/translate/source"
)

// loader makes a mapping of a file.
type loader struct {
	file    string
	top     source.Value
	f       map[string]source.Value
	options Options
}

// step reads a part of the file.
type step struct {
	read func(*Mapping) error
	when func(*Mapping) bool // it can be read; nil: always
}

func typed(m *Mapping) bool    { return m.kind != "" }
func compiled(m *Mapping) bool { return m.lays.compiled != nil }

// mapping reads the whole file, so that its writer hears of all that is wrong with it at once.
func (l *loader) mapping() (*Mapping, error) {
	m := &Mapping{file: l.file, lays: &layout{keys: l.options.Keys}}
	var refused source.Refusals
	for _, s := range []step{{l.fields, nil}, {l.header, nil}, {l.compile, typed}, {l.disclosure, compiled}, {l.keys, typed},
		{l.finding, compiled}, {l.ledger, nil}, {l.examples, nil}} {
		if s.when != nil && !s.when(m) {
			continue
		}
		err := s.read(m)
		found := source.Find(err)
		if err != nil && len(found) == 0 {
			return nil, err
		}
		refused = append(refused, found...)
	}
	if err := refused.Err(); err != nil {
		return nil, err
	}
	m.directs()
	return m, nil
}

func (m *Mapping) directs() {
	if m.kind == kindRecord {
		m.shape.record, m.shape.body = m.recordOf, m.bodyOf
		return
	}
	m.derived = &derived{}
	m.shape.record, m.shape.body = noRecord, noBody
}

func (l *loader) fields(*Mapping) (err error) {
	l.f, err = l.top.Fields(topKeys)
	return err
}

func (l *loader) header(m *Mapping) error {
	var refused source.Refusals
	note := func(err error) { refused = append(refused, source.Find(err)...) }
	var err error
	if name, ok := l.f["mapping"]; ok {
		m.name, err = name.Text()
		note(err)
	}
	if version, ok := l.f["version"]; ok {
		_, err = version.Integer(1, maxVersion)
		note(err)
	}
	m.kind, err = l.word("type")
	note(err)
	direction, err := l.word("direction")
	note(err)
	m.lays.readOnly = direction == "read" || l.options.ReadOnly
	return refused.Err()
}

const maxVersion = 1_000_000

func (l *loader) compile(m *Mapping) error {
	pairs, ok := l.f["shape"]
	if !ok {
		return nil // which fields has told
	}
	var refused source.Refusals
	unmapped, err := l.word("unmapped")
	refused = append(refused, source.Find(err)...)
	node := shape.Record()
	if m.kind != kindRecord {
		node = shape.Statement(m.kind)
	}
	if lacks, ok := l.f["lacks"]; ok && m.kind == kindRecord {
		return append(refused, lacks.Refuse("a record lacks nothing: without one of its fields its signature could not be checked"))
	}
	m.lays.compiled, err = shape.Compile(shape.Source{
		Shape: pairs, Parts: l.f["parts"], Tables: l.f["tables"], Lacks: l.f["lacks"], KeyAt: l.f["keyAt"], Loose: unmapped == "ignore",
		Key: l.linked(m), Whole: m.kind == kindRecord}, node)
	return append(refused, source.Find(err)...).Err()
}

// ledger keeps the driver's section, and the digest of all that the file defines. Examples and notes define nothing.
func (l *loader) ledger(m *Mapping) error {
	m.native = json.RawMessage("{}")
	if v, ok := l.f["ledger"]; ok {
		if !v.IsObject() {
			return v.Refuse("must be an object, for the driver")
		}
		raw, err := ld.JCS(v.JSON())
		if err != nil {
			return v.Refuse("must be JSON: %s", err)
		}
		m.native = raw
	}
	defined, _ := l.top.JSON().(map[string]any)
	delete(defined, "examples")
	delete(defined, "note")
	digest, err := ld.DigestJCS(map[string]any{"engine": float64(engine), "definition": defined})
	if err != nil {
		return l.top.Refuse("must be JSON: %s", err)
	}
	m.digest = digest
	return nil
}

// word reads one of the words that a key of the file takes. One that is not there is the first, or none where it is needed.
func (l *loader) word(name string) (string, error) {
	key := topKeys.Of(name)
	v, ok := l.f[name]
	switch {
	case !ok && key.Needed:
		return "", nil
	case !ok:
		return key.Words[0].Name, nil
	}
	s, err := v.Text()
	if err != nil {
		return "", err
	}
	wrong, ok := key.Word(s)
	if !ok {
		return "", v.Refuse("must be %s", wrong)
	}
	return s, nil
}

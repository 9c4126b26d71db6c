package translate

import (
	"encoding/json"
	"slices"
	"strings"

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

func (l *loader) mapping() (*Mapping, error) {
	m := &Mapping{file: l.file, lays: &layout{keys: l.options.Keys}}
	for _, step := range []func(*Mapping) error{l.header, l.compile, l.disclosure, l.keys, l.finding, l.ledger, l.examples} {
		if err := step(m); err != nil {
			return nil, err
		}
	}
	if m.kind == kindRecord {
		m.shape.record, m.shape.body = m.recordOf, m.bodyOf
	} else {
		m.derived = &derived{}
		m.shape.record, m.shape.body = noRecord, noBody
	}
	return m, nil
}

func (l *loader) must(key string) (source.Value, error) {
	v, ok := l.f[key]
	if !ok {
		return v, l.top.Refuse("must hold %s", key)
	}
	return v, nil
}

func (l *loader) header(m *Mapping) error {
	name, err := l.must("mapping")
	if err != nil {
		return err
	}
	if m.name, err = name.Text(); err != nil {
		return err
	}
	version, err := l.must("version")
	if err != nil {
		return err
	}
	if _, err := version.Integer(1, 1_000_000); err != nil {
		return err
	}
	if m.kind, err = l.word("type", "", shape.Types()...); err != nil {
		return err
	}
	direction, err := l.word("direction", "both", "both", "read")
	m.lays.readOnly = direction == "read" || l.options.ReadOnly
	return err
}

func (l *loader) compile(m *Mapping) error {
	pairs, err := l.must("shape")
	if err != nil {
		return err
	}
	unmapped, err := l.word("unmapped", "refuse", "refuse", "ignore")
	if err != nil {
		return err
	}
	node := shape.Record()
	if m.kind != kindRecord {
		node = shape.Statement(m.kind)
	}
	if lacks, ok := l.f["lacks"]; ok && m.kind == kindRecord {
		return lacks.Refuse("a record lacks nothing: without one of its fields its signature could not be checked")
	}
	m.lays.compiled, err = shape.Compile(shape.Source{
		Shape: pairs, Parts: l.f["parts"], Tables: l.f["tables"], Lacks: l.f["lacks"], Loose: unmapped == "ignore",
		Key: l.linked(m), Whole: m.kind == kindRecord}, node)
	return err
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

// word reads one of several words; one that is not there is the first choice, or missing where that is empty.
func (l *loader) word(key, missing string, words ...string) (string, error) {
	v, ok := l.f[key]
	if !ok && missing != "" {
		return missing, nil
	}
	if !ok {
		return "", l.top.Refuse("must hold %s: one of %s", key, strings.Join(words, ", "))
	}
	s, err := v.Text()
	if err == nil && !slices.Contains(words, s) {
		err = v.Refuse("must be one of %s, not %.40q%s", strings.Join(words, ", "), s, source.Hint(s, words))
	}
	return s, err
}

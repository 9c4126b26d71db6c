package translate

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/translate/source"
)

// example is a native value, and what it must say in the model where the file states that. Each stands in the file or
// in one beside it.
type example struct {
	name   string
	line   int
	native side
	model  side
}

// side is a value, or the file that holds it.
type side struct {
	value any
	file  string
}

func (s side) stated() bool { return s.value != nil || s.file != "" }

const maxExamples = 1_000

// examples reads what stands in the mapping file. Files beside it are read by Test.
func (l *loader) examples(m *Mapping) error {
	v, ok := l.f["examples"]
	if !ok {
		return nil
	}
	items, err := v.Items()
	if err != nil {
		return err
	}
	if len(items) > maxExamples {
		return v.Refuse("must be at most %d examples", maxExamples)
	}
	for _, item := range items {
		e, err := exampleOf(item)
		if err != nil {
			return err
		}
		m.lays.examples = append(m.lays.examples, e)
	}
	return nil
}

func exampleOf(v source.Value) (example, error) {
	e := example{line: v.Line}
	f, err := v.Fields(exampleKeys)
	if err != nil {
		return e, err
	}
	if name, ok := f["name"]; ok {
		if e.name, err = name.Text(); err != nil {
			return e, err
		}
	}
	if e.native, err = sideOf(f, "native"); err != nil {
		return e, err
	}
	if e.model, err = sideOf(f, "model"); err != nil {
		return e, err
	}
	if !e.native.stated() {
		return e, v.Refuse("must hold native or nativeFile")
	}
	return e, nil
}

func sideOf(f map[string]source.Value, key string) (s side, err error) {
	value, inline := f[key]
	file, beside := f[key+"File"]
	switch {
	case inline && beside:
		return s, value.Refuse("must hold %s or %sFile, not both", key, key)
	case inline:
		s.value = value.JSON()
	case beside:
		if s.file, err = file.Text(); err == nil && !fs.ValidPath(s.file) {
			err = file.Refuse("must be a file beside the mapping or below it")
		}
	}
	return s, err
}

// read gives the value of a side of an example.
func (m *Mapping) read(s side) (any, error) {
	if s.file == "" {
		return s.value, nil
	}
	data, err := readFile(m.lays.samples, path.Join(m.lays.base, s.file), nativeLimits.Bytes)
	if err != nil {
		return nil, err
	}
	return ld.Parse(data, nativeLimits)
}

// Sample is a native value of one of the mapping's examples: what the ledger's own entries look like.
type Sample struct {
	native any
	m      *Mapping
}

// Under gives it as JSON, as it stands under a key of the ledger: where bodies say their key, it says that one. Of a key
// that is no text JSON can only tell what is.
func (s Sample) Under(key string) []byte {
	body, _ := ld.JCS(s.m.lays.compiled.Under(strings.ToValidUTF8(key, "\uFFFD"), s.native)) // as Samples has tried
	return body
}

// Samples are the native values of the mapping's examples.
func (m *Mapping) Samples() ([]Sample, error) {
	if m.lays == nil {
		return nil, nil // the identity has none
	}
	samples := make([]Sample, len(m.lays.examples))
	for i, e := range m.lays.examples {
		native, err := m.read(e.native)
		if err != nil {
			return nil, fmt.Errorf("mapping %s, example in line %d: %w", m.file, e.line, err)
		}
		if _, err = ld.JCS(native); err != nil {
			return nil, fmt.Errorf("mapping %s, example in line %d: %w", m.file, e.line, err)
		}
		samples[i] = Sample{native, m}
	}
	return samples, nil
}

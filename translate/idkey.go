package translate

import (
	"errors"
	"slices"

	"github.com/ftagateway/ftagateway/translate/format"
	"github.com/ftagateway/ftagateway/translate/shape"
	"github.com/ftagateway/ftagateway/translate/source"
)

// keys reads how the ledger's keys and ids belong together: key: id, key: foreign, or the spelling that the ids have
// there, such as key: bytes32 or key: {without: "urn:uuid:"}.
func (l *loader) keys(m *Mapping) error {
	v, ok := l.f["key"]
	word, _ := v.JSON().(string)
	switch {
	case ok && word == "foreign" && m.kind == kindRecord:
		return v.Refuse("must not be foreign: a record states its own id, and stands under it")
	case word == "foreign", !ok && m.kind != kindRecord:
		m.shape.key, m.shape.id = noKeys, noKeys
		if k := l.options.Keys; k != nil {
			m.shape.key, m.shape.id = k.Key, k.ID
		}
		return nil
	case word == "id", !ok:
		m.shape.key, m.shape.id, m.spelled = asID, asID, true
		return nil
	case word != "" && !slices.Contains(format.Names(), word):
		known := append([]string{"id", "foreign"}, format.Names()...)
		return v.Refuse("must be id, foreign or a format, not %.40q%s", word, source.Hint(word, known))
	}
	return l.spelled(m, v)
}

func noKeys(string) (string, error) {
	return "", only("/id", nil, errNoKeys.Error())
}

// foreign spells the ids of links as the ledger's own keys.
type foreign struct{ keys *Keys }

func (f foreign) Native(id any) (any, error) {
	s, _ := id.(string)
	key, err := f.keys.Key(s)
	if err != nil {
		return nil, errors.New("must be an id that this gateway gave for a key of this ledger")
	}
	return key, nil
}

func (f foreign) Model(key any) (any, error) {
	s, _ := key.(string)
	id, err := f.keys.ID(s)
	if err != nil {
		return nil, errors.New("must be a key of this ledger that could be given an id")
	}
	return id, nil
}

type withoutKeys struct{}

var errNoKeys = errors.New("must be translated by the ledger's secret, and the mapping was opened without one")

func (withoutKeys) Native(any) (any, error) { return nil, errNoKeys }
func (withoutKeys) Model(any) (any, error)  { return nil, errNoKeys }

// linked gives the format by which links name the ledger's own keys.
func (l *loader) linked(m *Mapping) format.Format {
	switch {
	case m.kind == kindRecord:
		return nil
	case l.options.Keys == nil:
		return withoutKeys{}
	}
	return foreign{l.options.Keys}
}

// spelled is for a ledger that has ids as keys, in another spelling.
func (l *loader) spelled(m *Mapping, v source.Value) error {
	f, err := shape.Format(v, format.Leaf{Form: "uuid", Type: "string"})
	if err != nil {
		return err
	}
	m.spelled = true
	m.shape.key = func(id string) (string, error) {
		if _, err := asID(id); err != nil {
			return "", err
		}
		return oneWay(f.Native, id)
	}
	m.shape.id = func(key string) (string, error) {
		id, err := oneWay(f.Model, key)
		if err != nil {
			return "", err
		}
		if back, err := oneWay(f.Native, id); err != nil || back != key {
			return "", only("/id", nil, "must stand under a key in its one spelling")
		}
		return asID(id)
	}
	return nil
}

func oneWay(convert func(any) (any, error), s string) (string, error) {
	v, err := convert(s)
	if err != nil {
		return "", only("/id", nil, err.Error())
	}
	text, ok := v.(string)
	if !ok {
		return "", only("/id", nil, "must be text")
	}
	return text, nil
}

package translate

import (
	"errors"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate/format"
	"github.com/ftagateway/ftagateway/translate/shape"
	"github.com/ftagateway/ftagateway/translate/source"
)

// Search is how a foreign ledger is asked for the entry that has a number: by a lookup of its own, or by the key, where
// the number is the key.
type Search struct {
	Lookup driver.Lookup // its Name is empty where Key says it
	Key    string
}

// search is what a mapping says under find.
type search struct {
	lookup string // empty: by the key
	spells format.Format
}

const (
	entryNumber = subjectPath + "/entryNumber"
	entryType   = "EntrySummary"
)

// finding reads by what the ledger is asked for an entry's number. The question tells the number to whoever runs the node
// that is asked, and so it is for ledgers whose readers are known.
func (l *loader) finding(m *Mapping) error {
	v, ok := l.f["find"]
	if !ok {
		return nil
	}
	switch {
	case m.kind != entryType:
		return v.Refuse("must stand in a mapping of type %s: entries are found by their number, and a record by its lookups", entryType)
	case l.options.Policy.Readers == Public:
		return v.Refuse("must not be asked of a ledger whose policy is %s: the question tells the entry number to whoever runs its nodes", Public)
	}
	paths, err := v.Fields(pathKeys)
	if err != nil {
		return err
	}
	m.lays.search, err = l.searchOf(m, paths[entryNumber])
	return err
}

func (l *loader) searchOf(m *Mapping, v source.Value) (*search, error) {
	f, err := v.Fields(findKeys)
	if err != nil {
		return nil, err
	}
	s := &search{}
	lookup, named := f["lookup"]
	key, keyed := f["key"]
	if named == keyed {
		return nil, v.Refuse("must hold lookup or key, one of them")
	}
	if named {
		if s.lookup, err = lookup.Text(); err == nil && s.lookup == "" {
			err = lookup.Refuse("must be the name of a lookup of the ledger")
		}
	} else {
		err = l.byKey(key)
	}
	if err != nil {
		return nil, err
	}
	return s, s.spelled(m, f)
}

func (l *loader) byKey(v source.Value) error {
	if is, err := v.Flag(); err != nil || !is {
		return v.Refuse("must be true, or not there")
	}
	if key, ok := l.f["key"]; ok && key.JSON() != any("foreign") {
		return v.Refuse("must not be true: the ledger's keys are ids (key: %v)", key.JSON())
	}
	return nil
}

// spelled takes the spelling that find names, else that of the pair which gives the number, else the number as it is.
func (s *search) spelled(m *Mapping, f map[string]source.Value) (err error) {
	if v, ok := f["format"]; ok {
		s.spells, err = shape.Format(v, format.Leaf{Form: "entryNumber", Type: "string"})
		return err
	}
	var ok bool
	if s.spells, ok = m.lays.compiled.Spelling(entryNumber); !ok {
		s.spells = format.Same()
	}
	return nil
}

// FindsEntries reports whether the ledger can be asked for an entry's number.
func (m *Mapping) FindsEntries() bool { return m.lays != nil && m.lays.search != nil }

var errNoSearch = errors.New("the mapping does not say how the ledger is asked for an entry's number")

// Search says how the ledger is asked for an entry's number, of 11 characters. The error never holds the number.
func (m *Mapping) Search(number string) (Search, error) {
	if !m.FindsEntries() {
		return Search{}, errNoSearch
	}
	s := m.lays.search
	native, err := s.spells.Native(number)
	if err != nil {
		return Search{}, only("", nil, "the entry number "+err.Error())
	}
	text, ok := native.(string)
	switch {
	case !ok:
		return Search{}, only("", nil, "the entry number must be text in the ledger's spelling")
	case s.lookup == "":
		return Search{Key: text}, nil
	}
	return Search{Lookup: driver.Lookup{Name: s.lookup, Value: text}}, nil
}

package play

import (
	"errors"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate"
)

// meaning is a mapping as the suite holds entries against it; nil where there is none.
func meaning(m *translate.Mapping) *conformance.Mapping {
	if m == nil {
		return nil
	}
	read := recordOf
	if m.Derives() {
		read = derivedFrom
	}
	return &conformance.Mapping{
		MappingID: conformance.MappingID{Name: m.Name(), Digest: m.Digest()},
		Translate: func(uri string, e *driver.Entry) error { return withoutValues(read(m, uri, e)) },
	}
}

// derivedFrom says what an entry of a ledger without records lacks to be read.
func derivedFrom(m *translate.Mapping, uri string, e *driver.Entry) error {
	_, err := m.Derive(e, uri)
	return err
}

// recordOf says why an entry holds no record, or not the one that stands in its place. A record of another ledger is a
// copy, which may stand at any version.
func recordOf(m *translate.Mapping, uri string, e *driver.Entry) error {
	p, err := m.Record(e)
	if err != nil {
		return err
	}
	id, err := m.ID(e.Key)
	switch {
	case err != nil:
		return err
	case p.ID != id:
		return errors.New("/id: must be that of the key under which the record stands")
	case p.Ledger == uri && p.Version != e.Version:
		return fmt.Errorf("/version: must be that of the entry, %d, and not %d", e.Version, p.Version)
	}
	return nil
}

// withoutValues tells faults by place and rule: a value may be what nobody else is to see.
func withoutValues(err error) error {
	var faults schemas.Faults
	if !errors.As(err, &faults) || len(faults) == 0 {
		return err
	}
	text := fmt.Sprintf("%s: %s", faults[0].Pointer, faults[0].Rule)
	if faults[0].Pointer == "" {
		text = faults[0].Rule
	}
	if more := len(faults) - 1; more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return errors.New(text)
}

package translate

import (
	"bytes"
	"encoding/json"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate/shape"
)

// Mapping translates between one ledger's shape and the model, under the laws of the package comment. It is immutable
// and safe for concurrent use. See Builtin and Load.
type Mapping struct {
	name   string
	file   string
	digest ld.Digest
	native json.RawMessage
	shape  directions

	kind    string   // what it gives: shape.TypeRecord, or a type of document
	spelled bool     // its keys are ids, in whatever spelling, and tell nothing
	derived *derived // nil where it gives records
	lays    *layout  // nil where it has no file
}

// directions is what a definition's "shape" means, each direction a function. A function's error is a schemas.Faults.
type directions struct {
	record func(*driver.Entry) (*model.Parsed, error)
	body   func(*model.Parsed) ([]byte, []driver.Lookup, error)
	key    func(id string) (string, error)
	id     func(key string) (string, error)
}

// Name is what the mapping calls itself.
func (m *Mapping) Name() string { return m.name }

// Gives says what a mapping reads: "Record", or the type of document of which it gives Derived values.
func (m *Mapping) Gives() string { return m.kind }

// Derives reports whether the ledger has no records of ours: Derive reads it then, and Record never does.
func (m *Mapping) Derives() bool { return m.derived != nil }

// Written lists the native places that a body can have, with the model path of what each carries, lists as "*". It is
// nil where the body is the record itself.
func (m *Mapping) Written() []shape.Place {
	if m.lays == nil {
		return nil
	}
	written := []shape.Place{}
	for _, p := range m.lays.compiled.Places() {
		if p.Writes() {
			p.Model = starred(p.Model)
			written = append(written, p)
		}
	}
	return written
}

// Digest names exactly what the mapping does. It stands in every verdict.
func (m *Mapping) Digest() ld.Digest { return m.digest }

// Native is the section about the ledger's own side, which the driver reads. The slice is the caller's.
func (m *Mapping) Native() json.RawMessage { return bytes.Clone(m.native) }

// Record reads what a ledger holds. It looks at the body alone: whether the record is the one that stands under the
// entry's key and version is for the caller to compare. The error is a schemas.Faults.
func (m *Mapping) Record(e *driver.Entry) (*model.Parsed, error) { return m.shape.record(e) }

// Body gives what is written for a record, and the lookups by which the ledger is to find it. The error is a
// schemas.Faults: what is no record under the closed schema does not leave, whoever made it.
func (m *Mapping) Body(p *model.Parsed) ([]byte, []driver.Lookup, error) { return m.shape.body(p) }

// Key gives the ledger's key for a record's id, or an error if no record can have that id.
func (m *Mapping) Key(id string) (string, error) { return m.shape.key(id) }

// ID gives the record's id for a key of the ledger, or an error if no record can stand under that key. Such a key may
// tell something, and is not to be shown.
func (m *Mapping) ID(key string) (string, error) { return m.shape.id(key) }

// only is a single fault as an error.
func only(pointer string, value any, rule string) error {
	return schemas.Faults{schemas.NewFault(pointer, value, rule, "FTA mapping")}
}

package translate

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
)

// Mapping translates between one ledger's shape and records, under the laws of the package comment. It is immutable and
// safe for concurrent use.
type Mapping struct {
	digest ld.Digest
	native json.RawMessage
	shape  shape
}

// shape is what a definition's "shape" means, each direction a function. A function's error is a schemas.Faults.
type shape struct {
	record func(*driver.Entry) (*model.Parsed, error)
	body   func(*model.Parsed) ([]byte, []driver.Lookup, error)
	key    func(id string) (string, error)
	id     func(key string) (string, error)
}

// definition is a mapping as data: what the digest is over, in JCS form.
type definition struct {
	Mapping string          `json:"mapping"` // its name
	Version int             `json:"version"` // raised whenever the same definition would come to mean something else
	Shape   string          `json:"shape"`
	Ledger  json.RawMessage `json:"ledger"` // undecoded, for the driver
}

func (d definition) compile(s shape) (*Mapping, error) {
	data, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("mapping %q: %w", d.Mapping, err)
	}
	canonical, err := ld.Parse(data, ld.Limits{})
	if err != nil {
		return nil, fmt.Errorf("mapping %q: %w", d.Mapping, err)
	}
	digest, err := ld.DigestJCS(canonical)
	if err != nil {
		return nil, fmt.Errorf("mapping %q: %w", d.Mapping, err)
	}
	return &Mapping{digest: digest, native: d.Ledger, shape: s}, nil
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

package translate

import (
	"errors"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate/shape"
)

// Derived is what an entry of a foreign ledger says, which has no records of ours. Nobody signed it in our sense: it has
// no issuer, no proof and no previous version, and none is ever made up. Whom the chain authenticated is Author, and
// what that person may do is for package trust to say.
type Derived struct {
	ID      string        `json:"id"` // stands for the entry's key
	Type    string        `json:"type"`
	Version uint64        `json:"version"` // the ledger's own count
	Event   string        `json:"event,omitempty"`
	Reason  []string      `json:"reason,omitempty"`
	Issued  model.Instant `json:"issued,omitzero"` // when the step was taken, as the entry says
	Links   []DerivedLink `json:"links,omitempty"`
	// Subject is the document itself, where the ledger holds it: unsigned, decoded under its schema but for what Lacks
	// names. nil where it does not.
	Subject model.Subject `json:"subject,omitempty"`
	// Lacks are the model paths that the ledger's shape has no place for, required ones among them; lists as "*".
	Lacks []string `json:"lacks,omitempty"`
	// Beside are the native values that the model has no place for, by their native pointer.
	Beside map[string]any `json:"beside,omitempty"`
	// Findings are the rules beyond the schema that the subject breaks, as Document.Check gives them.
	Findings schemas.Faults `json:"findings,omitempty"`
	Author   driver.Author  `json:"author"`
	From     DerivedFrom    `json:"derivedFrom"`

	object ld.Object
	says   string // the key that the body says it stands under; empty where it says none
}

// DerivedFrom says which bytes were read, where they stand, and by which mapping.
type DerivedFrom struct {
	Ledger        string    `json:"ledger"` // URI
	Tx            string    `json:"tx"`
	NativeDigest  ld.Digest `json:"nativeDigest"`
	MappingDigest ld.Digest `json:"mappingDigest"`
}

// DerivedLink is a link as far as a foreign shape has one: it seldom pins a version.
type DerivedLink struct {
	Rel     string     `json:"rel"`
	ID      string     `json:"id"`
	Ledger  string     `json:"ledger,omitempty"`
	Version uint64     `json:"version,omitempty"`
	Digest  *ld.Digest `json:"digest,omitempty"`
}

// derived marks a mapping that gives Derived values.
type derived struct{}

// nativeLimits bound the body of a foreign document.
var nativeLimits = ld.Limits{Bytes: maxBody, Depth: maxBodyDepth, Members: maxBodyMembers}

const (
	maxBody        = 8 << 20
	maxBodyDepth   = 32
	maxBodyMembers = 200_000
)

// Derive reads an entry of a ledger that has no records of ours. Its id is that of the entry's key, where the mapping
// was opened with Keys. The error is a schemas.Faults; an error of the store of Keys is returned as it is.
func (m *Mapping) Derive(e *driver.Entry, ledger string) (*Derived, error) {
	d, err := m.DeriveBody(e)
	if err != nil {
		return nil, err
	}
	if err := m.Standing(d, e.Key); err != nil {
		return nil, err
	}
	d.Version, d.Author = e.Version, e.Author
	d.From.Ledger, d.From.Tx = ledger, e.Tx
	if d.ID, err = m.ID(e.Key); err != nil {
		return nil, err
	}
	return d, nil
}

// DeriveBody is Derive without what depends on where the entry stands: id, version, author, ledger and transaction are
// empty. Whoever keeps it for a body MUST ask Standing for each key that the body stands under.
func (m *Mapping) DeriveBody(e *driver.Entry) (*Derived, error) {
	if m.derived == nil {
		return nil, only("", nil, "must be read as a record: this ledger has records")
	}
	if e.Deleted {
		return nil, only("", nil, "must be there: the entry was deleted")
	}
	native, err := ld.Parse(e.Body, nativeLimits)
	if err != nil {
		return nil, err
	}
	failed := m.keyFailures()
	d, err := m.deriveFrom(native)
	if err != nil && m.keyFailures() != failed {
		return nil, errKeyStore
	}
	if err != nil {
		return nil, m.faults(err)
	}
	d.From = DerivedFrom{NativeDigest: ld.Sum(e.Body), MappingDigest: m.digest}
	return d, nil
}

// errKeyStore: an id could not be kept, and so nothing is known of the body. The formats of pairs cannot tell that from a
// body that is wrong; here whoever failed meanwhile counts.
var errKeyStore = errors.New("the keys of ids could not be kept")

func (m *Mapping) keyFailures() uint64 {
	if m.lays.keys == nil {
		return 0
	}
	return m.lays.keys.failures.Load()
}

func (m *Mapping) deriveFrom(native any) (*Derived, error) {
	said, err := m.lays.compiled.Read(native)
	if err != nil {
		return nil, err
	}
	object, ok := said.Value.(map[string]any)
	if !ok {
		return nil, shape.Faults{{Rule: "must hold something that a pair gives a place in the model"}}
	}
	key, err := m.lays.compiled.Key(native)
	if err != nil {
		return nil, err
	}
	d := &Derived{says: key, Type: m.kind, Lacks: m.lays.compiled.Lacking(), Beside: said.Beside, object: object}
	if err := d.decode(m); err != nil {
		return nil, err
	}
	return d, nil
}

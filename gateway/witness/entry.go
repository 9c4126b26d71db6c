package witness

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// Observation is one version of a record, as a ledger showed it.
type Observation struct {
	Ledger    string // its URI
	ID        string // the record's
	Version   uint64
	Digest    ld.Digest     // of the record itself, not of the document it is about
	Height    uint64        // of the block it stands in
	ChainTime time.Time     // the chain's own time of that block; zero if it has none
	Proof     *driver.Proof // that it stands there, where the ledger gives one
}

// Entry is one line of the log: a version with a digest that had not been seen before.
type Entry struct {
	Seq       uint64     `json:"seq"`                // 1, 2, 3 ...
	Previous  *ld.Digest `json:"previous,omitempty"` // of the line before; absent in the first
	Relation  Relation   `json:"relation"`           // to what was known of the record then
	Ledger    string     `json:"ledger"`
	ID        string     `json:"id"`
	Version   uint64     `json:"version"`
	Digest    ld.Digest  `json:"digest"`
	Height    uint64     `json:"height"`
	ChainTime time.Time  `json:"chainTime,omitzero"`
	Witnessed time.Time  `json:"witnessed"` // by this gateway's clock, UTC
	Proof     *Proof     `json:"proof,omitempty"`
}

// Proof is the proof of inclusion that came with an observation. One above 1 MiB is kept by its digest.
type Proof struct {
	Type    string          `json:"type"`
	Data    json.RawMessage `json:"data,omitempty"`
	Omitted *ld.Digest      `json:"omitted,omitempty"` // SHA-256 of the data, where it was too large to keep
}

// Sizes in bytes. A URI or id that is longer is no ledger's or record's.
const (
	maxName  = 512
	maxProof = 1 << 20
	maxLine  = maxProof + 64<<10
)

const maxYear = 9999 // that RFC 3339 can write

func (o *Observation) check() error {
	switch {
	case !isName(o.Ledger):
		return fmt.Errorf("ledger %.64q: 1 to %d bytes of UTF-8", o.Ledger, maxName)
	case !isName(o.ID):
		return fmt.Errorf("id %.64q: 1 to %d bytes of UTF-8", o.ID, maxName)
	case o.Version == 0:
		return errors.New("version 0: versions are counted from 1")
	case o.Digest.IsZero():
		return errors.New("digest: must be that of the record")
	case o.ChainTime.Year() > maxYear:
		return fmt.Errorf("chain time: year %d: at most %d", o.ChainTime.Year(), maxYear)
	case o.Proof != nil && (!isName(o.Proof.Type) || !json.Valid(o.Proof.Data)):
		return errors.New("proof: must have a type, and data that is JSON")
	}
	return nil
}

func isName(s string) bool { return s != "" && len(s) <= maxName && utf8.ValidString(s) }

// entry makes a line of an observation.
func (o *Observation) entry(relation Relation, witnessed time.Time) Entry {
	e := Entry{
		Relation: relation, Ledger: o.Ledger, ID: o.ID, Version: o.Version, Digest: o.Digest,
		Height: o.Height, ChainTime: o.ChainTime.UTC(), Witnessed: witnessed.UTC(),
	}
	if o.Proof == nil {
		return e
	}
	e.Proof = &Proof{Type: o.Proof.Type, Data: o.Proof.Data}
	if len(o.Proof.Data) > maxProof {
		digest := ld.Sum(o.Proof.Data)
		e.Proof = &Proof{Type: o.Proof.Type, Omitted: &digest}
	}
	return e
}

// line spells an entry as it is stored, exported and hashed: one line of JSON, and the proof's numbers and strings as the
// ledger spelled them.
func (e *Entry) line() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(e); err != nil {
		return nil, fmt.Errorf("encode entry: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Package filing is the partner's side of a filing: it turns a signed document into the record that a ledger may hold.
// The issuer's key never leaves it, and no gateway is needed for it.
package filing

import (
	"crypto"
	"crypto/ecdh"
	"errors"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/lookup"
)

// Filing says how a document becomes a record.
type Filing struct {
	Ledger string // URI of the home ledger
	// ID is the record's: a new one if empty, the reserved one of a certificate that was expected.
	ID       string
	Previous *model.Parsed   // the version before; nil for the first
	Event    lifecycle.Event // the first step of the document's life cycle if empty
	// Kept is the document as its evidence server keeps it, and whatever else belongs to the record after it.
	Kept []model.Evidence
	// Lookup and Customs, the filer's own key and CBP's public one, make an entry findable by its number. Entry summaries
	// need them.
	Lookup  *ecdh.PrivateKey
	Customs *ecdh.PublicKey
	At      time.Time
}

// Record signs the record about a document, by the key that signed the document.
func (f Filing) Record(d *model.Document, issuer crypto.Signer) (*model.Parsed, error) {
	if len(f.Kept) == 0 || f.Kept[0].Digest != d.Digest {
		return nil, errors.New("filing: the first piece of evidence must be the document itself")
	}
	r := f.draft(d)
	r.Evidence = f.Kept
	if s, ok := d.Subject.(*model.EntrySummary); ok {
		commitment, err := f.commit(s)
		if err != nil {
			return nil, err
		}
		r.Lookups = []string{commitment}
	}
	return model.SignRecord(r, issuer)
}

func (f Filing) event(d *model.Document) lifecycle.Event {
	if f.Event != "" {
		return f.Event
	}
	switch s := d.Subject.(type) {
	case *model.EntryDisposition:
		return lifecycle.Event(s.Action)
	case *model.CertificateOfOrigin:
		if f.Previous != nil {
			return lifecycle.Replace
		}
		return lifecycle.Certify
	}
	if f.Previous != nil {
		return lifecycle.Refile
	}
	return lifecycle.File
}

func (f Filing) draft(d *model.Document) model.Record {
	as := model.Recording{Ledger: f.Ledger, ID: f.ID, Event: string(f.event(d)), EvidenceID: f.Kept[0].ID, Issued: model.At(f.At)}
	if f.Previous != nil {
		return model.NextRecord(f.Previous, d, as)
	}
	return model.NewRecord(d, as)
}

// commit makes the keyed commitment to the entry number, with the key of the year in which the record is issued.
func (f Filing) commit(s *model.EntrySummary) (string, error) {
	if f.Lookup == nil || f.Customs == nil {
		return "", errors.New("filing: an entry summary needs the filer's lookup key and CBP's, or nobody finds it by its number")
	}
	key, err := lookup.Derive(f.Lookup, f.Customs, s.FilerCode, lookup.Epoch(f.At))
	if err != nil {
		return "", fmt.Errorf("filing: %w", err)
	}
	return key.Entry(f.Ledger, s.EntryNumber)
}

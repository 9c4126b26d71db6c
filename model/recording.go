package model

import (
	"slices"

	"github.com/ftagateway/ftagateway/schemas"
)

// RelCertificate and RelEntry are the relations of links: an entry summary is linked to the certificates that its lines
// name, a disposition to the entry summary that it decides about.
const (
	RelCertificate = "certificate"
	RelEntry       = "entry"
)

// MediaType is that of a document among the evidence of its record.
const MediaType = "application/vc"

// Recording says how a document is recorded.
type Recording struct {
	Ledger     string  // URI of the home ledger
	ID         string  // of the record; a new one if empty
	Event      string  // the step of the life cycle
	EvidenceID string  // under which the document lies on its evidence server
	Issued     Instant // when the record is made; the document's ValidFrom if zero
}

// NewRecord gives version 1 of the record of a document, still without lookups, issuer and proof: see SignRecord. The
// links are those that the document names.
func NewRecord(d *Document, as Recording) Record {
	if as.ID == "" {
		as.ID = NewID()
	}
	if as.Issued.IsZero() {
		as.Issued = d.ValidFrom
	}
	return Record{
		ID: as.ID, Type: d.Type, Ledger: as.Ledger, Version: 1, Event: as.Event, Reason: d.reasons(), Issued: as.Issued,
		Digest: d.Digest, Links: d.Links(),
		Evidence: []Evidence{{ID: as.EvidenceID, Digest: d.Digest, MediaType: MediaType}},
	}
}

// NextRecord gives the version after prev. The id and the ledger stay as they are.
func NextRecord(prev *Parsed, d *Document, as Recording) Record {
	as.ID, as.Ledger = prev.ID, prev.Ledger
	r := NewRecord(d, as)
	previous := prev.Digest
	r.Version, r.Previous, r.Lookups = prev.Version+1, &previous, prev.Lookups
	return r
}

// Links gives the records that the document names, each once, in the order in which it names them.
func (d *Document) Links() []Link {
	var links []Link
	switch s := d.Subject.(type) {
	case *EntrySummary:
		for _, l := range s.Lines {
			if l.Certificate != nil && !slices.Contains(links, l.Certificate.Link(RelCertificate)) {
				links = append(links, l.Certificate.Link(RelCertificate))
			}
		}
	case *EntryDisposition:
		links = append(links, s.Entry.Link(RelEntry))
	}
	return links
}

func (d *Document) reasons() []string {
	if s, ok := d.Subject.(*EntryDisposition); ok {
		return slices.Clone(s.ReasonCodes)
	}
	return nil
}

// CheckRecord holds a record against the document that it is about: same type and digest, the links that the document
// names, and for a disposition its action and reasons. Who signed the two is for trust to say: their keys may differ.
func CheckRecord(r *Record, d *Document) schemas.Faults {
	var fs schemas.Faults
	if r.Type != d.Type {
		fs.Add("/type", r.Type, "must be that of the document, "+d.Type, sourceRecord)
	}
	if r.Digest != d.Digest {
		fs.Add("/digest", r.Digest.String(), "must be that of the document, "+d.Digest.String(), sourceRecord)
	}
	if !slices.Equal(r.Links, d.Links()) {
		fs.Add("/links", nil, "must be the records that the document names, in its order", sourceRecord)
	}
	if s, ok := d.Subject.(*EntryDisposition); ok {
		if r.Event != s.Action {
			fs.Add("/event", r.Event, "must be the action of the document, "+s.Action, sourceRecord)
		}
		if !slices.Equal(r.Reason, s.ReasonCodes) {
			fs.Add("/reason", nil, "must be the reason codes of the document", sourceRecord)
		}
	}
	return fs
}

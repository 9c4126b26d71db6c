package adapters

import (
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate"
)

// Statement is what a Reading says, wherever it comes from: a record that its issuer signed, or an entry of a ledger
// that has no records of ours. What follows from it asks the Statement, and only what is about signatures asks for the
// record itself. It is shared: read it only.
type Statement struct {
	Type    string
	Event   string // empty where the ledger's shape tells none
	Version uint64 // as the record states it, or as the ledger counts
	Reason  []string
	Issued  model.Instant // claimed; zero where the ledger's shape tells none
	// Links have no ledger, version or digest where a derived one does not name them.
	Links []model.Link
	// Digest names the whole statement: that of the record, or of the native bytes. It is what is remembered of it.
	Digest ld.Digest
	// Document is what a link to it pins: the digest of the document that the record is about; of the native bytes where
	// the ledger has no record, for nothing else stands there.
	Document ld.Digest
	Home     string        // URI of the ledger that it is of
	Issuer   string        // the key that signed it; empty where nobody did
	Author   driver.Author // whom the chain authenticated, where Issuer is empty
	// Subject is the document, unsigned, where the ledger itself holds it; nil where an evidence server has it.
	Subject model.Subject

	lacks []string
}

// Signed reports whether a key signed it: it is a record.
func (s *Statement) Signed() bool { return s.Issuer != "" }

// Lacks reports whether the ledger's shape has no place for a model path, or for what it stands in; lists as "*". What is
// missing of a Subject there is unknown, and not empty.
func (s *Statement) Lacks(path string) bool {
	return slices.ContainsFunc(s.lacks, func(l string) bool { return path == l || strings.HasPrefix(path, l+"/") })
}

// StatementOf is what a record says.
func StatementOf(p *model.Parsed) *Statement {
	return &Statement{
		Type: p.Type, Event: p.Event, Version: p.Version, Reason: p.Reason, Issued: p.Issued, Links: p.Links,
		Digest: p.Digest, Document: p.Record.Digest, Home: p.Ledger, Issuer: p.Issuer,
	}
}

func derived(d *translate.Derived) *Statement {
	return &Statement{
		Type: d.Type, Event: d.Event, Version: d.Version, Reason: d.Reason, Issued: d.Issued, Links: links(d.Links),
		Digest: d.From.NativeDigest, Document: d.From.NativeDigest, Home: d.From.Ledger, Author: d.Author,
		Subject: d.Subject, lacks: d.Lacks,
	}
}

func links(all []translate.DerivedLink) []model.Link {
	out := make([]model.Link, len(all))
	for i, l := range all {
		out[i] = model.Link{Rel: l.Rel, ID: l.ID, Ledger: l.Ledger, Version: l.Version}
		if l.Digest != nil {
			out[i].Digest = *l.Digest
		}
	}
	return out
}

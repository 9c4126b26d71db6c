package gateway

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/ftagateway/ftagateway/trust"
)

// Still is the answer as far as it means something: without what moves on by itself while the answer stays the same,
// which is how far a ledger was seen and how long ago. Everything else is in it, what is added to Answer one day too. Two
// answers whose Still is the same tell a reader the same. Content stands in it by its digest.
func (a Answer) Still() any { return a.still() }

func (a Answer) still() Answer {
	a.Record, a.Document, a.Derived = condensed(a.Record), condensed(a.Document), condensed(a.Derived)
	a.Verdict.AsOf, a.written = unmoved(a.Verdict.AsOf), nil
	return a
}

// Content reports whether the answer holds what a document says, and not only what a record says of one.
func (a Answer) Content() bool { return a.Document != nil || a.Derived != nil }

// Still is as that of Answer, for every answer in it. Which ledgers could be asked is part of what it means.
func (r RecordAnswer) Still() any {
	r.Answers, r.Sources = stillAll(r.Answers), unmovedSources(r.Sources)
	return r
}

// Content is as that of Answer, of any answer in it.
func (r RecordAnswer) Content() bool { return anyContent(r.Answers) }

// Still is as that of Answer, for the whole file.
func (f EntryFile) Still() any {
	if f.Summary != nil {
		summary := f.Summary.still()
		f.Summary = &summary
	}
	f.Versions, f.Linked, f.Others = stillAll(f.Versions), stillAll(f.Linked), stillAll(f.Others)
	f.Sources = unmovedSources(f.Sources)
	return f
}

// Content is as that of Answer, of any answer in it.
func (f EntryFile) Content() bool {
	return f.Summary != nil && f.Summary.Content() || anyContent(f.Versions, f.Linked, f.Others)
}

// Still is as that of Answer, for every answer in it.
func (p Page) Still() any {
	p.Records, p.Sources = stillAll(p.Records), unmovedSources(p.Sources)
	return p
}

// Content is as that of Answer, of any answer in it.
func (p Page) Content() bool { return anyContent(p.Records) }

// Still is as that of Answer, for every answer in it.
func (v Versions) Still() any {
	v.Versions = stillAll(v.Versions)
	return v
}

// Content is as that of Answer, of any answer in it.
func (v Versions) Content() bool { return anyContent(v.Versions) }

// Still is the state without what moves on by itself. Where a ledger stands is what was asked for, and stays; when it last
// answered stays where it does not answer any more.
func (s LedgerState) Still() any { return s.still() }

func (s LedgerState) still() LedgerState {
	if s.Health == healthOK {
		s.LastGood = nil
	}
	if s.AsOf != nil {
		at := *s.AsOf
		at.Age, s.AsOf = nil, &at
	}
	s.Breaker, s.UnderWay = Breaker{State: s.Breaker.State}, 0
	if s.Cache != nil {
		s.Cache = &CacheState{Live: s.Cache.Live, Epoch: s.Cache.Epoch}
	}
	return s
}

// Still is as that of LedgerState, for each.
func (l Ledgers) Still() any {
	all := make([]LedgerState, len(l.Ledgers))
	for i, s := range l.Ledgers {
		all[i] = s.still()
	}
	return Ledgers{all}
}

// Content says that no document stands in it.
func (LedgerState) Content() bool { return false }

// Content says that no document stands in it.
func (Ledgers) Content() bool { return false }

func stillAll(all []Answer) []Answer {
	still := make([]Answer, len(all))
	for i, a := range all {
		still[i] = a.still()
	}
	return still
}

func anyContent(lists ...[]Answer) bool {
	for _, all := range lists {
		for _, a := range all {
			if a.Content() {
				return true
			}
		}
	}
	return false
}

func unmovedSources(all []Source) []Source {
	still := make([]Source, len(all))
	for i, s := range all {
		s.AsOf = nil
		still[i] = s
	}
	return still
}

// unmoved leaves of a ledger's state which ledger it is and whether it is settled.
func unmoved(at trust.AsOf) trust.AsOf { return trust.AsOf{Ledger: at.Ledger, Final: at.Final} }

// condensed is content by its digest, so that it need not be written out twice.
func condensed(content json.RawMessage) json.RawMessage {
	if content == nil {
		return nil
	}
	sum := sha256.Sum256(content)
	return json.RawMessage(`"` + hex.EncodeToString(sum[:]) + `"`)
}

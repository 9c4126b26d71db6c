package gateway

import (
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// factsOf tells what is known about a step. What only the document says is unknown while the document is; what a foreign
// ledger's shape has no place for is unknown for good.
func factsOf(j *judged) lifecycle.Facts {
	s := j.says()
	facts := lifecycle.Facts{Signed: new(signed(j)), Reasons: s.Reason}
	if d, ok := subject[*model.EntryDisposition](j); ok && !s.Lacks("/subject/remarks") {
		facts.Remarks = new(len([]rune(d.Remarks)))
	}
	if sum, ok := subject[*model.EntrySummary](j); ok {
		addSummary(&facts, sum, s)
	}
	return facts
}

// signed reports whether its issuer signed it, or the chain authenticated who sent it.
func signed(j *judged) bool {
	if j.says().Signed() {
		return checkOf(j, trust.Proof) == trust.Valid
	}
	return j.says().Author.ID != ""
}

// sinceEntry counts the days from the date of entry, as the first version states it: a correction cannot move it.
func sinceEntry(facts *lifecycle.Facts, first *judged, at time.Time) {
	s, ok := subject[*model.EntrySummary](first)
	if ok && first.reading.Entry.Version == 1 && !at.IsZero() && !s.EntryDate.IsZero() {
		facts.SinceEntry = new(s.EntryDate.DaysUntil(model.DateOf(at)))
	}
}

// addSummary adds what a summary says, as far as what it stands in has a place for that.
func addSummary(facts *lifecycle.Facts, sum *model.EntrySummary, in *adapters.Statement) {
	if !in.Lacks("/subject/entryNumber") {
		_, err := model.NormalizeEntryNumber(sum.EntryNumber)
		facts.EntryNumber = new(err == nil)
	}
	if !in.Lacks("/subject/lines/*/certificate") && !in.Lacks("/subject/lines/*/spi") {
		facts.Certificates = new(!slices.ContainsFunc(sum.Lines, unsupported))
	}
	if !in.Lacks("/subject/remarks") {
		facts.Remarks = new(len([]rune(sum.Remarks)))
	}
}

// unsupported finds a line that claims preference and names no certificate.
func unsupported(l model.Line) bool {
	return l.SPI != "" && l.Certificate == nil && l.CertificateExpected == nil
}

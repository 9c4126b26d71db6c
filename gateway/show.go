package gateway

import (
	"fmt"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// show makes the answer of a file that is put together.
func (f *file) show() *EntryFile {
	summary := f.summary.answer(f.options.Invalid)
	out := &EntryFile{
		EntryID: f.id, Summary: &summary, Lines: f.lines(),
		Versions: f.answers(withoutDocuments(f.versions)), Linked: f.answers(f.linked), Others: f.answers(f.others),
		Sources: f.sourceList(),
	}
	if f.summary.verdict.Outcome != trust.Invalid && !f.untold() {
		out.Status = string(f.history.State)
	}
	out.Outcome, out.Reasons = f.outcome()
	out.Findings = append(f.findings, f.contradictions()...)
	return out
}

func (f *file) answers(all []*judged) []Answer {
	shown := make([]Answer, len(all))
	for i, j := range all {
		shown[i] = j.answer(f.options.Invalid)
	}
	return shown
}

func withoutDocuments(all []*judged) []*judged {
	bare := make([]*judged, len(all))
	for i, j := range all {
		copied := *j
		copied.document = nil
		bare[i] = &copied
	}
	return bare
}

// outcome is the plain answer on integrity, over everything that counts.
func (f *file) outcome() (trust.Outcome, []string) {
	out, reasons := trust.Valid, []string(nil)
	weigh := func(o trust.Outcome, reason string) {
		if o == trust.Valid {
			return
		}
		reasons = append(reasons, reason)
		if rank[o] > rank[out] {
			out = o
		}
	}
	for _, j := range f.counting() {
		weigh(j.verdict.Outcome, describe(j))
		if j.verdict.Outcome == trust.Valid && checkOf(j, trust.Evidence) == trust.Undetermined {
			weigh(trust.Undetermined, "the document of "+name(j)+" could not be fetched")
		}
	}
	for _, a := range f.absent {
		weigh(trust.Undetermined, "record "+a.id+" "+a.reason)
	}
	for _, slug := range missing(f.sourceList()) {
		weigh(trust.Undetermined, "ledger "+slug+" could not be asked what else belongs to the entry")
	}
	return out, reasons
}

// counting lists the records on which the outcome stands: all versions of the summary and what is linked.
func (f *file) counting() []*judged {
	return append(append([]*judged(nil), f.versions...), f.linked...)
}

// rank orders outcomes from best to worst.
var rank = map[trust.Outcome]int{trust.Valid: 0, trust.NotOffered: 1, trust.Undetermined: 1, trust.Invalid: 2}

// describe says in a sentence why a record is not valid.
func describe(j *judged) string {
	for _, c := range j.verdict.Checks {
		if c.Outcome == j.verdict.Outcome {
			return fmt.Sprintf("%s: %s is %s: %s", name(j), c.Name, c.Outcome, c.Reason)
		}
	}
	return name(j) + " is " + string(j.verdict.Outcome)
}

func name(j *judged) string {
	return fmt.Sprintf("record %s version %d on %s", j.reading.ID, version(j.reading), j.member.Slug())
}

// contradictions names the ledgers that show a record that counts otherwise: a node that lies or lags, or another chain
// that claims to be the home of the same id.
func (f *file) contradictions() []model.Finding {
	var all []model.Finding
	for _, j := range f.others {
		counts := f.counted(j.reading.ID)
		if counts != nil && !j.reading.Copy && !agree(counts, j) {
			all = append(all, model.Finding{Code: codeContradicted, Severity: lifecycle.Warning,
				Detail: "ledger " + j.member.Slug() + " shows record " + j.reading.ID + " otherwise"})
		}
	}
	return all
}

// counted is the record of that id that counts; nil if none does.
func (f *file) counted(id string) *judged {
	if id == f.id {
		return f.summary
	}
	return f.linkedRecord(id)
}

// agree reports whether a reading, which was asked for as the newest, is of the same bytes as the one that counts.
func agree(counts, j *judged) bool {
	a, b := counts.says(), j.says()
	return a != nil && b != nil && a.Digest == b.Digest && version(j.reading) == counts.newest
}

// The findings that the gateway adds to those of the model and the life cycle.
const (
	codeContradicted = "ledger-contradicted"
	codeDigest       = "digest-other"
	codeCoverage     = "certificate-does-not-cover"
	codeLeftOut      = "links-left-out"
)

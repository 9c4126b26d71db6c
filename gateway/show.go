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
	if f.summary.verdict.Outcome != trust.Invalid {
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
		if !a.expected {
			weigh(trust.Undetermined, "record "+a.id+" "+a.reason)
		}
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
	a, b := counts.record(), j.record()
	return a != nil && b != nil && a.Digest == b.Digest && version(j.reading) == counts.newest
}

// The findings that the gateway adds to those of the model and the life cycle.
const (
	codeContradicted = "ledger-contradicted"
	codeDigest       = "digest-other"
	codeCoverage     = "certificate-does-not-cover"
	codeLeftOut      = "links-left-out"
)

// lines says where each line of the summary stands; none while its document is not at hand.
func (f *file) lines() []LineStatus {
	all := []LineStatus{}
	summary, ok := subject[*model.EntrySummary](f.summary)
	if !ok || f.withheld(f.summary) {
		return all
	}
	for i := range summary.Lines {
		all = append(all, f.line(summary, &summary.Lines[i]))
	}
	return all
}

// withheld reports whether the content of a record is not to be shown, nor anything that is made of it.
func (f *file) withheld(j *judged) bool {
	return j.verdict.Outcome == trust.Invalid && !f.options.Invalid
}

// The claim statuses beside those of the life cycle's claim machine.
const (
	noClaim             = "noClaim"             // the line claims no preference
	awaitingCertificate = "awaitingCertificate" // the certificate it names is not recorded yet
)

func (f *file) line(summary *model.EntrySummary, line *model.Line) LineStatus {
	out := LineStatus{Number: line.Number, ClaimStatus: noClaim}
	if line.SPI == "" {
		return out
	}
	out.ClaimStatus = string(lifecycle.Initial(lifecycle.Claim))
	out.Certificate = certificateOf(line)
	certificate := f.linkedRecord(out.Certificate)
	out.Findings = model.Findings(summary, line, f.linkedBy(certificate), model.DateOf(f.Now()))
	if certificate == nil {
		out.Outcome = trust.Undetermined
		if line.CertificateExpected != nil {
			out.ClaimStatus = awaitingCertificate
		}
		return out
	}
	out.Outcome = certificate.verdict.Outcome
	if !f.withheld(certificate) {
		out.Findings = append(out.Findings, covering(summary, line, certificate)...)
	}
	return out
}

func certificateOf(line *model.Line) string {
	switch {
	case line.Certificate != nil:
		return line.Certificate.ID
	case line.CertificateExpected != nil:
		return line.CertificateExpected.ID
	}
	return ""
}

func (f *file) linkedRecord(id string) *judged {
	for _, j := range f.linked {
		if j.reading.ID == id {
			return j
		}
	}
	return nil
}

// linkedBy is what stands at the end of a line's link.
func (f *file) linkedBy(j *judged) model.Linked {
	if j == nil || j.record() == nil {
		return model.Linked{}
	}
	c, _ := subject[*model.CertificateOfOrigin](j)
	if f.withheld(j) {
		c = nil
	}
	return model.Linked{Certificate: c, Digest: j.record().Record.Digest, Version: j.record().Version, Newest: j.newest}
}

// covering says what a person must decide about a line and its certificate.
func covering(summary *model.EntrySummary, line *model.Line, certificate *judged) []model.Finding {
	c, ok := subject[*model.CertificateOfOrigin](certificate)
	if !ok {
		return nil
	}
	var all []model.Finding
	for _, fault := range model.Covers(c, summary, line) {
		all = append(all, model.Finding{Code: codeCoverage, Pointer: fault.Pointer, Severity: lifecycle.Warning, Detail: fault.Rule})
	}
	return all
}

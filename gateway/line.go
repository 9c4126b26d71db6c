package gateway

import (
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
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
	if j == nil || j.says() == nil {
		return model.Linked{}
	}
	c, _ := subject[*model.CertificateOfOrigin](j)
	if f.withheld(j) {
		c = nil
	}
	return model.Linked{Certificate: c, Digest: j.says().Document, Version: j.says().Version, Newest: j.newest}
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

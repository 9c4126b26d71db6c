package demo

import (
	"time"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// sinceEntry is how many days ago the demonstration's USMCA goods were entered: time limits run from the date of entry,
// and the demonstration corrects the entry today.
const sinceEntry = 14

// days is how far the samples' USMCA dates, which are fixed, lie from the demonstration's.
func days(now time.Time) int {
	written := sample.Summary(model.USMCA, model.Pin{}).EntryDate
	return written.DaysUntil(model.DateOf(now)) - sinceEntry
}

// recent moves the dates of a summary by whole days.
func recent(s *model.EntrySummary, by int) *model.EntrySummary {
	for _, d := range []*model.Date{&s.SummaryDate, &s.EntryDate, &s.ImportDate, &s.ExportDate} {
		if !d.IsZero() {
			*d = d.AddDays(by)
		}
	}
	return s
}

// recentCertificate moves the dates of a certificate by whole days.
func recentCertificate(c *model.CertificateOfOrigin, by int) *model.CertificateOfOrigin {
	c.SignedOn = c.SignedOn.AddDays(by)
	if p := c.BlanketPeriod; p != nil {
		c.BlanketPeriod = &model.Period{From: p.From.AddDays(by), To: p.To.AddDays(by)}
	}
	return c
}

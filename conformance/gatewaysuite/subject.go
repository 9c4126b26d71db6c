package gatewaysuite

import (
	"time"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// ago is the date some days before today: entries may be corrected for a while only, and a suite is played in any year.
func ago(days int) model.Date { return model.DateOf(time.Now().AddDate(0, 0, -days)) }

// certificate is a certificate of origin for a year around today.
func certificate() *model.CertificateOfOrigin {
	c := sample.Certificate(model.USMCA)
	c.BlanketPeriod = &model.Period{From: ago(200), To: ago(-100)}
	c.SignedOn = ago(210)
	return c
}

// claiming is an entry summary of some days ago whose first two lines claim preference under a certificate.
func claiming(number string, pin model.Pin) *model.EntrySummary {
	return dated(sample.Summary(model.USMCA, pin), number)
}

// plain is an entry summary that claims no preference, and so needs no certificate.
func plain(number string) *model.EntrySummary {
	s := sample.Awaiting(model.USMCA, model.CertificateExpected{ID: model.NewID()})
	for i := range s.Lines {
		s.Lines[i].SPI, s.Lines[i].CertificateExpected = "", nil
	}
	return dated(s, number)
}

func dated(s *model.EntrySummary, number string) *model.EntrySummary {
	s.EntryNumber, s.FilerCode = number, number[:3]
	s.EntryDate, s.ImportDate, s.ExportDate = ago(20), ago(20), ago(20)
	s.SummaryDate = ago(10)
	return s
}

// decision is what customs decides about an entry today.
func decision(entry model.Pin, action string, reasons ...string) *model.EntryDisposition {
	return &model.EntryDisposition{Entry: entry, Action: action, ReasonCodes: reasons, DecidedOn: model.DateOf(time.Now())}
}

package model_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// Which indicator may be claimed for which origin on which day: HTSUS general note 3(c).
func TestIndicatorIsGoodForOriginAndDay(t *testing.T) {
	for _, c := range []struct{ spi, origin, day, rule string }{
		{"S", "MX", "2020-07-01", ""},
		{"S", "XO", "2026-11-09", ""},
		{"S+", "CA", "2026-11-09", ""},
		{"S", "MX", "2020-06-30", "in force for MX"},
		{"S", "SV", "2026-11-09", "must be one for goods of SV"},
		{"CA", "CA", "2020-06-30", ""},
		{"CA", "XQ", "2019-01-02", ""},
		{"CA", "CA", "2020-07-01", "in force for CA"},
		{"CA", "MX", "2019-01-02", "must be one for goods of MX"},
		{"MX", "MX", "1993-12-31", "in force for MX"},
		{"P", "SV", "2006-03-01", ""},
		{"P", "SV", "2006-02-28", "in force for SV"},
		{"P", "HN", "2006-04-01", ""},
		{"P", "NI", "2006-03-31", "in force for NI"},
		{"P+", "GT", "2006-06-30", "in force for GT"},
		{"P+", "GT", "2006-07-01", ""},
		{"P", "DO", "2007-02-28", "in force for DO"},
		{"P", "CR", "2008-12-31", "in force for CR"},
		{"P", "CR", "2009-01-01", ""},
		{"P", "MX", "2026-11-09", "must be one for goods of MX"},
		{"KR", "KR", "2026-11-09", ""},
		{"KR", "JP", "2026-11-09", "must be one for goods of JP"},
		{"ZZ", "MX", "2026-11-09", "list spi"},
	} {
		t.Run(c.spi+" "+c.origin+" "+c.day, func(t *testing.T) {
			s := claiming(c.spi, c.origin, c.day)
			if c.rule == "" {
				holds(t, s.Check())
				return
			}
			holds(t, s.Check(), broke{"/lines/0/spi", c.rule, "HTSUS"})
		})
	}
}

// claiming is a summary of one line that is right but, perhaps, for its claim.
func claiming(spi, origin, day string) *model.EntrySummary {
	s := sample.SecondSummary(pin("certificate"))
	s.ImportDate, s.ExportDate = model.MustDate(day), model.Date{}
	s.CountryOfOrigin = origin
	s.Lines[0].SPI, s.Lines[0].CountryOfOrigin = spi, origin
	return s
}

func TestClaimRestsOnOneCertificate(t *testing.T) {
	expected := &model.CertificateExpected{ID: model.NewID()}
	for _, c := range []struct {
		name   string
		change func(*model.Line)
		want   []broke
	}{
		{"named", func(*model.Line) {}, nil},
		{"expected", func(l *model.Line) { l.Certificate, l.CertificateExpected = nil, expected }, nil},
		{"neither", func(l *model.Line) { l.Certificate = nil }, []broke{{"/lines/0/certificate", "claims preference under USMCA", "19 CFR 182.12"}}},
		{"both", func(l *model.Line) { l.CertificateExpected = expected },
			[]broke{{"/lines/0/certificateExpected", "absent where a certificate is named", ""}}},
		{"no claim, none", func(l *model.Line) { l.SPI, l.Certificate = "", nil }, nil},
		{"no claim, named all the same", func(l *model.Line) { l.SPI = "" }, nil},
		{"a program without certificates of ours", func(l *model.Line) { l.SPI, l.Certificate = "C", nil }, nil},
		{"worth 2,500 dollars", func(l *model.Line) { l.Certificate, l.EnteredValue.Value = nil, "2500" }, nil},
		{"worth a dollar more", func(l *model.Line) { l.Certificate, l.EnteredValue.Value = nil, "2501" },
			[]broke{{"/lines/0/certificate", "claims preference", "19 CFR 182.12"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sample.SecondSummary(pin("certificate"))
			s.Totals = nil
			c.change(&s.Lines[0])
			holds(t, s.Check(), c.want...)
		})
	}
}

// The limit is on the goods of an importation: splitting them over lines does not get around it.
func TestLowValueIsOfAllLinesThatClaim(t *testing.T) {
	s := sample.Long(3, pin("certificate"))
	for i := range s.Lines {
		s.Lines[i].EnteredValue.Value, s.Lines[i].Certificate = "1000", nil
	}
	want := "claims preference"
	holds(t, s.Check(), broke{"/lines/0/certificate", want, "182.12"}, broke{"/lines/1/certificate", want, "182.12"}, broke{"/lines/2/certificate", want, "182.12"})
}

// One certificate may stand behind many lines, which then saw the same version of it.
func TestLinesShareACertificate(t *testing.T) {
	s := sample.Long(999, pin("certificate"))
	holds(t, s.Check())
	other := pin("another certificate")
	s.Lines[7].Certificate = &other
	holds(t, s.Check(), broke{"/lines/7/certificate", "pinned as on the other lines", ""})
}

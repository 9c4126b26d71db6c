package model_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// What a foreign ledger's shape has no place for is unknown. It is neither a fault of the certificate, nor something that a
// person must weigh.
func TestWhatIsLackingIsNoFault(t *testing.T) {
	for name, change := range map[string]func(*model.CertificateOfOrigin, *model.EntrySummary){
		"the agreement":         func(c *model.CertificateOfOrigin, _ *model.EntrySummary) { c.Agreement = "" },
		"the goods":             func(c *model.CertificateOfOrigin, _ *model.EntrySummary) { c.Goods = nil },
		"the goods' HS number":  func(c *model.CertificateOfOrigin, _ *model.EntrySummary) { c.Goods[0].HS = "" },
		"the goods' origin":     func(c *model.CertificateOfOrigin, _ *model.EntrySummary) { c.Goods[0].CountryOfOrigin = "" },
		"the date of signature": func(c *model.CertificateOfOrigin, _ *model.EntrySummary) { c.SignedOn = model.Date{} },
		"that and the period": func(c *model.CertificateOfOrigin, _ *model.EntrySummary) {
			c.SignedOn, c.BlanketPeriod = model.Date{}, nil
		},
		"the date of entry":      func(_ *model.CertificateOfOrigin, s *model.EntrySummary) { s.EntryDate = model.Date{} },
		"the date of import":     func(_ *model.CertificateOfOrigin, s *model.EntrySummary) { s.ImportDate = model.Date{} },
		"the line's number":      func(_ *model.CertificateOfOrigin, s *model.EntrySummary) { s.Lines[0].HTS = "" },
		"the line's origin":      func(_ *model.CertificateOfOrigin, s *model.EntrySummary) { s.Lines[0].CountryOfOrigin = "" },
		"the importer of record": func(_ *model.CertificateOfOrigin, s *model.EntrySummary) { s.ImporterOfRecord = model.Party{} },
	} {
		c, s := sample.Certificate(model.USMCA), sample.Summary(model.USMCA, pin("one"))
		line := &s.Lines[0]
		today := s.EntryDate
		change(c, s)
		if faults := model.Covers(c, s, line); len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
		if found := model.Findings(s, line, model.Linked{Certificate: c, Version: 1, Newest: 1}, today); len(found) > 0 {
			t.Errorf("%s: %+v", name, found)
		}
	}
}

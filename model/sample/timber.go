package sample

import "github.com/ftagateway/ftagateway/model"

// EntryTimber is the number of TimberSummary.
const EntryTimber = "ABC20261402"

// TimberCertificate is a USMCA certification that a Canadian exporter signs for one importer over a year.
func TimberCertificate() *model.CertificateOfOrigin {
	return &model.CertificateOfOrigin{
		Agreement:     model.USMCA,
		CertifierRole: model.CertifierExporter,
		Certifier:     CanadianExporter(),
		Exporter:      model.StatedParty(model.StatedSame),
		Producer:      model.StatedParty(model.StatedSame),
		Importer:      model.NamedParty(Importer()),
		BlanketPeriod: &model.Period{From: model.MustDate("2026-01-01"), To: model.MustDate("2026-12-31")},
		Goods: []model.Good{{
			Number: 1, Description: "Cedar shingles", HS: "440929", OriginCriterion: "A",
			ProducerBasis: "YES", RVCMethod: "NONE", CountryOfOrigin: "CA",
		}},
		SignedOn:      model.MustDate("2025-12-19"),
		Signatory:     model.Signatory{Name: "Claire Beaulieu", Title: "Export manager", Phone: "+1 807 555 0111", Email: "c.beaulieu@lacvert.example"},
		Certification: true,
	}
}

// TimberSummary is an entry under TimberCertificate, which cert pins.
func TimberSummary(cert model.Pin) *model.EntrySummary {
	s := SecondSummary(cert)
	s.EntryNumber = EntryTimber
	s.PortOfEntry, s.ImportingCarrier, s.BillOfLading = "3802", "LVTR", "LVTR26112001"
	s.CountryOfOrigin, s.ExportingCountry = "CA", "CA"
	s.Lines = []model.Line{{
		Number: 1, Description: "Cedar shingles", HTS: "4409290000",
		Quantities:   []model.Quantity{cbp("180", "M3")},
		EnteredValue: dollars("41300"), DutyRate: free(), Duty: some(dollars("0")),
		SPI: "S", CountryOfOrigin: "XO", Certificate: &cert,
	}}
	s.Totals = &model.Totals{EnteredValue: s.Lines[0].EnteredValue}
	return s
}

package sample

import "github.com/ftagateway/ftagateway/model"

// Summary is an entry summary whose lines that claim preference under a name a certificate, pinned by cert.
func Summary(a model.Agreement, cert model.Pin) *model.EntrySummary {
	s := Awaiting(a, model.CertificateExpected{ID: cert.ID})
	for i := range s.Lines {
		if s.Lines[i].CertificateExpected != nil {
			pin := cert
			s.Lines[i].Certificate, s.Lines[i].CertificateExpected = &pin, nil
		}
	}
	return s
}

// Awaiting is the same entry summary, filed before its certificate is recorded.
func Awaiting(a model.Agreement, expected model.CertificateExpected) *model.EntrySummary {
	s := unclaimed(a)
	for i := range s.Lines {
		if s.Lines[i].SPI != "" {
			e := expected
			s.Lines[i].CertificateExpected = &e
		}
	}
	return s
}

func unclaimed(a model.Agreement) *model.EntrySummary {
	switch a {
	case model.NAFTA:
		return naftaSummary()
	case model.CAFTADR:
		return caftaDRSummary()
	}
	return usmcaSummary()
}

func naftaSummary() *model.EntrySummary {
	return &model.EntrySummary{
		EntryNumber: EntryNAFTA, EntryType: "01",
		SummaryDate: model.MustDate("2020-06-25"), EntryDate: model.MustDate("2020-06-15"),
		ImportDate: model.MustDate("2020-06-15"), ExportDate: model.MustDate("2020-06-14"),
		PortOfEntry: "3802", TransportMode: "30", ImportingCarrier: "LVTR", BillOfLading: "LVTR20061401",
		CountryOfOrigin: "CA", ExportingCountry: "CA", ManufacturerID: "XOLACVER880THU", FilerCode: FilerABC,
		ImporterOfRecord: Importer(),
		Totals:           &model.Totals{EnteredValue: dollars("58250"), Duty: some(dollars("0")), Fees: some(dollars("25")), Total: some(dollars("25"))},
		Lines: []model.Line{{
			Number: 1, Description: "Sawn spruce lumber, kiln dried", HTS: "4407110042",
			Quantities:   []model.Quantity{cbp("212.5", "M3")},
			GrossWeight:  some(cbp("93500", "KG")),
			EnteredValue: dollars("49850"), Charges: some(dollars("1200")), DutyRate: free(), Duty: some(dollars("0")),
			SPI: "CA", CountryOfOrigin: "XO",
		}, {
			Number: 2, Description: "Truss plates of steel, stamped", HTS: "7308909590",
			Quantities:   []model.Quantity{cbp("4200", "KG")},
			EnteredValue: dollars("8400"), DutyRate: free(), Duty: some(dollars("0")),
			SPI: "CA", CountryOfOrigin: "XO", NetCost: truth(true), Ruling: "H005628",
		}},
	}
}

func usmcaSummary() *model.EntrySummary {
	return &model.EntrySummary{
		EntryNumber: EntryUSMCA, EntryType: "01",
		SummaryDate: model.MustDate("2026-11-18"), EntryDate: model.MustDate("2026-11-09"),
		ImportDate: model.MustDate("2026-11-09"), ExportDate: model.MustDate("2026-11-08"),
		PortOfEntry: "2304", TransportMode: "31", ImportingCarrier: "NLTX", BillOfLading: "NLTX26110877",
		CountryOfOrigin: model.MultipleOrigins, ExportingCountry: "MX", FilerCode: FilerABC,
		ImporterOfRecord: Importer(), Consignee: some(Importer()),
		Totals: &model.Totals{EnteredValue: dollars("101340"), Duty: some(dollars("210")), Tax: some(dollars("0")),
			Fees: some(dollars("31.67")), Total: some(dollars("241.67"))},
		Lines: []model.Line{{
			Number: 1, Description: "Ignition wiring sets for vehicles", HTS: "8544300000",
			Quantities:   []model.Quantity{cbp("4800", "NO"), rec20("9600", "KGM")},
			GrossWeight:  some(rec20("10150.5", "KGM")),
			EnteredValue: dollars("67200"), Charges: some(dollars("840")), RelatedParties: true, DutyRate: free(),
			Duty: some(dollars("0")), SPI: "S", CountryOfOrigin: "MX", ManufacturerID: "MXARNDEL1450MON", NetCost: truth(true),
		}, {
			Number: 2, Description: "Brake pads, mounted", HTS: "8708305020",
			Quantities:   []model.Quantity{cbp("6000", "NO")},
			EnteredValue: dollars("27140"), RelatedParties: true, DutyRate: free(),
			Duty: some(dollars("0")), SPI: "S", CountryOfOrigin: "MX", ManufacturerID: "MXARNDEL1450MON", NetCost: truth(false),
		}, {
			Number: 3, Description: "Fitting tools, hand operated", HTS: "8204110060",
			Quantities:   []model.Quantity{cbp("350", "DOZ")},
			EnteredValue: dollars("7000"), ExportingCountry: "MX",
			DutyRate: &model.DutyRate{AdValorem: "3"}, Duty: some(dollars("210")), CountryOfOrigin: "TW",
		}},
		Remarks: "Line 3 was repacked in Mexico and claims no preference.",
	}
}

func caftaDRSummary() *model.EntrySummary {
	return &model.EntrySummary{
		EntryNumber: EntryCAFTADR, EntryType: "01",
		SummaryDate: model.MustDate("2026-11-20"), EntryDate: model.MustDate("2026-11-12"),
		ImportDate: model.MustDate("2026-11-12"), ExportDate: model.MustDate("2026-11-05"),
		PortOfEntry: "1601", PortOfUnlading: "1601", PortOfLading: "21101", TransportMode: "11",
		ImportingCarrier: "Mar del Sur", BillOfLading: "MDSU88120045",
		CountryOfOrigin: "SV", ExportingCountry: "SV", ManufacturerID: "SVTEXIZA32SAN", FilerCode: FilerXQ9,
		ImporterOfRecord: Retailer(),
		Totals:           &model.Totals{EnteredValue: dollars("36720")},
		Lines: []model.Line{{
			Number: 1, Description: "Men's T-shirts of cotton, knitted", HTS: "6109100012",
			Quantities:   []model.Quantity{cbp("1200", "DOZ"), cbp("2160", "KG")},
			EnteredValue: dollars("36720"), DutyRate: free(), SPI: "P", CountryOfOrigin: "SV",
		}},
	}
}

func dollars(v model.Decimal) model.Amount { return model.Amount{Value: v, Currency: "USD"} }

func cbp(v model.Decimal, unit string) model.Quantity {
	return model.Quantity{Value: v, UnitCode: unit, UnitScheme: model.SchemeCBP}
}

func rec20(v model.Decimal, unit string) model.Quantity {
	return model.Quantity{Value: v, UnitCode: unit, UnitScheme: model.SchemeUNECE20}
}

func free() *model.DutyRate { return &model.DutyRate{AdValorem: "0"} }

func some[T any](v T) *T { return &v }

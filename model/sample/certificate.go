package sample

import "github.com/ftagateway/ftagateway/model"

// Certificate is a certificate of origin that covers the lines of Summary(a, ...) which claim preference.
func Certificate(a model.Agreement) *model.CertificateOfOrigin {
	switch a {
	case model.NAFTA:
		return nafta()
	case model.CAFTADR:
		return caftaDR()
	}
	return usmca()
}

// nafta is a CBP Form 434 that the exporter, who is the producer, signs for a blanket period.
func nafta() *model.CertificateOfOrigin {
	return &model.CertificateOfOrigin{
		Agreement:     model.NAFTA,
		CertifierRole: model.CertifierExporter,
		Certifier:     CanadianExporter(),
		Exporter:      model.NamedParty(CanadianExporter()),
		Producer:      model.StatedParty(model.StatedSame),
		Importer:      model.StatedParty(model.StatedVarious),
		BlanketPeriod: &model.Period{From: model.MustDate("2020-01-01"), To: model.MustDate("2020-12-31")},
		Goods: []model.Good{{
			Number: 1, Description: "Sawn spruce lumber, kiln dried", HS: "440711", OriginCriterion: "A",
			ProducerBasis: "YES", NetCost: truth(false), CountryOfOrigin: "CA",
		}, {
			Number: 2, Description: "Truss plates of steel, stamped", HS: "730890", OriginCriterion: "B",
			ProducerBasis: "YES", RVCMethod: "NC", NetCost: truth(true),
			NetCostPeriod:   &model.Period{From: model.MustDate("2019-01-01"), To: model.MustDate("2019-12-31")},
			CountryOfOrigin: "CA", PartNumber: "TP-4416",
		}},
		SignedOn:      model.MustDate("2020-01-06"),
		Signatory:     model.Signatory{Name: "Claire Beaulieu", Title: "Export manager", Phone: "+1 807 555 0111", Email: "c.beaulieu@lacvert.example"},
		Certification: true,
	}
}

// usmca is a certification that the producer signs for any importer over a year.
func usmca() *model.CertificateOfOrigin {
	return &model.CertificateOfOrigin{
		Agreement:     model.USMCA,
		CertifierRole: model.CertifierProducer,
		Certifier:     MexicanProducer(),
		Exporter:      model.StatedParty(model.StatedSame),
		Producer:      model.NamedParty(MexicanProducer()),
		Importer:      model.NamedParty(Importer()),
		BlanketPeriod: &model.Period{From: model.MustDate("2026-01-01"), To: model.MustDate("2026-12-31")},
		Goods: []model.Good{{
			Number: 1, Description: "Ignition wiring sets for vehicles", HS: "854430", OriginCriterion: "B",
			ProducerBasis: "YES", RVCMethod: "NC", CountryOfOrigin: "MX", PartNumber: "AN-5530",
		}, {
			Number: 2, Description: "Brake pads, mounted", HS: "870830", OriginCriterion: "B",
			ProducerBasis: "YES", RVCMethod: "TV", CountryOfOrigin: "MX", PartNumber: "BP-0217",
		}},
		SignedOn:      model.MustDate("2025-12-18"),
		Signatory:     model.Signatory{Name: "Rosa Trevino", Title: "Trade compliance manager", Phone: "+52 81 5550 1460", Email: "r.trevino@arneses.example"},
		Certification: true,
		Remarks:       "Replaces the certification that ended with 2025.",
	}
}

// caftaDR is a certification that the importer signs for a single shipment.
func caftaDR() *model.CertificateOfOrigin {
	return &model.CertificateOfOrigin{
		Agreement:     model.CAFTADR,
		CertifierRole: model.CertifierImporter,
		Certifier:     Retailer(),
		Exporter:      model.StatedParty(model.StatedSame),
		Producer:      model.NamedParty(SalvadoranProducer()),
		Importer:      model.NamedParty(Retailer()),
		Shipment:      &model.Shipment{Invoice: "IZ-2026-0881"},
		Goods: []model.Good{{
			Number: 1, Description: "Men's T-shirts of cotton, knitted", HS: "61091000", OriginCriterion: "TC",
			ProducerBasis: "NO2", RVCMethod: "NONE", CountryOfOrigin: "SV",
		}},
		SignedOn:      model.MustDate("2026-11-02"),
		Signatory:     model.Signatory{Name: "Dana Whitfield", Title: "Director of imports", Email: "d.whitfield@palmetto.example"},
		Certification: true,
	}
}

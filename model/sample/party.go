package sample

import "github.com/ftagateway/ftagateway/model"

// Importer is a US importer of record.
func Importer() model.Party {
	return model.Party{
		Name:        "Great Lakes Assembly, Inc.",
		Identifiers: []model.Identifier{{Scheme: "IRS", Code: "38-123456700"}},
		Address: &model.Address{Street: "2200 Harbor Drive", Locality: "Port Huron", Region: "MI",
			PostalCode: "48060", Country: "US"},
		Phone: "+1 810 555 0142",
		Email: "customs@greatlakes.example",
	}
}

// Retailer is another US importer of record.
func Retailer() model.Party {
	return model.Party{
		Name:        "Palmetto Outfitters LLC",
		Identifiers: []model.Identifier{{Scheme: "IRS", Code: "57-765432100"}},
		Address: &model.Address{Street: "41 Wharf Street", Locality: "Charleston", Region: "SC",
			PostalCode: "29401", Country: "US"},
		Phone: "+1 843 555 0177",
		Email: "imports@palmetto.example",
	}
}

// Broker files entries for importers.
func Broker() model.Party {
	return model.Party{
		Name:        "Blue Water Brokerage Corp.",
		Identifiers: []model.Identifier{{Scheme: "IRS", Code: "38-998877600"}},
		Address: &model.Address{Street: "17 Bridge Plaza", Locality: "Port Huron", Region: "MI",
			PostalCode: "48060", Country: "US"},
		Phone: "+1 810 555 0199",
		Email: "entries@bluewater.example",
	}
}

// MexicanProducer makes and exports what the USMCA samples are about.
func MexicanProducer() model.Party {
	return model.Party{
		Name: "Arneses del Norte, S.A. de C.V.",
		Identifiers: []model.Identifier{
			{Scheme: "RFC", Code: "ANO0105129K4"},
			{Scheme: "MID", Code: "MXARNDEL1450MON"},
		},
		Address: &model.Address{Street: "Av. Industrial 1450", Locality: "Monterrey", Region: "Nuevo Leon",
			PostalCode: "64000", Country: "MX"},
		Phone: "+52 81 5550 1450",
		Email: "origen@arneses.example",
	}
}

// CanadianExporter makes and exports what the NAFTA samples are about.
func CanadianExporter() model.Party {
	return model.Party{
		Name:        "Lac-Vert Timber Ltd.",
		Identifiers: []model.Identifier{{Scheme: "BN", Code: "123456789RM0001"}},
		Address: &model.Address{Street: "880 Mill Road", Locality: "Thunder Bay", Region: "ON",
			PostalCode: "P7B 5E1", Country: "CA"},
		Phone: "+1 807 555 0110",
		Email: "exports@lacvert.example",
	}
}

// SalvadoranProducer makes and exports what the CAFTA-DR samples are about.
func SalvadoranProducer() model.Party {
	return model.Party{
		Name:        "Textiles Izalco, S.A. de C.V.",
		Identifiers: []model.Identifier{{Scheme: "MID", Code: "SVTEXIZA32SAN"}, {Scheme: "TAX", Code: "0614-150399-101-2"}},
		Address:     &model.Address{Street: "Km 32 Carretera a Santa Ana", Locality: "San Juan Opico", Country: "SV"},
		Phone:       "+503 2555 0132",
		Email:       "exportaciones@izalco.example",
	}
}

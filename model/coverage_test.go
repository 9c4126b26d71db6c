package model_test

import (
	"fmt"
	"testing"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

func TestCertificateCoversALine(t *testing.T) {
	type both struct {
		cert *model.CertificateOfOrigin
		sum  *model.EntrySummary
	}
	for _, c := range []struct {
		name   string
		of     model.Agreement
		change func(both)
		want   []broke
	}{
		{"as it is", model.USMCA, func(both) {}, nil},
		{"goods to 8 digits", model.USMCA, func(b both) { b.cert.Goods[0].HS = "85443000" }, nil},
		{"goods to 8 other digits", model.USMCA, func(b both) { b.cert.Goods[0].HS = "85443010" },
			[]broke{{"/lines/0/hts", "begin with the HS number", "19 CFR 182.12"}}},
		{"other goods", model.USMCA, func(b both) { b.sum.Lines[0].HTS = "8544420000" },
			[]broke{{"/lines/0/hts", "begin with the HS number", "19 CFR 182.12"}}},
		{"the same goods of another origin", model.USMCA, func(b both) { b.sum.Lines[0].CountryOfOrigin = "CA" },
			[]broke{{"/lines/0/countryOfOrigin", "origin that the certificate states", "19 CFR 182.12"}}},
		{"the same goods of two origins", model.USMCA, func(b both) {
			b.cert.Goods[1] = b.cert.Goods[0]
			b.cert.Goods[1].CountryOfOrigin = "CA"
			b.sum.Lines[0].CountryOfOrigin = "XQ"
		}, nil},
		{"province for Canada", model.NAFTA, func(b both) { b.cert.Goods[0].CountryOfOrigin = "CA" }, nil},
		{"joint production", model.NAFTA, func(b both) { b.cert.Goods[0].CountryOfOrigin = "JNT" }, nil},
		{"claim under another agreement", model.USMCA, func(b both) { b.sum.Lines[0].SPI = "P" },
			[]broke{{"/lines/0/spi", "USMCA", "HTSUS"}}},
		{"no claim", model.USMCA, func(b both) { b.sum.Lines[0].SPI = "" },
			[]broke{{"/lines/0/spi", "USMCA", "HTSUS"}}},
		{"first day of the period", model.USMCA, func(b both) { b.sum.ImportDate = b.cert.BlanketPeriod.From }, nil},
		{"last day of the period", model.USMCA, func(b both) { b.sum.ImportDate = b.cert.BlanketPeriod.To }, nil},
		{"day before the period", model.USMCA, func(b both) { b.sum.ImportDate = b.cert.BlanketPeriod.From.AddDays(-1) },
			[]broke{{"/importDate", "2026-01-01 to 2026-12-31", "19 CFR 182.12"}}},
		{"day after the period", model.USMCA, func(b both) { b.sum.ImportDate = b.cert.BlanketPeriod.To.AddDays(1) },
			[]broke{{"/importDate", "blanket period", "19 CFR 182.12"}}},
		{"a period that outlives the certificate", model.NAFTA, func(b both) { b.cert.SignedOn = model.MustDate("2016-01-06") },
			[]broke{{"/importDate", "until 2020-01-06", "19 CFR 181.22(b)(4)"}}},
		{"four years after signing, to the day", model.NAFTA, func(b both) { shipmentSigned(b.cert, "2016-06-15") }, nil},
		{"four years and a day after signing", model.NAFTA, func(b both) { shipmentSigned(b.cert, "2016-06-14") },
			[]broke{{"/importDate", "four years after the certificate was signed, until 2020-06-14", "19 CFR 181.22(b)(4)"}}},
		{"another importer", model.USMCA, func(b both) { b.sum.ImporterOfRecord = sample.Retailer() },
			[]broke{{"/importerOfRecord/name", "importer that the certificate names", "19 CFR 182.12"}}},
		{"one of several importers", model.USMCA, func(b both) {
			b.cert.Importer.Parties = []model.Party{sample.Retailer(), sample.Importer()}
		}, nil},
		{"the importer under a new name", model.USMCA, func(b both) { b.sum.ImporterOfRecord.Name = "GLA" }, nil},
		{"the importer by name alone", model.USMCA, func(b both) {
			b.cert.Importer.Parties[0].Identifiers = nil
			b.cert.Importer.Parties[0].Name = "GREAT LAKES ASSEMBLY INC"
		}, nil},
		{"the same name under another number", model.USMCA, func(b both) { b.sum.ImporterOfRecord.Identifiers[0].Code = "38-999999900" },
			[]broke{{"/importerOfRecord/name", "importer that the certificate names", "19 CFR 182.12"}}},
		{"any importer", model.USMCA, func(b both) {
			b.cert.Importer = model.StatedParty(model.StatedVarious)
			b.sum.ImporterOfRecord = sample.Retailer()
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := both{sample.Certificate(c.of), sample.Summary(c.of, pin("certificate"))}
			c.change(b)
			holds(t, model.Covers(b.cert, b.sum, &b.sum.Lines[0]), c.want...)
		})
	}
}

func shipmentSigned(c *model.CertificateOfOrigin, day string) {
	c.BlanketPeriod, c.Shipment, c.SignedOn = nil, &model.Shipment{Invoice: "1"}, model.MustDate(day)
}

// One certificate covers lines of several entries.
func TestCertificateCoversSeveralEntries(t *testing.T) {
	cert := sample.Certificate(model.USMCA)
	first, second := sample.Summary(model.USMCA, pin("certificate")), sample.SecondSummary(pin("certificate"))
	for _, l := range []struct {
		sum  *model.EntrySummary
		line int
	}{{first, 0}, {first, 1}, {second, 0}} {
		holds(t, model.Covers(cert, l.sum, &l.sum.Lines[l.line]))
	}
}

func ExampleCovers() {
	cert := sample.Certificate(model.USMCA)
	sum := sample.Summary(model.USMCA, model.Pin{ID: "urn:uuid:7a6b5c4d-1e2f-4a3b-9c8d-102030405060"})
	sum.ImportDate = model.MustDate("2027-02-01")
	for _, fault := range model.Covers(cert, sum, &sum.Lines[0]) {
		fmt.Println(fault)
	}
	// Output:
	// /importDate "2027-02-01": must be in the certificate's blanket period, 2026-01-01 to 2026-12-31 (19 CFR 182.12)
}

package model_test

import (
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

func TestBlanketPeriodIsAtMostTwelveMonths(t *testing.T) {
	tooLong := broke{"/blanketPeriod/to", "at most 12 months", "19 CFR 182.12"}
	for _, c := range []struct {
		from, to string
		want     []broke
	}{
		{"2026-01-01", "2026-12-31", nil},
		{"2026-01-01", "2027-01-01", []broke{tooLong}},
		{"2026-03-15", "2027-03-14", nil},
		{"2026-03-15", "2027-03-15", []broke{tooLong}},
		{"2024-02-29", "2025-02-27", nil},
		{"2024-02-29", "2025-02-28", []broke{tooLong}},
		{"2026-01-01", "2026-01-01", nil},
		{"2026-01-02", "2026-01-01", []broke{{"/blanketPeriod/to", "not be before", ""}}},
		{"2026-01-01", "2036-01-01", []broke{tooLong}},
	} {
		t.Run(c.from+" to "+c.to, func(t *testing.T) {
			cert := sample.Certificate(model.USMCA)
			cert.BlanketPeriod = &model.Period{From: model.MustDate(c.from), To: model.MustDate(c.to)}
			holds(t, cert.Check(), c.want...)
		})
	}
}

func TestCertificateIsForAShipmentOrAPeriod(t *testing.T) {
	cert := sample.Certificate(model.USMCA)
	cert.Shipment = &model.Shipment{Invoice: "1"}
	holds(t, cert.Check(), broke{"/shipment", "absent where there is a blanket period", "19 CFR 182.12"})
	cert.BlanketPeriod = nil
	holds(t, cert.Check())
	cert.Shipment = nil
	holds(t, cert.Check(), broke{"/blanketPeriod", "or shipment", "19 CFR 182.12"})
}

// Which criteria each agreement knows: Form 434 field 7, 19 CFR 182.12, and this project's proposal for CAFTA-DR.
func TestCriterionIsLegalForItsAgreement(t *testing.T) {
	legal := map[model.Agreement][]string{
		model.NAFTA: {"A", "B", "C", "D", "E", "F"}, model.USMCA: {"A", "B", "C", "D"}, model.CAFTADR: {"WO", "TC", "RVC", "OM"},
	}
	for _, a := range sample.Agreements {
		for _, criterion := range slices.Concat(legal[model.NAFTA], legal[model.CAFTADR], []string{"G", "PE"}) {
			t.Run(string(a)+" "+criterion, func(t *testing.T) {
				cert := sample.Certificate(a)
				cert.Goods[0].OriginCriterion = criterion
				if slices.Contains(legal[a], criterion) {
					holds(t, cert.Check())
					return
				}
				holds(t, cert.Check(), broke{"/goods/0/originCriterion", "for " + string(a), "CBP Form 434"})
			})
		}
	}
}

func TestRulesOfCertificates(t *testing.T) {
	for _, c := range []struct {
		name   string
		of     model.Agreement
		change func(*model.CertificateOfOrigin)
		want   []broke
	}{
		{"NAFTA certified by an importer", model.NAFTA, func(c *model.CertificateOfOrigin) { c.CertifierRole = "importer" },
			[]broke{{"/certifierRole", "NAFTA", "19 CFR 181.22(b)"}}},
		{"USMCA certified by an importer", model.USMCA, func(c *model.CertificateOfOrigin) { c.CertifierRole = "importer" }, nil},
		{"NAFTA without producer basis", model.NAFTA, func(c *model.CertificateOfOrigin) { c.Goods[0].ProducerBasis = "" },
			[]broke{{"/goods/0/producerBasis", "present", "Form 434 field 8"}}},
		{"unknown producer basis", model.USMCA, func(c *model.CertificateOfOrigin) { c.Goods[0].ProducerBasis = "NO4" },
			[]broke{{"/goods/0/producerBasis", "list producerBasis", "Form 434"}}},
		{"NAFTA without net cost", model.NAFTA, func(c *model.CertificateOfOrigin) { c.Goods[0].NetCost = nil },
			[]broke{{"/goods/0/netCost", "present", "Form 434 field 9"}}},
		{"net cost by another method", model.NAFTA, func(c *model.CertificateOfOrigin) { c.Goods[1].RVCMethod = "TV" },
			[]broke{{"/goods/1/netCost", "agree with the method, TV", "Form 434 field 9"}}},
		{"net cost not used over a period", model.NAFTA, func(c *model.CertificateOfOrigin) {
			c.Goods[1].NetCost, c.Goods[1].RVCMethod = no(), "TV"
		}, []broke{{"/goods/1/netCostPeriod", "absent", "Form 434 field 9"}}},
		{"net cost over no period", model.NAFTA, func(c *model.CertificateOfOrigin) {
			c.Goods[1].NetCostPeriod.To = c.Goods[1].NetCostPeriod.From.AddDays(-1)
		}, []broke{{"/goods/1/netCostPeriod/to", "not be before", ""}}},
		{"build-up under USMCA", model.USMCA, func(c *model.CertificateOfOrigin) { c.Goods[1].RVCMethod = "BUILD_UP" },
			[]broke{{"/goods/1/rvcMethod", "for USMCA", "19 CFR"}}},
		{"build-up under CAFTA-DR", model.CAFTADR, func(c *model.CertificateOfOrigin) { c.Goods[0].RVCMethod = "BUILD_UP" }, nil},
		{"joint production under NAFTA", model.NAFTA, func(c *model.CertificateOfOrigin) { c.Goods[0].CountryOfOrigin = "JNT" }, nil},
		{"joint production under USMCA", model.USMCA, func(c *model.CertificateOfOrigin) { c.Goods[0].CountryOfOrigin = "JNT" },
			[]broke{{"/goods/0/countryOfOrigin", "country of USMCA", "19 CFR 182.12"}}},
		{"goods of a province", model.USMCA, func(c *model.CertificateOfOrigin) { c.Goods[0].CountryOfOrigin = "XQ" }, nil},
		{"goods of a stranger", model.CAFTADR, func(c *model.CertificateOfOrigin) { c.Goods[0].CountryOfOrigin = "MX" },
			[]broke{{"/goods/0/countryOfOrigin", "country of CAFTA-DR", "19 CFR 10.584"}}},
		{"criterion D for apparel", model.USMCA, func(c *model.CertificateOfOrigin) {
			c.Goods[0].OriginCriterion, c.Goods[0].HS = "D", "620342"
		}, []broke{{"/goods/0/originCriterion", "chapters 61 to 63", "USMCA article 4.2"}}},
		{"criterion D for machinery", model.USMCA, func(c *model.CertificateOfOrigin) { c.Goods[0].OriginCriterion = "D" }, nil},
		{"number twice", model.USMCA, func(c *model.CertificateOfOrigin) { c.Goods[1].Number = 1 },
			[]broke{{"/goods/1/number", "above", ""}}},
		{"importer stated as producers are", model.USMCA, func(c *model.CertificateOfOrigin) { c.Importer = model.StatedParty(model.StatedOnRequest) },
			[]broke{{"/importer/statement", "USMCA", "19 CFR 182.12"}}},
		{"producer unnamed under CAFTA-DR", model.CAFTADR, func(c *model.CertificateOfOrigin) { c.Producer = model.StatedParty(model.StatedOnRequest) },
			[]broke{{"/producer/statement", "CAFTA-DR", "19 CFR 10.584"}}},
		{"certifier in a retired country", model.USMCA, func(c *model.CertificateOfOrigin) { c.Certifier.Address.Country = "YU" },
			[]broke{{"/certifier/address/country", "assigned today", "3166"}}},
		{"importer in no country", model.USMCA, func(c *model.CertificateOfOrigin) { c.Importer.Parties[0].Address.Country = "XX" },
			[]broke{{"/importer/parties/0/address/country", "assigned today", "3166"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cert := sample.Certificate(c.of)
			c.change(cert)
			holds(t, cert.Check(), c.want...)
		})
	}
}

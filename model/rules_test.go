package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/schemas"
)

// broke is one rule that a subject breaks: where, in which words, and by whose authority.
type broke struct{ pointer, rule, source string }

// holds says that a subject breaks exactly these rules, in any order. None: it is right.
func holds(t *testing.T, faults schemas.Faults, want ...broke) {
	t.Helper()
	for _, w := range want {
		if !slices.ContainsFunc(faults, func(f schemas.Fault) bool {
			return f.Pointer == w.pointer && strings.Contains(f.Rule, w.rule) && strings.Contains(f.Source, w.source)
		}) {
			t.Errorf("no fault at %s that says %q by %q", w.pointer, w.rule, w.source)
		}
	}
	if len(faults) != len(want) {
		t.Errorf("%d faults, want %d", len(faults), len(want))
	}
	if t.Failed() {
		t.Logf("faults:\n%v", faults)
	}
}

func no() *bool { v := false; return &v }

func usd(v model.Decimal) *model.Amount { return &model.Amount{Value: v, Currency: "USD"} }

func TestRulesOfEntrySummaries(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*model.EntrySummary)
		want   []broke
	}{
		{"as it is", func(*model.EntrySummary) {}, nil},
		{"wrong check digit", func(s *model.EntrySummary) { s.EntryNumber = "ABC20261106" },
			[]broke{{"/entryNumber", "check digit, 5", "7501"}}},
		{"another filer's number", func(s *model.EntrySummary) { s.FilerCode = "XQ9" },
			[]broke{{"/filerCode", "ABC", "19 CFR 142.3a"}}},
		{"unknown entry type", func(s *model.EntrySummary) { s.EntryType = "99" },
			[]broke{{"/entryType", "list entryTypes", "7501"}}},
		{"unknown mode of transport", func(s *model.EntrySummary) { s.TransportMode = "99" },
			[]broke{{"/transportMode", "list transportModes", "7501"}}},
		{"exported after it was imported", func(s *model.EntrySummary) { s.ExportDate = s.ImportDate.AddDays(1) },
			[]broke{{"/exportDate", "not be after the import date", "7501"}}},
		{"exported from a retired country", func(s *model.EntrySummary) { s.ExportingCountry = "AN" },
			[]broke{{"/exportingCountry", "assigned today", "3166"}}},
		{"exported from a province", func(s *model.EntrySummary) { s.ExportingCountry = "XO" },
			[]broke{{"/exportingCountry", "assigned today", "3166"}}},
		{"manufacturer in no country", func(s *model.EntrySummary) { s.ManufacturerID = "ZZARNDEL1450MON" },
			[]broke{{"/manufacturerId", "country", "19 CFR part 102"}}},
		{"manufacturer in a province", func(s *model.EntrySummary) { s.ManufacturerID = "XQARNDEL1450MON" }, nil},
		{"importer without importer number", func(s *model.EntrySummary) { s.ImporterOfRecord.Identifiers = nil },
			[]broke{{"/importerOfRecord/identifiers", "importer number", "7501"}}},
		{"importer number of a wrong form", func(s *model.EntrySummary) { s.ImporterOfRecord.Identifiers[0].Code = "381234567" },
			[]broke{{"/importerOfRecord/identifiers/0/code", "form of its scheme IRS", "7501"}}},
		{"consignee in no country", func(s *model.EntrySummary) { s.Consignee.Address.Country = "XX" },
			[]broke{{"/consignee/address/country", "assigned today", "3166"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sample.Summary(model.USMCA, pin("certificate"))
			c.change(s)
			holds(t, s.Check(), c.want...)
		})
	}
}

func TestRulesOfOrigin(t *testing.T) {
	several := func(s *model.EntrySummary) {}
	one := func(s *model.EntrySummary) { s.Lines = s.Lines[:2]; s.Totals = nil }
	for _, c := range []struct {
		name   string
		lines  func(*model.EntrySummary)
		header string
		want   []broke
	}{
		{"several, MULTI", several, "MULTI", nil},
		{"several, one named", several, "MX", []broke{{"/countryOfOrigin", "must be MULTI", "7501 block 10"}}},
		{"one, named", one, "MX", nil},
		{"one, MULTI", one, "MULTI", []broke{{"/countryOfOrigin", "one country that all lines have, MX", "7501 block 10"}}},
		{"one, another named", one, "CA", []broke{{"/countryOfOrigin", "must be that of the lines, MX", "7501 block 10"}}},
		{"retired code", one, "YU", []broke{{"/countryOfOrigin", "assigned today", "3166"}, {"/countryOfOrigin", "that of the lines", ""}}},
		{"provinces are one country", func(s *model.EntrySummary) {
			one(s)
			s.Lines[0].CountryOfOrigin, s.Lines[1].CountryOfOrigin = "XO", "CA"
		}, "XQ", nil},
		{"MULTI on a line", func(s *model.EntrySummary) { s.Lines[2].CountryOfOrigin = "MULTI" }, "MULTI",
			[]broke{{"/lines/2/countryOfOrigin", "header only", "7501 block 10"}}},
		{"no country on a line", func(s *model.EntrySummary) { s.Lines[2].CountryOfOrigin = "UK" }, "MULTI",
			[]broke{{"/lines/2/countryOfOrigin", "assigned today", "3166"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sample.Summary(model.USMCA, pin("certificate"))
			c.lines(s)
			s.CountryOfOrigin = c.header
			holds(t, s.Check(), c.want...)
		})
	}
}

func TestRulesOfLines(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(first, second *model.Line)
		want   []broke
	}{
		{"number twice", func(_, l *model.Line) { l.Number = 1 }, []broke{{"/lines/1/number", "above the number before", ""}}},
		{"number back", func(l, _ *model.Line) { l.Number = 9 },
			[]broke{{"/lines/1/number", "above", ""}, {"/lines/2/number", "above", ""}}},
		{"numbers with a gap", func(l, m *model.Line) { l.Number, m.Number = 1, 2 }, nil},
		{"unit of another scheme", func(l, _ *model.Line) { l.Quantities[0].UnitCode = "KGM" },
			[]broke{{"/lines/0/quantities/0/unitCode", "list unitsCBP", ""}}},
		{"unknown unit", func(l, _ *model.Line) { l.Quantities[1].UnitCode = "QQQ" },
			[]broke{{"/lines/0/quantities/1/unitCode", "list unitsUNECE20", ""}}},
		{"kilograms per second", func(l, _ *model.Line) { l.GrossWeight.UnitCode = "KGS" },
			[]broke{{"/lines/0/grossWeight/unitCode", "kilogram per second", "Recommendation 20"}}},
		{"CBP's own units without equivalent", func(l, _ *model.Line) { l.Quantities[0].UnitCode = "SME" }, nil},
		{"value with cents", func(l, _ *model.Line) { l.EnteredValue.Value = "67200.5" },
			[]broke{{"/lines/0/enteredValue/value", "whole US dollars", "7501"}, {"/totals/enteredValue/value", "sum", "7501"}}},
		{"value in pesos", func(l, _ *model.Line) { l.EnteredValue.Currency = "MXN" },
			[]broke{{"/lines/0/enteredValue/currency", "USD", "7501"}}},
		{"duty with a fraction of a cent", func(l, _ *model.Line) { l.Duty = usd("0.001") },
			[]broke{{"/lines/0/duty/value", "fraction of a cent", "7501"}, {"/totals/duty/value", "sum", "7501"}}},
		{"rate per unit without its unit", func(l, _ *model.Line) { l.DutyRate = &model.DutyRate{Specific: usd("0.37")} },
			[]broke{{"/lines/0/dutyRate", "together", "7501"}}},
		{"rate per unit", func(l, _ *model.Line) {
			l.DutyRate = &model.DutyRate{Specific: usd("0.37"), UnitCode: "KG", UnitScheme: "CBP"}
		}, nil},
		{"manufacturer in no country", func(l, _ *model.Line) { l.ManufacturerID = "UKACME1LON" },
			[]broke{{"/lines/0/manufacturerId", "country", "19 CFR part 102"}}},
		{"exported from no country", func(l, _ *model.Line) { l.ExportingCountry = "EU" },
			[]broke{{"/lines/0/exportingCountry", "assigned", "3166"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sample.Summary(model.USMCA, pin("certificate"))
			c.change(&s.Lines[0], &s.Lines[1])
			holds(t, s.Check(), c.want...)
		})
	}
}

func TestTotalsAreTheSumsOfTheLines(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*model.Totals)
		want   []broke
	}{
		{"as they are", func(*model.Totals) {}, nil},
		{"another value", func(s *model.Totals) { s.EnteredValue.Value = "101341" }, []broke{{"/totals/enteredValue/value", "101340", "7501"}}},
		{"another duty", func(s *model.Totals) { s.Duty = usd("211") },
			[]broke{{"/totals/duty/value", "210", "7501"}, {"/totals/total/value", "242.67", "7501"}}},
		{"another total", func(s *model.Totals) { s.Total = usd("241.66") }, []broke{{"/totals/total/value", "241.67", "7501"}}},
		{"only the value", func(s *model.Totals) { s.Duty, s.Tax, s.Fees, s.Total = nil, nil, nil, nil }, nil},
		{"in euros", func(s *model.Totals) { s.Fees.Currency = "EUR" }, []broke{{"/totals/fees/currency", "USD", "7501"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sample.Summary(model.USMCA, pin("certificate"))
			c.change(s.Totals)
			holds(t, s.Check(), c.want...)
		})
	}
}

func TestRulesOfDispositions(t *testing.T) {
	for _, c := range []struct {
		name    string
		action  string
		codes   []string
		remarks string
		want    []broke
	}{
		{"accept", "accept", nil, "", nil},
		{"accept with a reason", "accept", []string{"004"}, "", []broke{{"/reasonCodes", "absent", ""}}},
		{"reject without reason", "reject", nil, "", []broke{{"/reasonCodes", "must be present when an entry is rejected", "reject reasons"}}},
		{"reject in words only", "reject", nil, "No.", []broke{{"/reasonCodes", "must be present when", "reject reasons"}}},
		{"reject with a reason", "reject", []string{"004"}, "", nil},
		{"reject with other, explained", "reject", []string{"998"}, "No.", nil},
		{"reject with other, unexplained", "reject", []string{"004", "998"}, "", []broke{{"/remarks", "reason 998", "reject reasons"}}},
		{"reject with an unknown reason", "reject", []string{"024"}, "", []broke{{"/reasonCodes/0", "list rejectReasons", "CATAIR"}}},
		{"cancel without reason", "cancel", nil, "", []broke{{"/reasonCodes", "or remarks", ""}}},
		{"cancel in words", "cancel", nil, "At the filer's request.", nil},
		{"inactivate without reason", "inactivate", nil, "", []broke{{"/reasonCodes", "or remarks", ""}}},
		{"liquidate with a reason", "liquidate", []string{"007"}, "", nil},
		{"approve a protest", "approve", nil, "", nil},
		{"deny a protest", "deny", nil, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &model.EntryDisposition{Entry: pin("entry"), Action: c.action, ReasonCodes: c.codes, Remarks: c.remarks}
			holds(t, d.Check(), c.want...)
		})
	}
}

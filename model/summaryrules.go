package model

import (
	"slices"

	"github.com/ftagateway/ftagateway/schemas"
)

// Check holds the summary against the rules beyond its schema.
func (s *EntrySummary) Check() schemas.Faults {
	var fs schemas.Faults
	s.checkNumber(&fs)
	inList(&fs, "/entryType", s.EntryType, "entryTypes")
	inList(&fs, "/transportMode", s.TransportMode, "transportModes")
	s.checkCountries(&fs)
	if !s.ExportDate.IsZero() && !s.ImportDate.IsZero() && s.ImportDate.Before(s.ExportDate) {
		fs.Add("/exportDate", s.ExportDate.String(), "must not be after the import date, "+s.ImportDate.String(), source7501)
	}
	s.checkParties(&fs)
	s.checkLines(&fs)
	s.checkCertificates(&fs)
	s.checkTotals(&fs)
	return fs
}

func (s *EntrySummary) checkNumber(fs *schemas.Faults) {
	if !entryNumberForm(s.EntryNumber) {
		return
	}
	if want := CheckDigit(s.EntryNumber[:10]); want != s.EntryNumber[10] {
		fs.Add("/entryNumber", s.EntryNumber, "must end in its check digit, "+string(want), entryNumberSource)
	}
	if s.FilerCode != "" && s.FilerCode != s.EntryNumber[:3] {
		fs.Add("/filerCode", s.FilerCode, "must be that of the entry number, "+s.EntryNumber[:3], "19 CFR 142.3a")
	}
}

// checkCountries: MULTI stands in the header of a summary whose lines differ, and nowhere else (CBP Form 7501 block 10).
func (s *EntrySummary) checkCountries(fs *schemas.Faults) {
	country(fs, "/exportingCountry", s.ExportingCountry)
	manufacturer(fs, "/manufacturerId", s.ManufacturerID)
	origins := s.origins()
	switch {
	case s.CountryOfOrigin == MultipleOrigins:
		if len(origins) == 1 {
			fs.Add("/countryOfOrigin", MultipleOrigins, "must be the one country that all lines have, "+origins[0], source7501+" block 10")
		}
	case s.CountryOfOrigin != "":
		origin(fs, "/countryOfOrigin", s.CountryOfOrigin)
		s.checkOneOrigin(fs, origins)
	}
}

func (s *EntrySummary) checkOneOrigin(fs *schemas.Faults, origins []string) {
	header, _ := schemas.Origin(s.CountryOfOrigin)
	if len(origins) > 1 {
		fs.Add("/countryOfOrigin", s.CountryOfOrigin, "must be MULTI, because the lines have several", source7501+" block 10")
	} else if len(origins) == 1 && origins[0] != header {
		fs.Add("/countryOfOrigin", s.CountryOfOrigin, "must be that of the lines, "+origins[0], source7501+" block 10")
	}
}

// origins are the countries of origin of all lines, each once, provinces as their country.
func (s *EntrySummary) origins() []string {
	var all []string
	for _, l := range s.Lines {
		c, _ := schemas.Origin(l.CountryOfOrigin)
		if c != "" && !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}

// manufacturer: the code begins with a country, or with a Canadian province (19 CFR part 102 appendix).
func manufacturer(fs *schemas.Faults, at, mid string) {
	if len(mid) < 2 {
		return
	}
	if _, ok := schemas.Origin(mid[:2]); !ok {
		fs.Add(at, mid, "must begin with the code of a country or of a Canadian province", "19 CFR part 102 appendix")
	}
}

// importerNumbers are the schemes under which customs knows an importer.
var importerNumbers = []string{"IRS", "SSN", "CBP"}

func (s *EntrySummary) checkParties(fs *schemas.Faults) {
	s.ImporterOfRecord.check(fs, "/importerOfRecord")
	s.Consignee.check(fs, "/consignee")
	numbered := slices.ContainsFunc(s.ImporterOfRecord.Identifiers, func(id Identifier) bool {
		return id.Scheme == "" || slices.Contains(importerNumbers, id.Scheme)
	})
	if s.ImporterOfRecord.Name != "" && !numbered {
		fs.Add("/importerOfRecord/identifiers", nil, "must hold an importer number of the scheme IRS, SSN or CBP", source7501+" block 27")
	}
}

// checkTotals: a total is the sum that it says it is (CBP Form 7501 blocks 39 to 44).
func (s *EntrySummary) checkTotals(fs *schemas.Faults) {
	t := s.Totals
	if t == nil {
		return
	}
	t.EnteredValue.dollars(fs, "/totals/enteredValue", 0)
	for name, a := range map[string]*Amount{"duty": t.Duty, "tax": t.Tax, "fees": t.Fees, "total": t.Total} {
		a.dollars(fs, "/totals/"+name, 2)
	}
	value, duty := Decimal("0"), Decimal("0")
	for _, l := range s.Lines {
		value, duty = value.Add(l.EnteredValue.Value), duty.Add(l.Duty.number())
	}
	sum(fs, "/totals/enteredValue", &t.EnteredValue, value, "the lines' entered values")
	sum(fs, "/totals/duty", t.Duty, duty, "the lines' duties")
	sum(fs, "/totals/total", t.Total, t.Duty.number().Add(t.Tax.number()).Add(t.Fees.number()), "duty, tax and fees")
}

func sum(fs *schemas.Faults, at string, stated *Amount, want Decimal, of string) {
	if stated != nil && stated.Value != "" && stated.Value.Cmp(want) != 0 {
		fs.Add(at+"/value", string(stated.Value), "must be the sum of "+of+", "+string(want), source7501)
	}
}

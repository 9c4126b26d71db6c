package model

import (
	"github.com/ftagateway/ftagateway/schemas"
)

func (s *EntrySummary) checkLines(fs *schemas.Faults) {
	numbers := make([]int, len(s.Lines))
	spared := s.spared()
	for i := range s.Lines {
		numbers[i] = s.Lines[i].Number
		s.Lines[i].check(fs, schemas.Pointer("/lines", i))
		s.Lines[i].checkPreference(fs, schemas.Pointer("/lines", i), s.ImportDate, spared)
	}
	ascending(fs, "/lines", numbers)
}

func (l *Line) check(fs *schemas.Faults, at string) {
	for i := range l.Quantities {
		l.Quantities[i].check(fs, schemas.Pointer(at, "quantities", i))
	}
	l.GrossWeight.check(fs, at+"/grossWeight")
	l.EnteredValue.dollars(fs, at+"/enteredValue", 0)
	l.Charges.dollars(fs, at+"/charges", 0)
	l.Duty.dollars(fs, at+"/duty", 2)
	l.DutyRate.check(fs, at+"/dutyRate")
	if l.CountryOfOrigin == MultipleOrigins {
		fs.Add(at+"/countryOfOrigin", MultipleOrigins, "must be one country: MULTI stands in the header only", source7501+" block 10")
	} else {
		origin(fs, at+"/countryOfOrigin", l.CountryOfOrigin)
	}
	country(fs, at+"/exportingCountry", l.ExportingCountry)
	manufacturer(fs, at+"/manufacturerId", l.ManufacturerID)
}

// check: an amount per unit has its unit, and a unit its amount.
func (r *DutyRate) check(fs *schemas.Faults, at string) {
	if r == nil {
		return
	}
	if (r.Specific == nil) != (r.UnitCode == "") || (r.UnitCode == "") != (r.UnitScheme == "") {
		fs.Add(at, nil, "must have specific, unitCode and unitScheme together or not at all", source7501+" block 36")
	}
	unit(fs, at, r.UnitCode, r.UnitScheme)
}

// claims gives the rows of the list spi for what a line claims.
func (l *Line) claims() []schemas.Code { return schemas.MustCodes("spi").Find(l.SPI) }

// ClaimsUnder gives the agreement under which a line claims preference; "" where it claims none, or one of a program
// whose certificates the model does not know.
func (l *Line) ClaimsUnder() Agreement {
	for _, row := range l.claims() {
		if len(row.Agreements) > 0 {
			return Agreement(row.Agreements[0])
		}
	}
	return ""
}

// checkPreference: an SPI is good for certain origins and import dates; a claim under an agreement rests on one
// certificate, which is named or expected, unless the agreement spares it.
func (l *Line) checkPreference(fs *schemas.Faults, at string, imported Date, spared map[Agreement]bool) {
	inList(fs, at+"/spi", l.SPI, "spi")
	l.checkSPI(fs, at, imported)
	agreement := l.ClaimsUnder()
	switch {
	case l.Certificate != nil && l.CertificateExpected != nil:
		fs.Add(at+"/certificateExpected", l.CertificateExpected.ID, "must be absent where a certificate is named", sourceOurs)
	case l.Certificate == nil && l.CertificateExpected == nil && agreement != "" && !spared[agreement]:
		fs.Add(at+"/certificate", nil, "must be present, or certificateExpected: the line claims preference under "+string(agreement),
			agreement.terms().certificate)
	}
}

// spared are the agreements under which this summary claims for goods of so little value that customs asks for no
// certificate. The value is that of all lines that claim: it cannot be split.
func (s *EntrySummary) spared() map[Agreement]bool {
	values := map[Agreement]Decimal{}
	for i := range s.Lines {
		a := s.Lines[i].ClaimsUnder()
		values[a] = values[a].Add(s.Lines[i].EnteredValue.Value)
	}
	spared := map[Agreement]bool{}
	for a, value := range values {
		limit := a.terms().lowValue
		spared[a] = limit != "" && value.Cmp(limit) <= 0
	}
	return spared
}

func (l *Line) checkSPI(fs *schemas.Faults, at string, imported Date) {
	rows := l.claims()
	from, ok := schemas.Origin(l.CountryOfOrigin)
	if len(rows) == 0 || !ok || imported.IsZero() {
		return
	}
	forCountry := false
	for _, row := range rows {
		if row.For(from) && row.On(imported.String()) {
			return
		}
		forCountry = forCountry || row.For(from)
	}
	if forCountry {
		fs.Add(at+"/spi", l.SPI, "must be in force for "+from+" on the import date, "+imported.String(), sourceHTS)
		return
	}
	fs.Add(at+"/spi", l.SPI, "must be one for goods of "+from, sourceHTS)
}

// checkCertificates: lines may share a certificate, but then they saw the same one.
func (s *EntrySummary) checkCertificates(fs *schemas.Faults) {
	seen := map[string]*Pin{}
	for i := range s.Lines {
		pin := s.Lines[i].Certificate
		if pin == nil || pin.ID == "" {
			continue
		}
		before := seen[pin.ID]
		if before == nil {
			seen[pin.ID] = pin
			continue
		}
		if *before != *pin {
			fs.Add(schemas.Pointer("/lines", i, "certificate"), pin.ID, "must be pinned as on the other lines: same ledger, version and digest", sourceOurs)
		}
	}
}

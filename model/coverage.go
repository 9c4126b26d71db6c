package model

import (
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

// Covers holds a certificate against a line of a summary that names it: same agreement, goods of the same classification
// and origin, imported while the certificate may be used, for the importer that it names. Pointers are within the
// summary. No faults: the certificate covers the line.
//
// A document that a foreign ledger's shape gave may lack what a signed one has: what is not there is unknown, and no fault.
// Whether the certificate itself is right is its own Check's to say.
func Covers(cert *CertificateOfOrigin, sum *EntrySummary, line *Line) schemas.Faults {
	var fs schemas.Faults
	at := sum.pointer(line)
	if claimed := line.ClaimsUnder(); claimed != cert.Agreement && cert.Agreement != "" {
		fs.Add(at+"/spi", line.SPI, "must claim under the agreement of the certificate, "+string(cert.Agreement), sourceHTS)
	}
	coversGoods(&fs, at, cert, line)
	coversDate(&fs, cert, sum)
	coversImporter(&fs, cert, sum)
	return fs
}

func (s *EntrySummary) pointer(line *Line) string {
	for i := range s.Lines {
		if &s.Lines[i] == line || s.Lines[i].Number == line.Number {
			return schemas.Pointer("/lines", i)
		}
	}
	return "/lines"
}

// coversGoods: one of the certificate's goods has the line's origin and a classification that the line's begins with.
// 19 CFR 181.11, 182.12(a)(4) and 10.584(a)(3)(iv) ask for six digits or more.
func coversGoods(fs *schemas.Faults, at string, cert *CertificateOfOrigin, line *Line) {
	if line.HTS == "" || len(cert.Goods) == 0 {
		return
	}
	classified := false
	for i := range cert.Goods {
		g := &cert.Goods[i]
		if g.HS == "" {
			return
		}
		if len(g.HS) < 6 || !strings.HasPrefix(line.HTS, g.HS) {
			continue
		}
		if g.covers(line.CountryOfOrigin, cert.Agreement) {
			return
		}
		classified = true
	}
	if classified {
		fs.Add(at+"/countryOfOrigin", line.CountryOfOrigin, "must be the origin that the certificate states for these goods", cert.Agreement.terms().certificate)
		return
	}
	fs.Add(at+"/hts", line.HTS, "must begin with the HS number of goods on the certificate", cert.Agreement.terms().certificate)
}

// covers reports whether goods of the certificate's origin may be a line's; joint production may be of any NAFTA
// country (CBP Form 434 field 10).
func (g *Good) covers(lineOrigin string, a Agreement) bool {
	from, _ := schemas.Origin(lineOrigin)
	stated, _ := schemas.Origin(g.CountryOfOrigin)
	if stated == JointProduction && a == NAFTA {
		return from == "CA" || from == "MX" || from == "US"
	}
	return from == stated || lineOrigin == "" || g.CountryOfOrigin == ""
}

// coversDate: the import date is in the blanket period, and not later than the agreement lets a certificate be used.
func coversDate(fs *schemas.Faults, cert *CertificateOfOrigin, sum *EntrySummary) {
	imported, terms := sum.ImportDate, cert.Agreement.terms()
	if imported.IsZero() {
		return
	}
	if p := cert.BlanketPeriod; p != nil && !p.Contains(imported) {
		fs.Add("/importDate", imported.String(), "must be in the certificate's blanket period, "+p.From.String()+" to "+p.To.String(), terms.certificate)
	}
	if last := cert.validUntil(); !last.IsZero() && imported.After(last) {
		fs.Add("/importDate", imported.String(), "must be at most four years after the certificate was signed, until "+last.String(), terms.validSource)
	}
}

// LastUse is the last day on which the certificate may support a claim: four years after it was signed, or the end of
// its blanket period where that is earlier. It is zero where neither is known.
func (c *CertificateOfOrigin) LastUse() Date {
	last := c.validUntil()
	if p := c.BlanketPeriod; p != nil && (p.To.Before(last) || last.IsZero()) {
		return p.To
	}
	return last
}

// validUntil is the last day on which the agreement lets customs accept the certificate; zero where the day of signature
// or the agreement is not known.
func (c *CertificateOfOrigin) validUntil() Date {
	if c.SignedOn.IsZero() || c.Agreement == "" {
		return Date{}
	}
	return c.SignedOn.AddMonths(12 * c.Agreement.terms().validYears)
}

// coversImporter: where the certificate names importers, the importer of record is one of them.
func coversImporter(fs *schemas.Faults, cert *CertificateOfOrigin, sum *EntrySummary) {
	for i := range cert.Importer.Parties {
		if cert.Importer.Parties[i].Same(&sum.ImporterOfRecord) {
			return
		}
	}
	if len(cert.Importer.Parties) > 0 && sum.ImporterOfRecord.Name != "" {
		fs.Add("/importerOfRecord/name", sum.ImporterOfRecord.Name, "must be an importer that the certificate names", cert.Agreement.terms().certificate)
	}
}

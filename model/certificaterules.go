package model

import (
	"slices"

	"github.com/ftagateway/ftagateway/schemas"
)

// maxBlanketMonths: 19 CFR 181.22(b)(5), 182.12 and 10.584.
const maxBlanketMonths = 12

// Check holds the certificate against the rules beyond its schema.
func (c *CertificateOfOrigin) Check() schemas.Faults {
	var fs schemas.Faults
	terms := c.Agreement.terms()
	if c.CertifierRole != "" && terms.certifiers != nil && !slices.Contains(terms.certifiers, c.CertifierRole) {
		fs.Add("/certifierRole", c.CertifierRole, "must be one who may certify under "+string(c.Agreement), terms.certifierSource)
	}
	c.checkPeriod(&fs)
	c.Certifier.check(&fs, "/certifier")
	c.checkField(&fs, "/exporter", &c.Exporter)
	c.checkField(&fs, "/producer", &c.Producer)
	c.checkField(&fs, "/importer", &c.Importer)
	numbers := make([]int, len(c.Goods))
	for i := range c.Goods {
		numbers[i] = c.Goods[i].Number
		c.Goods[i].check(&fs, schemas.Pointer("/goods", i), c.Agreement)
	}
	ascending(&fs, "/goods", numbers)
	return fs
}

// checkPeriod: a certificate is for one shipment, or for a blanket period of at most twelve months. The period may begin
// before the certificate is signed.
func (c *CertificateOfOrigin) checkPeriod(fs *schemas.Faults) {
	source := c.Agreement.terms().certificate
	switch {
	case c.BlanketPeriod == nil && c.Shipment == nil:
		fs.Add("/blanketPeriod", nil, "must be present, or shipment", source)
	case c.BlanketPeriod != nil && c.Shipment != nil:
		fs.Add("/shipment", nil, "must be absent where there is a blanket period", source)
	case c.BlanketPeriod.check(fs, "/blanketPeriod"):
		last := c.BlanketPeriod.From.AddMonths(maxBlanketMonths).AddDays(-1)
		if c.BlanketPeriod.To.After(last) {
			fs.Add("/blanketPeriod/to", c.BlanketPeriod.To.String(), "must be at most 12 months from the first day on, until "+last.String(), source)
		}
	}
}

// statements are what a field may say instead of a name. NAFTA: CBP Form 434 fields 3 and 4. USMCA: 19 CFR 182.12(a)(4).
// CAFTA-DR asks for names, but the exporter is named only if different from the producer (19 CFR 10.584(a)(3)(i)).
var statements = map[Agreement]map[string][]string{
	NAFTA: {
		"/exporter": {StatedSame},
		"/producer": {StatedSame, StatedUnknown, StatedOnRequest},
		"/importer": {StatedUnknown, StatedVarious},
	},
	USMCA: {
		"/exporter": {StatedSame, StatedUnknown, StatedVarious},
		"/producer": {StatedSame, StatedVarious, StatedOnRequest},
		"/importer": {StatedSame, StatedUnknown, StatedVarious},
	},
	CAFTADR: {
		"/exporter": {StatedSame},
		"/producer": {StatedSame},
		"/importer": {StatedSame, StatedUnknown},
	},
}

func (c *CertificateOfOrigin) checkField(fs *schemas.Faults, at string, f *PartyField) {
	f.check(fs, at)
	allowed := statements[c.Agreement][at]
	if f.Statement != "" && allowed != nil && !slices.Contains(allowed, f.Statement) {
		fs.Add(at+"/statement", f.Statement, "must be a statement that "+string(c.Agreement)+" knows in this field", c.Agreement.terms().certificate)
	}
}

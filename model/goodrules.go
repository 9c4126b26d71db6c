package model

import (
	"slices"

	"github.com/ftagateway/ftagateway/schemas"
)

func (g *Good) check(fs *schemas.Faults, at string, a Agreement) {
	if a == "" {
		return
	}
	underAgreement(fs, at+"/originCriterion", g.OriginCriterion, "originCriteria", a)
	underAgreement(fs, at+"/producerBasis", g.ProducerBasis, "producerBasis", a)
	underAgreement(fs, at+"/rvcMethod", g.RVCMethod, "rvcMethods", a)
	g.checkOrigin(fs, at, a)
	g.checkNetCost(fs, at, a)
	if a == USMCA && g.OriginCriterion == "D" && len(g.HS) > 2 && slices.Contains(notByCriterionD, g.HS[:2]) {
		fs.Add(at+"/originCriterion", g.OriginCriterion, "must be another one for goods of chapters 61 to 63", "USMCA article 4.2(d)")
	}
	if a == NAFTA && g.ProducerBasis == "" {
		fs.Add(at+"/producerBasis", nil, "must be present", source434+" field 8")
	}
}

// notByCriterionD are the chapters whose goods do not originate by USMCA's criterion D.
var notByCriterionD = []string{"61", "62", "63"}

// underAgreement finds a code that a list does not have for an agreement.
func underAgreement(fs *schemas.Faults, at, value, list string, a Agreement) {
	if value == "" {
		return
	}
	l := schemas.MustCodes(list)
	if !slices.ContainsFunc(l.Find(value), func(c schemas.Code) bool { return c.Under(string(a)) }) {
		fs.Add(at, value, "must be a code of the list "+list+" for "+string(a), l.Source)
	}
}

// checkOrigin: goods originate in a country of the agreement.
func (g *Good) checkOrigin(fs *schemas.Faults, at string, a Agreement) {
	rows := schemas.MustCodes("agreements").Find(string(a))
	if g.CountryOfOrigin == "" || len(rows) == 0 {
		return
	}
	from, _ := schemas.Origin(g.CountryOfOrigin)
	if !slices.Contains(rows[0].Countries, from) {
		fs.Add(at+"/countryOfOrigin", g.CountryOfOrigin, "must be a country of "+string(a), a.terms().certificate)
	}
}

// checkNetCost: NAFTA's form asks for every good whether regional value was reckoned by net cost (field 9).
func (g *Good) checkNetCost(fs *schemas.Faults, at string, a Agreement) {
	if a == NAFTA && g.NetCost == nil {
		fs.Add(at+"/netCost", nil, "must be present", source434+" field 9")
	}
	if g.NetCost != nil && g.RVCMethod != "" && *g.NetCost != (g.RVCMethod == "NC") {
		fs.Add(at+"/netCost", *g.NetCost, "must agree with the method, "+g.RVCMethod, source434+" field 9")
	}
	if g.NetCostPeriod != nil && g.NetCost != nil && !*g.NetCost {
		fs.Add(at+"/netCostPeriod", nil, "must be absent where net cost was not used", source434+" field 9")
	}
	g.NetCostPeriod.check(fs, at+"/netCostPeriod")
}

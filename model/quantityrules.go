package model

import (
	"fmt"

	"github.com/ftagateway/ftagateway/schemas"
)

func (q *Quantity) check(fs *schemas.Faults, at string) {
	if q != nil {
		unit(fs, at, q.UnitCode, q.UnitScheme)
	}
}

// perSecond is the trap among the units: KGS looks like "kilograms", and is a kilogram per second.
const perSecond = "KGS"

func unit(fs *schemas.Faults, at, code, scheme string) {
	switch {
	case code == "":
	case scheme == SchemeCBP:
		inList(fs, at+"/unitCode", code, "unitsCBP")
	case scheme == SchemeUNECE20 && code == perSecond:
		fs.Add(at+"/unitCode", code, "must be an amount of goods: KGS is a kilogram per second, a kilogram is KGM", "UN/ECE Recommendation 20")
	case scheme == SchemeUNECE20:
		inList(fs, at+"/unitCode", code, "unitsUNECE20")
	}
}

// UNECE20 gives a quantity in units of UN/ECE Recommendation 20. The error names a CBP unit that has no equivalent:
// such a quantity keeps CBP's scheme.
func (q Quantity) UNECE20() (Quantity, error) {
	if q.UnitScheme == SchemeUNECE20 {
		return q, nil
	}
	for _, c := range schemas.MustCodes("unitsCBP").Find(q.UnitCode) {
		if len(c.UNECE20) > 0 {
			return Quantity{q.Value, c.UNECE20[0], SchemeUNECE20}, nil
		}
	}
	return Quantity{}, fmt.Errorf("unit %q of scheme %q: has no equivalent in UN/ECE Recommendation 20", q.UnitCode, q.UnitScheme)
}

// dollars finds an amount that is not in US dollars, or has more decimals than the form has.
func (a *Amount) dollars(fs *schemas.Faults, at string, places int) {
	if a == nil || a.Currency == "" {
		return
	}
	if a.Currency != "USD" {
		fs.Add(at+"/currency", a.Currency, "must be USD", source7501)
	}
	switch {
	case a.Value.Places() <= places:
	case places == 0:
		fs.Add(at+"/value", string(a.Value), "must be in whole US dollars", source7501)
	default:
		fs.Add(at+"/value", string(a.Value), "must have no fraction of a cent", source7501)
	}
}

// number is the amount's, 0 where there is none.
func (a *Amount) number() Decimal {
	if a == nil {
		return "0"
	}
	return a.Value
}

package schemas

import (
	"slices"
	"strings"

	"github.com/biter777/countries"
)

const countryList = "countries"

// addCountries completes the list of what differs from ISO 3166-1 with the countries themselves. The library is asked
// for each of its countries and never by name: it would take "GER" or "Holland" for a code.
func addCountries(l *CodeList) {
	listed := make(map[string]bool, len(l.Codes))
	for _, c := range l.Codes {
		listed[c.Value] = true
	}
	for _, country := range countries.All() {
		if code := country.Alpha2(); !listed[code] {
			l.Codes = append(l.Codes, Code{Value: code, Name: country.String()})
		}
	}
	slices.SortFunc(l.Codes, func(a, b Code) int { return strings.Compare(a.Value, b.Value) })
}

// IsCountry reports whether a code is assigned in ISO 3166-1 today. Retired, reserved and user-assigned ones are not.
func IsCountry(code string) bool {
	rows := MustCodes(countryList).Find(code)
	return len(rows) == 1 && rows[0].Until == "" && rows[0].StandsFor == ""
}

// Origin gives the country that a code of origin stands for: itself, or Canada where it is the code of a Canadian
// province (XA Alberta, XO Ontario ...), which CBP takes for an origin. False if it stands for none.
func Origin(code string) (country string, ok bool) {
	rows := MustCodes(countryList).Find(code)
	if len(rows) == 1 && rows[0].StandsFor != "" {
		return rows[0].StandsFor, true
	}
	return code, IsCountry(code)
}

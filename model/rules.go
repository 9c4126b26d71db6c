package model

import (
	"github.com/ftagateway/ftagateway/schemas"
)

// The sources of rules, as Fault.Source names them.
const (
	source7501     = "CBP Form 7501"
	source434      = "CBP Form 434"
	sourceHTS      = "HTSUS general note 3(c)"
	sourceReject   = "ACE entry summary reject reasons"
	sourceCountry  = "ISO 3166-1"
	sourceOurs     = "FTA model"
	sourceRecord   = "FTA record"
	sourceVersions = "FTA record, chain of versions"
)

// inList finds a value that a code list does not have.
func inList(fs *schemas.Faults, at, value, list string) {
	if l := schemas.MustCodes(list); value != "" && !l.Has(value) {
		fs.Add(at, value, "must be a code of the list "+list, l.Source)
	}
}

// country finds what is no country.
func country(fs *schemas.Faults, at, code string) {
	if code != "" && !schemas.IsCountry(code) {
		fs.Add(at, code, "must be a country code that is assigned today", sourceCountry)
	}
}

// origin finds what is no country of origin; a Canadian province is one.
func origin(fs *schemas.Faults, at, code string) {
	if _, ok := schemas.Origin(code); code != "" && !ok {
		fs.Add(at, code, "must be a country code that is assigned today, or the code of a Canadian province", sourceCountry+"; 19 CFR part 102 appendix")
	}
}

// ascending finds numbers of lines or goods that repeat or go back. 0 is a number that could not be read.
func ascending(fs *schemas.Faults, at string, numbers []int) {
	last := 0
	for i, n := range numbers {
		if n == 0 {
			continue
		}
		if n <= last {
			fs.Add(schemas.Pointer(at, i, "number"), n, "must be above the number before it", sourceOurs)
		}
		last = max(last, n)
	}
}

// period finds one that ends before it begins.
func (p *Period) check(fs *schemas.Faults, at string) bool {
	if p == nil || p.From.IsZero() || p.To.IsZero() {
		return false
	}
	if p.To.Before(p.From) {
		fs.Add(at+"/to", p.To.String(), "must not be before "+p.From.String(), sourceOurs)
		return false
	}
	return true
}

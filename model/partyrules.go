package model

import (
	"regexp"
	"strings"
	"sync"

	"github.com/ftagateway/ftagateway/schemas"
)

func (p *Party) check(fs *schemas.Faults, at string) {
	if p == nil {
		return
	}
	for i, id := range p.Identifiers {
		id.check(fs, schemas.Pointer(at, "identifiers", i))
	}
	if p.Address != nil {
		country(fs, at+"/address/country", p.Address.Country)
	}
}

func (id Identifier) check(fs *schemas.Faults, at string) {
	form := identifierForms()[id.Scheme]
	if form != nil && id.Code != "" && !form.MatchString(id.Code) {
		list := schemas.MustCodes("identifierSchemes")
		fs.Add(at+"/code", id.Code, "must have the form of its scheme "+id.Scheme+": "+list.Find(id.Scheme)[0].Name, list.Source)
	}
}

var identifierForms = sync.OnceValue(func() map[string]*regexp.Regexp {
	forms := map[string]*regexp.Regexp{}
	for _, c := range schemas.MustCodes("identifierSchemes").Codes {
		if c.Pattern != "" {
			forms[c.Value] = regexp.MustCompile(c.Pattern)
		}
	}
	return forms
})

func (f *PartyField) check(fs *schemas.Faults, at string) {
	for i := range f.Parties {
		f.Parties[i].check(fs, schemas.Pointer(at, "parties", i))
	}
}

// Same reports whether two documents mean the same party. Where both have an identifier of one scheme, those decide;
// otherwise the names do, without regard to case, punctuation or spaces.
func (p *Party) Same(other *Party) bool {
	compared := false
	for _, a := range p.Identifiers {
		for _, b := range other.Identifiers {
			if a == b {
				return true
			}
			compared = compared || a.Scheme == b.Scheme
		}
	}
	return !compared && plainName(p.Name) == plainName(other.Name)
}

func plainName(s string) string {
	words := strings.FieldsFunc(strings.ToUpper(s), func(r rune) bool { return strings.ContainsRune(" .,&-'\"/()", r) })
	return strings.Join(words, " ")
}

package disclosure

import (
	"regexp"
	"strings"

	"github.com/ftagateway/ftagateway/ld"
)

// secretsOf collects what a document says.
func secretsOf(document ld.Object) *secrets {
	s := &secrets{needles: map[string][]needle{}, words: map[string][]string{}, amounts: map[string][]string{},
		hashes: map[fingerprint][]string{}, known: map[[2]string]bool{}}
	if salt, ok := document["salt"].(string); ok {
		s.needle(bare(salt), "salt", false)
	}
	s.collect(document["credentialSubject"], subject, "")
	return s
}

func (s *secrets) collect(v any, field, name string) {
	switch v := v.(type) {
	case map[string]any:
		for _, n := range sorted(v) {
			if !public[n] {
				s.collect(v[n], field+"/"+escape.Replace(n), n)
			}
		}
	case []any:
		for _, item := range v {
			s.collect(item, field+"/*", name)
		}
	case string:
		s.text(v, field, name)
	}
}

// public are members that tell nothing by themselves: codes of lists that everybody uses, days, and what links to other
// records, which a record says too.
var public = map[string]bool{
	"agreement": true, "certifierRole": true, "scheme": true, "statement": true, "unitCode": true, "unitScheme": true, "currency": true,
	"country": true, "countryOfOrigin": true, "exportingCountry": true, "transportMode": true, "entryType": true, "spi": true,
	"originCriterion": true, "producerBasis": true, "rvcMethod": true, "action": true, "reasonCodes": true,
	"certificate": true, "certificateExpected": true, "entry": true, "type": true,
	"summaryDate": true, "entryDate": true, "importDate": true, "exportDate": true, "signedOn": true, "decidedOn": true,
	"blanketPeriod": true, "netCostPeriod": true, "from": true, "to": true, "id": true,
}

var decimalForm = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?$`)

// leastAmount is how many characters an amount has that is looked for: smaller ones are anybody's.
const leastAmount = 4

func (s *secrets) text(v, field, name string) {
	if s.known[[2]string{field, v}] {
		return // as another line has it
	}
	s.known[[2]string{field, v}] = true
	words := name != "name" && saysAnything(field)
	if !words {
		s.hash(v, field, name)
	}
	switch {
	case (name == "value" || name == "adValorem") && decimalForm.MatchString(v):
		if len(v) >= leastAmount {
			s.amounts[v] = with(s.amounts[v], field)
		}
		return
	case name == "name":
		s.company(v, field)
	}
	s.needle(bare(v), field, words)
}

const leastWord = 4

// company looks for a name without its legal form as well, which is how it stands in host names.
func (s *secrets) company(name, field string) {
	runs := runsOf(strings.ReplaceAll(name, ".", ""))
	for len(runs) > 1 && formWord(runs[len(runs)-1].text) {
		runs = runs[:len(runs)-1]
	}
	core := ""
	for _, r := range runs {
		core += strings.ToUpper(r.text)
	}
	s.needle(core, field, false)
	if len(runs) == 1 && len(core) >= leastWord {
		s.words[core] = with(s.words[core], field)
	}
}

// formWord reports whether a word at the end of a name is of its legal form: S.A. de C.V. has three.
func formWord(word string) bool {
	w := strings.ToUpper(word)
	return legalForms[w] || shortForms[w] || w == "DE"
}

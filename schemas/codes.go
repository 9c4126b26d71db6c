package schemas

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"
)

//go:embed codes/*.json
var codeFiles embed.FS

// CodeList is a list of codes that some authority keeps, as it stood on a date.
type CodeList struct {
	List      string `json:"list"`
	Title     string `json:"title"`
	Source    string `json:"source"`         // the form, chapter or standard
	Effective string `json:"effective"`      // the date since which, at the latest, the list is as it stands here
	Note      string `json:"note,omitempty"` // what else a reader has to know
	Codes     []Code `json:"codes"`

	byValue map[string][]Code
}

// Code is one row of a list. Several rows may have one value: an SPI is good for several countries, each from its own
// date on. What a row leaves empty does not limit it.
type Code struct {
	Value      string   `json:"value"`
	Name       string   `json:"name"`
	Agreements []string `json:"agreements,omitempty"` // under which the code is good
	Countries  []string `json:"countries,omitempty"`  // of origin, for which it is good
	From       string   `json:"from,omitempty"`       // first and last date, YYYY-MM-DD
	Until      string   `json:"until,omitempty"`
	UNECE20    []string `json:"unece20,omitempty"`   // unitsCBP: codes of the same meaning, the one to write first
	StandsFor  string   `json:"standsFor,omitempty"` // countries: the country of a province
	Pattern    string   `json:"pattern,omitempty"`   // identifierSchemes: the form of an identifier
}

// Under reports whether a code is good under an agreement.
func (c Code) Under(agreement string) bool {
	return len(c.Agreements) == 0 || slices.Contains(c.Agreements, agreement)
}

// For reports whether a code is good for a country of origin.
func (c Code) For(country string) bool {
	return len(c.Countries) == 0 || slices.Contains(c.Countries, country)
}

// On reports whether a code is good on a date, YYYY-MM-DD.
func (c Code) On(date string) bool {
	return c.From <= date && (c.Until == "" || date <= c.Until)
}

// Find gives the rows of a value, none if the list does not have it.
func (l *CodeList) Find(value string) []Code { return l.byValue[value] }

// Has reports whether the list has a value.
func (l *CodeList) Has(value string) bool { return len(l.byValue[value]) > 0 }

// Values lists the values, each once, in the order of the list.
func (l *CodeList) Values() []string {
	var all []string
	for _, c := range l.Codes {
		if len(all) == 0 || all[len(all)-1] != c.Value {
			all = append(all, c.Value)
		}
	}
	return slices.Compact(all)
}

// CodeListNames lists what Codes knows, sorted.
func CodeListNames() []string {
	var names []string
	for name := range codeLists() {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Codes gives a code list: agreements, countries, entryTypes, identifierSchemes, originCriteria, producerBasis,
// rejectReasons, rvcMethods, spi, transportModes, unitsCBP or unitsUNECE20. It is shared and not to be changed.
func Codes(list string) (*CodeList, bool) {
	l, ok := codeLists()[list]
	return l, ok
}

// MustCodes is Codes for a name written in code; it panics.
func MustCodes(list string) *CodeList {
	l, ok := Codes(list)
	if !ok {
		panic("schemas: no code list " + list)
	}
	return l
}

// codeLists panics when an embedded list does not decode: the binary itself is wrong then.
var codeLists = sync.OnceValue(func() map[string]*CodeList {
	files, _ := codeFiles.ReadDir("codes")
	all := make(map[string]*CodeList, len(files))
	for _, f := range files {
		l, err := readCodes("codes/" + f.Name())
		if err != nil {
			panic(fmt.Sprintf("schemas: %s: %v", f.Name(), err))
		}
		all[l.List] = l
	}
	return all
})

func readCodes(path string) (*CodeList, error) {
	raw, err := codeFiles.ReadFile(path)
	if err != nil {
		return nil, err
	}
	l := &CodeList{}
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.DisallowUnknownFields()
	if err := d.Decode(l); err != nil {
		return nil, err
	}
	if l.List == countryList {
		addCountries(l)
	}
	l.byValue = make(map[string][]Code, len(l.Codes))
	for _, c := range l.Codes {
		l.byValue[c.Value] = append(l.byValue[c.Value], c)
	}
	return l, nil
}

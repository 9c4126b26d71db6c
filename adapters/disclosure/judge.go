package disclosure

import (
	"bytes"
	"path"
	"strings"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// judge holds a single value against a field that its place carries. It gives the rule that is broken, "" where none is.
func (x *inspection) judge(at place, c Place, v any) string {
	switch {
	case c.Beside:
		return x.listed(at, nativePrefix+c.Native, v)
	case ofDocument(c.Model):
		return x.ofDocument(at, c, v)
	case c.Codes != nil:
		return "must be what the mapping writes here: a constant, or a code of its table"
	case holds(c.Model):
		return x.embedded(at, c, v)
	}
	leaf := schemas.RecordLeaves()[c.Model]
	if leaf.Codes != nil {
		return "must be one of the codes of " + c.Model
	}
	return x.formed(c.Model, leaf, v)
}

// listed judges a value that only stands where the configuration lists it. Its own kind of secret may stand there;
// another one may not, unless that one is listed too.
func (x *inspection) listed(at place, field string, v any) string {
	if !x.rules.allows(field) {
		return "must not be written: it is " + field + ", which is no field of a record and which the ledger's policy does not list"
	}
	x.open(at, v, anyText, !strings.HasPrefix(field, subject) || saysAnything(field))
	x.note(listedValue, v)
	return ""
}

// saysAnything reports whether a document's field is words. Others have a form of their own, and a number of one form
// often has another one too: one air waybill in ten is an entry number as well.
func saysAnything(field string) bool {
	_, name := path.Split(field)
	switch name {
	case "description", "remarks", "name", "title", "street", "locality", "region":
		return true
	}
	return false
}

func (x *inspection) ofDocument(at place, c Place, v any) string {
	if c.Codes != nil && !has(c.Codes, v) {
		return "must be what the mapping writes here: a constant, or a code of its table"
	}
	return x.listed(at, c.Model, v)
}

// embedded reads text that holds an object as JSON.
func (x *inspection) embedded(at place, c Place, v any) string {
	text, ok := v.(string)
	if !ok {
		return "must be an object or a list: " + c.Model + " is one"
	}
	parsed, err := ld.Parse([]byte(text), bodyLimits)
	if err != nil {
		return "must be an object, or text that is one in canonical JSON"
	}
	if canonical, err := ld.JCS(parsed); err != nil || !bytes.Equal(canonical, []byte(text)) {
		return "must be an object, or text that is one in canonical JSON"
	}
	x.value(at, parsed, spot{claims: []Place{c}})
	return ""
}

// open looks at text that may say anything: for the document's values, and where it is words for kinds of secrets too.
func (x *inspection) open(at place, v any, as look, words bool) {
	for _, text := range texts(v, nil) {
		what := x.secrets.in(text, as, x.rules)
		if k := kindOf(text, x.rules); what == "" && words && k != nil {
			what = k.name
		}
		if what != "" {
			x.faults.Add(x.pointer(at), nil, "must not be on this ledger: here stands "+what, source)
			return
		}
	}
}

// what says what a text is, if it is anything that must not stand on a ledger.
func (x *inspection) what(text string) string {
	if what := x.secrets.in(text, anyText, x.rules); what != "" {
		return what
	}
	if k := kindOf(text, nil); k != nil {
		return k.name
	}
	if isFreeText(text) {
		return "free text"
	}
	return ""
}

// note keeps what was written as a field, for whoever looks for it again in the key and the lookups.
func (x *inspection) note(field string, v any) {
	if s, ok := v.(string); ok {
		x.said[field] = append(x.said[field], s)
	}
}

// listedValue is where note keeps the values of listed fields.
const listedValue = "listed"

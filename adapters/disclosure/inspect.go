package disclosure

import (
	"bytes"
	"reflect"
	"slices"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// inspection walks through one write.
type inspection struct {
	rules   *compiled
	secrets *secrets // nil where no document is at hand
	said    map[string][]string
	faults  schemas.Faults
}

// bodyLimits leave a record in another shape room for spellings that are twice as long.
var bodyLimits = ld.Limits{Bytes: 1 << 20, Depth: 24, Members: 20_000}

// body walks through a body. It is nil where that could not be read.
func (x *inspection) body(body []byte) ld.Object {
	parsed, err := ld.Parse(body, bodyLimits)
	if err != nil {
		x.refuse(nil, string(body), "must be one JSON object in canonical form, which is all that a mapping writes")
		return nil
	}
	if canonical, err := ld.JCS(parsed); err != nil || !bytes.Equal(canonical, body) {
		x.refuse(nil, nil, "must be in canonical form (RFC 8785): other spellings have room for what is no part of it")
	}
	x.value(nil, parsed, x.rules.top.spot())
	return parsed
}

// value judges what stands at a place, by what the shape says of it.
func (x *inspection) value(at place, v any, here spot) {
	switch {
	case here.unknown():
		x.refuse(at, v, "must have a place in the ledger's mapping: nothing says what stands here")
		return
	case x.coded(at, v, here):
		return
	}
	switch v := v.(type) {
	case map[string]any:
		x.container(at, v, here, len(v))
		for _, name := range sorted(v) {
			x.value(at.join(name), v[name], here.member(name))
		}
	case []any:
		x.container(at, v, here, len(v))
		for i, item := range v {
			x.value(at.join(i), item, here.item(i))
		}
	default:
		x.leaf(at, v, here)
	}
}

// coded reports whether a value is one of a closed list. Those of the record's schema tell nothing; those of a mapping
// were written by somebody, and are looked at as text.
func (x *inspection) coded(at place, v any, here spot) bool {
	for _, c := range here.claims {
		if has(c.Codes, v) && (c.Model == "" || !ofDocument(c.Model)) {
			x.open(at, v, fixedText, true)
			return true
		}
		if c.Codes == nil && !c.Beside && has(schemas.RecordLeaves()[c.Model].Codes, v) {
			return true
		}
	}
	return false
}

func has(codes []any, v any) bool {
	return slices.ContainsFunc(codes, func(c any) bool { return reflect.DeepEqual(c, v) })
}

// container refuses an object or list where a single value belongs. An empty one holds nothing that would be refused.
func (x *inspection) container(at place, v any, here spot, members int) {
	if members > 0 || here.leads() {
		return
	}
	if !slices.ContainsFunc(here.claims, func(c Place) bool { return !c.Beside && c.Codes == nil && holds(c.Model) }) {
		x.refuse(at, v, "must be a single value")
	}
}

// leaf judges a single value: one of the fields that the place carries must take it.
func (x *inspection) leaf(at place, v any, here spot) {
	if len(here.claims) == 0 {
		x.refuse(at, v, "must be an object or a list: single values have no place here")
		return
	}
	why := ""
	for _, c := range here.claims {
		rule := x.judge(at, c, v)
		if rule == "" {
			return
		}
		if why == "" {
			why = rule
		}
	}
	x.refuse(at, v, why)
}

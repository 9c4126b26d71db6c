package schemas

import (
	"fmt"
	"sort"
	"strings"

	"github.com/xeipuuv/gojsonschema"
)

// separator joins the engine's path. A member name that holds it is unknown to every schema, and is only shown wrongly.
const separator = "\x00"

// faultsOf turns the engine's complaints into faults, sorted by pointer so that the answer does not vary with the order
// of a map.
func faultsOf(errs []gojsonschema.ResultError) Faults {
	fs := make(Faults, 0, len(errs))
	for _, e := range errs {
		fs = append(fs, faultOf(e))
	}
	sort.SliceStable(fs, func(i, j int) bool {
		return fs[i].Pointer < fs[j].Pointer || fs[i].Pointer == fs[j].Pointer && fs[i].Rule < fs[j].Rule
	})
	return fs[:min(len(fs), MaxFaults)]
}

func faultOf(e gojsonschema.ResultError) Fault {
	at, details := pointerOf(e.Context()), e.Details()
	switch e.Type() {
	case "required":
		return NewFault(Pointer(at, details["property"]), nil, "must be present", "")
	case "additional_property_not_allowed":
		name := fmt.Sprint(details["property"])
		return NewFault(Pointer(at, cut(name)), e.Value(), "is not a member that is allowed here", "")
	case "format":
		return NewFault(at, e.Value(), "must be a day that the calendar has", "ISO 8601")
	case "pattern":
		if form, known := forms()[fmt.Sprint(details["pattern"])]; known {
			return NewFault(at, e.Value(), "must be "+form.Description, form.Comment)
		}
	}
	return NewFault(at, e.Value(), rule(e), "")
}

func pointerOf(c *gojsonschema.JsonContext) string {
	path := strings.Split(c.String(separator), separator)
	tokens := make([]any, 0, len(path))
	for _, name := range path[1:] { // the first is the engine's name of the root
		tokens = append(tokens, name)
	}
	return Pointer("", tokens...)
}

// rules are our words for the engine's complaints, where ours are clearer. Names in braces are the engine's details.
var rules = map[string]string{
	"invalid_type":         "must be of JSON type {expected}, not {given}",
	"const":                "must be {allowed}",
	"enum":                 "must be one of {allowed}",
	"pattern":              "must match {pattern}",
	"string_gte":           "must have at least {min} characters",
	"string_lte":           "must have at most {max} characters",
	"number_gte":           "must be at least {min}",
	"number_lte":           "must be at most {max}",
	"array_min_items":      "must have at least {min} items",
	"array_max_items":      "must have at most {max} items",
	"array_min_properties": "must have at least {min} members",
	"unique":               "must not hold the same item twice",
	"false":                "is not allowed here",
}

func rule(e gojsonschema.ResultError) string {
	text, known := rules[e.Type()]
	if !known {
		return e.Description()
	}
	for name, value := range e.Details() {
		text = strings.ReplaceAll(text, "{"+name+"}", fmt.Sprint(value))
	}
	return text
}

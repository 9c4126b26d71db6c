package shape

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

// Fault is a value that could not be translated: where it stands on both sides, by which line of the mapping, and which
// rule it breaks. Value may be a trade secret.
type Fault struct {
	Model  string `json:"model"`
	Native string `json:"native"`
	Value  any    `json:"value,omitempty"`
	Line   int    `json:"line,omitempty"` // 0 where no line of the mapping is about it
	Rule   string `json:"rule"`
}

// Error gives the fault in one line.
func (f Fault) Error() string {
	f.Rule = fmt.Sprintf("model %s, native %s: %s", named(f.Model), named(f.Native), f.Rule)
	if f.Line > 0 {
		f.Rule = fmt.Sprintf("line %d: %s", f.Line, f.Rule)
	}
	if f.Value != nil {
		f.Rule += ", not " + short(f.Value)
	}
	return f.Rule
}

func named(pointer string) string {
	if pointer == "" {
		return "-"
	}
	return pointer
}

// Faults is everything that is wrong with one body or value. It is an error.
type Faults []Fault

// Error gives one line a fault.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Schemas gives the faults as every other part of the gateway has them: the pointer is the model's, where there is one.
func (fs Faults) Schemas(file string) schemas.Faults {
	var all schemas.Faults
	for _, f := range fs {
		pointer, rule, line := f.Model, f.Rule, file
		if f.Native != "" && f.Line > 0 {
			rule += " (native " + f.Native + ")"
		} else if f.Native != "" { // a name that the mapping does not know may itself be what must not be told
			f.Value = f.Native
		}
		if f.Line > 0 {
			line = fmt.Sprintf("%s:%d", file, f.Line)
		}
		all.Add(pointer, f.Value, rule, "mapping "+line)
	}
	return all
}

func (r *run) fault(p *pair, here place, value any, rule string) {
	f := Fault{Line: p.line, Value: value, Rule: rule}
	if p.has[ofModel] {
		f.Model = here.at[ofModel].join(p.end[ofModel]...).String()
	}
	if p.has[ofNative] {
		f.Native = here.at[ofNative].join(p.end[ofNative]...).String()
	}
	r.faults = append(r.faults, f)
}

// short gives a value of a mapping file in a rule. What came in a body never stands in a rule.
func short(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "a value"
	}
	if len(b) > 64 {
		return string(b[:61]) + "..."
	}
	return string(b)
}

func sorted(members map[string]any) []string { return slices.Sorted(maps.Keys(members)) }

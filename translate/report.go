package translate

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate/shape"
)

// Failure is one thing that is wrong with an example: model path, native path, value, line of the mapping, and rule.
type Failure = shape.Fault

// Report is what Test found.
type Report struct {
	Mapping  string          `json:"mapping"`
	File     string          `json:"file"`
	Digest   ld.Digest       `json:"digest"`
	Gives    string          `json:"gives"`
	Examples []ExampleReport `json:"examples"`
	// Failures are those of the mapping as a whole: one without examples shows nothing, and one that gives nothing of the
	// document does not do what its type says.
	Failures []Failure `json:"failures,omitempty"`
}

// ExampleReport is what was found of one example.
type ExampleReport struct {
	Name     string    `json:"name"`
	Line     int       `json:"line"` // of the example, in the mapping file
	Failures []Failure `json:"failures,omitempty"`
	// Findings are rules beyond the schema that the example's document breaks. They fail nothing.
	Findings schemas.Faults `json:"findings,omitempty"`
	// Model is what the example becomes, where Show was asked and it becomes anything.
	Model any `json:"model,omitempty"`
}

// OK reports whether nothing failed.
func (r Report) OK() bool {
	for _, e := range r.Examples {
		if len(e.Failures) > 0 {
			return false
		}
	}
	return len(r.Failures) == 0
}

// String gives the report in lines for people, each failure with the file and line that it is about.
func (r Report) String() string {
	var b strings.Builder
	if r.Mapping != "" {
		fmt.Fprintf(&b, "%s (%s) gives %s, digest %s\n", r.Mapping, r.File, r.Gives, r.Digest)
	}
	for _, f := range r.Failures {
		fmt.Fprintf(&b, "failed  %s\n", r.told(f))
	}
	for _, e := range r.Examples {
		r.example(&b, e)
	}
	return b.String()
}

func (r Report) example(b *strings.Builder, e ExampleReport) {
	state := "ok"
	if len(e.Failures) > 0 {
		state = "failed"
	}
	fmt.Fprintf(b, "%-7s %s:%d: example %q\n", state, r.File, e.Line, e.Name)
	for _, f := range e.Failures {
		fmt.Fprintf(b, "%s%s\n", indent, r.told(f))
	}
	for _, f := range e.Findings {
		fmt.Fprintf(b, "%sfinding: %s\n", indent, f.Error())
	}
	if text, err := json.MarshalIndent(e.Model, indent, "  "); err == nil && e.Model != nil {
		fmt.Fprintf(b, "%s%s\n", indent, text)
	}
}

const indent = "          "

// told gives a failure behind the place that it is about, as editors know it.
func (r Report) told(f Failure) string {
	at := r.File
	if f.Line > 0 {
		at = fmt.Sprintf("%s:%d", r.File, f.Line)
		f.Line = 0
	}
	if f.Model == "" && f.Native == "" && f.Value == nil {
		return at + ": " + f.Rule
	}
	return at + ": " + f.Error()
}

// Test holds a mapping to its laws by its examples: each gives a schema-valid record or document, with all that is
// stated beside it; and to and back loses nothing that the model knows.
func Test(m *Mapping) Report { return m.test(false) }

// Show is Test with what each example becomes, also where that is not what is stated beside it.
func Show(m *Mapping) Report { return m.test(true) }

func (m *Mapping) test(show bool) Report {
	r := Report{Mapping: m.name, File: m.file, Digest: m.digest, Gives: m.kind, Examples: []ExampleReport{}}
	if m.lays == nil {
		r.Failures = []Failure{{Rule: withoutExamples}}
		return r
	}
	r.Failures = m.bare()
	if len(m.lays.examples) == 0 {
		r.Failures = append(r.Failures, Failure{Rule: withoutExamples})
	}
	for i, e := range m.lays.examples {
		if e.name == "" {
			e.name = fmt.Sprint(i + 1)
		}
		tried := m.try(e)
		if !show {
			tried.Model = nil
		}
		r.Examples = append(r.Examples, tried)
	}
	return r
}

const withoutExamples = "a mapping must have examples: without one nothing shows that it works"

func (m *Mapping) try(e example) ExampleReport {
	out := ExampleReport{Name: e.name, Line: e.line}
	native, err := m.read(e.native)
	if err != nil {
		out.Failures = []Failure{{Rule: "example must be readable: " + err.Error()}}
		return out
	}
	said, findings, err := m.thereAndBack(native)
	if err != nil {
		out.Failures = m.inDetail(err)
		return out
	}
	out.Findings, out.Model = findings, said
	if e.model.stated() {
		out.Failures = m.compare(e.model, said)
	}
	return out
}

// thereAndBack reads an example, writes it, and reads that again.
func (m *Mapping) thereAndBack(native any) (said any, findings schemas.Faults, err error) {
	if m.kind == kindRecord {
		p, err := m.recordIn(native)
		if err != nil {
			return nil, nil, err
		}
		if !m.lays.readOnly {
			_, err = m.nativeOf(p)
		}
		return p.Object, nil, err
	}
	d, err := m.deriveFrom(native)
	if err != nil {
		return nil, nil, err
	}
	if !m.lays.readOnly {
		_, _, err = m.render(d.object, d.Beside)
	}
	return d.object, d.Findings, err
}

func (m *Mapping) compare(want side, got any) []Failure {
	stated, err := m.read(want)
	if err != nil {
		return []Failure{{Rule: "example must be readable: " + err.Error()}}
	}
	at, differs := shape.Differ(stated, got)
	if !differs {
		return nil
	}
	f := Failure{Model: at, Value: shape.Find(got, at), Rule: "must be what the example states"}
	if p, ok := m.lays.compiled.At(at); ok {
		f.Native, f.Line = p.Native, p.Line
	}
	return []Failure{f}
}

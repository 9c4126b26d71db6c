package conformance

import (
	"fmt"
	"io"
	"strings"
)

// maxLeftShown bounds how many keys WriteText lists; WriteJSON lists all.
const maxLeftShown = 5

// WriteText writes the report for people: a line a case, and of each that failed what was done, what was expected, what
// came and why it matters.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Conformance of %s\nsuite %s %s, protocol %s, model %s, seed %d\n",
		r.Subject(), r.Suite.Name, r.Suite.Version, r.Protocol, r.Model, r.Seed)
	if r.Mapping != (MappingID{}) {
		fmt.Fprintf(&b, "mapping %s\n", r.Mapping)
	}
	b.WriteString("\n")
	for _, result := range r.Cases {
		result.text(&b)
	}
	fmt.Fprintf(&b, "\n%d passed, %d failed, %d not offered\n", r.Summary.Pass, r.Summary.Fail, r.Summary.NotOffered)
	if r.Refused != "" {
		fmt.Fprintf(&b, "%s\n", r.Refused)
	}
	r.leftText(&b)
	if r.Hint != "" {
		fmt.Fprintf(&b, "%s\n", r.Hint)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// Subject is what was judged, in words.
func (r *Report) Subject() string {
	if r.Gateway != "" {
		return "the gateway " + r.Gateway
	}
	if r.Ledger.Kind == "" {
		return "a ledger that never said what it is"
	}
	return fmt.Sprintf("%s (%s)", r.Ledger.URI, r.Ledger.Kind)
}

func (r Result) text(b *strings.Builder) {
	switch r.Outcome {
	case Pass:
		fmt.Fprintf(b, "pass         %s\n", r.ID)
	case NotOffered:
		fmt.Fprintf(b, "not offered  %s: needs %s\n", r.ID, r.Needs.Words())
	case Fail:
		fmt.Fprintf(b, "FAIL         %s\n%s", r.ID, r.explain("             "))
	}
}

// explain tells a failure in words, each line behind indent.
func (r Result) explain(indent string) string {
	var b strings.Builder
	for i, step := range r.Steps {
		mark := " "
		if i+1 == r.Failure.Step {
			mark = ">"
		}
		fmt.Fprintf(&b, "%s%s %d. %s\n", indent, mark, i+1, step)
	}
	for _, line := range []struct{ name, text string }{
		{"request:", r.Failure.Request}, {"answer:", r.Failure.Answer}, {"expected:", r.Failure.Expected},
		{"got:", r.Failure.Got}, {"why:", r.Why},
	} {
		if line.text != "" {
			fmt.Fprintf(&b, "%s%-9s %s\n", indent, line.name, strings.ReplaceAll(line.text, "\n", "\n"+indent))
		}
	}
	return b.String()
}

func (r *Report) leftText(b *strings.Builder) {
	if r.Gateway != "" {
		return // its suite has ledgers of its own, which end with it
	}
	if len(r.Left) == 0 {
		fmt.Fprintf(b, "Nothing was written to the ledger.\n")
		return
	}
	fmt.Fprintf(b, "Left on the ledger: %d keys", len(r.Left))
	for i, left := range r.Left {
		if i == maxLeftShown {
			fmt.Fprintf(b, " ...")
			break
		}
		fmt.Fprintf(b, " %q", left.Key)
	}
	fmt.Fprintln(b)
}

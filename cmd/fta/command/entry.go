package command

import (
	"fmt"

	"github.com/ftagateway/ftagateway/gateway"
)

// sayEntry prints an entry file as a person reads it: the outcome, the lines, and then every record with its verdict.
func (g *shared) sayEntry(f *gateway.EntryFile) {
	fmt.Fprintf(g.Out, "entry    %s\noutcome  %s\n", f.EntryID, f.Outcome)
	if f.Status != "" {
		fmt.Fprintf(g.Out, "status   %s\n", f.Status)
	}
	for _, reason := range f.Reasons {
		fmt.Fprintf(g.Out, "         %s\n", reason)
	}
	g.sayLines(f.Lines)
	g.sayFindings(f.Findings)
	g.sayAnswers(f.Versions, false)
	g.sayAnswers(f.Linked, false)
	g.sayAnswers(f.Others, false)
	g.sayMissing(f.Sources)
}

func (g *shared) sayLines(lines []gateway.LineStatus) {
	for _, l := range lines {
		fmt.Fprintf(g.Out, "line %-3d %s", l.Number, l.ClaimStatus)
		if l.Certificate != "" {
			fmt.Fprintf(g.Out, "  certificate %s %s", l.Certificate, l.Outcome)
		}
		fmt.Fprintln(g.Out)
		g.sayFindings(l.Findings)
	}
}

func (g *shared) sayAnswers(answers []gateway.Answer, all bool) {
	for i := range answers {
		g.sayAnswer(&answers[i], all)
	}
}

// sayMissing names every ledger that should have had a say.
func (g *shared) sayMissing(sources []gateway.Source) {
	for _, s := range sources {
		if s.State == gateway.Unavailable {
			fmt.Fprintf(g.Out, "ledger %s could not be asked: %s\n", s.Ledger, s.Error)
		}
	}
}

package command

import (
	"fmt"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

// sayAnswer prints a record's verdict: a line, and below it every check that is not valid, or all of them.
func (g *shared) sayAnswer(a *gateway.Answer, all bool) {
	fmt.Fprintf(g.Out, "%-12s %s %s version %d on %s at height %d\n",
		a.Verdict.Outcome, named(a), a.ID, a.Version, a.Ledger, a.Verdict.AsOf.Height)
	for _, c := range a.Verdict.Checks {
		if all || c.Outcome == trust.Invalid || c.Outcome == trust.Undetermined {
			g.sayCheck(c)
		}
	}
	g.sayFindings(a.Findings)
	if all && len(a.Record) > 0 {
		fmt.Fprintf(g.Out, "%s\n", a.Record)
	}
	if all && len(a.Document) > 0 {
		fmt.Fprintf(g.Out, "%s\n", a.Document)
	}
}

func named(a *gateway.Answer) string {
	if a.Type == "" {
		return "record"
	}
	return a.Type + " " + a.Event
}

func (g *shared) sayCheck(c trust.Check) {
	fmt.Fprintf(g.Out, "             %-10s %s", c.Name, c.Outcome)
	if c.Reason != "" {
		fmt.Fprintf(g.Out, ": %s", c.Reason)
	} else if c.Method != "" {
		fmt.Fprintf(g.Out, " (%s)", c.Method)
	}
	fmt.Fprintln(g.Out)
}

func (g *shared) sayFindings(all []model.Finding) {
	for _, f := range all {
		fmt.Fprintf(g.Out, "             %s %s", f.Severity, f.Code)
		if f.Detail != "" {
			fmt.Fprintf(g.Out, ": %s", f.Detail)
		}
		fmt.Fprintln(g.Out)
	}
}

package command

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

// sayAnswer prints a record's verdict: a line, and below it every check that is not valid, or all of them.
func (g *shared) sayAnswer(a *gateway.Answer, all bool) {
	fmt.Fprintf(g.Out, "%-12s %s %s version %d on %s at height %d\n",
		a.Verdict.Outcome, named(a), a.ID, a.Version, a.Ledger, a.Verdict.AsOf.Height)
	if a.State == gateway.Stale {
		fmt.Fprintln(g.Out, "             stale: no ledger shows it now; this is what was last seen")
	}
	for _, c := range a.Verdict.Checks {
		if all || c.Outcome == trust.Invalid || c.Outcome == trust.Undetermined {
			g.sayCheck(c)
		}
	}
	g.sayFindings(a.Findings)
	if all {
		g.sayContent("record", a.Record)
		g.sayContent("document", a.Document)
		g.sayContent("derived", a.Derived)
	}
}

// sayContent prints signed bytes with line breaks, which they do not have themselves.
func (g *shared) sayContent(what string, content json.RawMessage) {
	var b bytes.Buffer
	if len(content) == 0 || json.Indent(&b, content, "", "  ") != nil {
		return
	}
	fmt.Fprintf(g.Out, "\n%s\n%s\n", what, b.Bytes())
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

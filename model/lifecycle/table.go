package lifecycle

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// WriteTable writes a machine's table as Markdown: what the documentation shows is the data that the code obeys.
func WriteTable(w io.Writer, m Machine) error {
	var b strings.Builder
	b.WriteString("| From | Event | By | To | Rules | Time limit |\n|---|---|---|---|---|---|\n")
	for _, r := range machines[m].rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", r.From, r.eventCell(), r.whoCell(), r.To, r.rulesCell(), r.timerCell())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Row) eventCell() string {
	if r.Unrecorded {
		return string(r.Event) + " (on no ledger)"
	}
	return string(r.Event)
}

func (r Row) whoCell() string {
	if r.ByClock {
		return "the clock"
	}
	names := make([]string, len(r.Who))
	for i, role := range r.Who {
		names[i] = string(role)
	}
	return strings.Join(names, ", ")
}

func (r Row) rulesCell() string {
	cells := make([]string, len(r.Rules))
	for i, rule := range r.Rules {
		cells[i] = rule.Text + " (" + rule.Source + ")"
	}
	return strings.Join(cells, "; ")
}

func (r Row) timerCell() string {
	switch {
	case r.Timer.Days > 0:
		return fmt.Sprintf("%d days, then %s", r.Timer.Days, r.Timer.Then)
	case r.KeepsTimer:
		return "runs on"
	}
	return ""
}

// Rules lists every rule once, in the order in which the tables name them.
func Rules() []Rule {
	var all []Rule
	for _, m := range Machines() {
		for _, row := range machines[m].rows {
			for _, rule := range row.Rules {
				if !slices.Contains(all, rule) {
					all = append(all, rule)
				}
			}
		}
	}
	return all
}

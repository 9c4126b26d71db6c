package lifecycle

import (
	"fmt"
	"slices"
	"strings"
)

// Move is a step that may be taken as far as is known.
type Move struct {
	To State
	// Unchecked are the rules about which a fact was missing. On reading they leave the life cycle undetermined; on
	// writing they are named to the writer. A Move with any is not yet a permission.
	Unchecked []Rule
}

// Next is the transition function: what an event does in a state. It answers a *Refusal if the table has no such step,
// if nobody may take it (what only the clock does), or if a fact breaks one of its rules.
func Next(m Machine, from State, ev Event, f Facts) (Move, error) {
	row, ok := machines[m].row(from, ev)
	if !ok {
		return Move{}, refuse(m, from, ev, inTable)
	}
	if row.ByClock {
		return Move{}, refuse(m, from, ev, clockOnly)
	}
	move := Move{To: row.To}
	for _, rule := range row.Rules {
		kept := checks[rule](f)
		if kept == nil {
			move.Unchecked = append(move.Unchecked, rule)
			continue
		}
		if !*kept {
			return Move{}, refuse(m, from, ev, rule)
		}
	}
	return move, nil
}

// Refusal says why a step cannot be taken. Of several broken rules it names the first in the table's order.
type Refusal struct {
	Machine Machine `json:"machine"`
	From    State   `json:"from"`
	Event   Event   `json:"event"`
	Rule    string  `json:"rule"` // short and stable
	Text    string  `json:"text"` // the rule in words
	Source  string  `json:"source"`
}

func refuse(m Machine, from State, ev Event, r Rule) *Refusal {
	text := r.Text
	if r == inTable {
		text = possible(m, from)
	}
	return &Refusal{m, from, ev, r.Name, text, r.Source}
}

// possible says which steps a state has.
func possible(m Machine, from State) string {
	if !slices.Contains(States(m), from) {
		return "is a step of a known state"
	}
	events := Events(m, from)
	if len(events) == 0 {
		return "nothing follows this state"
	}
	names := make([]string, len(events))
	for i, ev := range events {
		names[i] = string(ev)
	}
	return "is one of " + strings.Join(names, ", ")
}

// Error names machine, state, event, rule and source.
func (r *Refusal) Error() string {
	return fmt.Sprintf("%s: %q in state %q refused: rule %s: %s (%s)", r.Machine, r.Event, r.From, r.Rule, r.Text, r.Source)
}

// Package lifecycle holds which steps an entry, a claim for preference and a certificate of origin may take, who may take
// them and under which rules. The tables are data; Next is the one function that reads them, on writing (to refuse) and
// on reading (for the verdict). Fold and FoldEntry replay recorded steps and answer where a thing stands.
//
// Nothing here reads a clock, a ledger or a document: facts and times are passed in, and a fact that nobody knows is
// "unchecked", never "no".
package lifecycle

import "slices"

// Machine names one table of the life cycle.
type Machine string

// The machines. Entry is an entry summary as a whole, Claim the claim for preference of one of its lines, Certificate a
// certificate of origin.
const (
	Entry       Machine = "entry"
	Claim       Machine = "claim"
	Certificate Machine = "certificate"
)

// State is where a thing stands in its machine.
type State string

// machine is a table with what belongs to it.
type machine struct {
	initial State
	rows    []Row
}

var machines = map[Machine]machine{
	Entry:       {Draft, entryRows},
	Claim:       {Claimed, claimRows},
	Certificate: {None, certificateRows},
}

// Machines lists the machines in the order in which they are documented.
func Machines() []Machine { return []Machine{Entry, Claim, Certificate} }

// Rows lists a machine's table. The caller may keep and change it.
func Rows(m Machine) []Row { return slices.Clone(machines[m].rows) }

// Initial is the state before the first step, empty for an unknown machine.
func Initial(m Machine) State { return machines[m].initial }

// States lists every state of a machine once, in the order of its table.
func States(m Machine) []State {
	all := []State{Initial(m)}
	for _, r := range machines[m].rows {
		for _, s := range []State{r.From, r.To} {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}

// Terminal reports whether no step leads on from a state.
func Terminal(m Machine, s State) bool {
	return !slices.ContainsFunc(machines[m].rows, func(r Row) bool { return r.From == s })
}

// Events lists what somebody may do in a state. What only the clock does is not among them.
func Events(m Machine, from State) []Event {
	var all []Event
	for _, r := range machines[m].rows {
		if r.From == from && !r.ByClock {
			all = append(all, r.Event)
		}
	}
	return all
}

// Roles lists who may take a step; none for what only the clock does, and for an event that the machine does not have.
func Roles(m Machine, ev Event) []Role {
	for _, r := range machines[m].rows {
		if r.Event == ev {
			return slices.Clone(r.Who)
		}
	}
	return nil
}

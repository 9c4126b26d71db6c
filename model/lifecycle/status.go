package lifecycle

import "time"

// Status is where a thing stands, and until when it may.
type Status struct {
	Machine Machine
	State   State
	// Due is the first moment at which it is too late, when a time limit runs; zero when none does. Days are counted in
	// UTC, and the last one is in time as a whole.
	Due  time.Time
	then Event
}

// Start is the status before the first step.
func Start(m Machine) Status { return Status{Machine: m, State: Initial(m)} }

// At is the status as a clock sees it: past Due, what the clock does is done. It is computed at every reading and never
// stored. The zero time is an unknown one, and changes nothing.
func (s Status) At(now time.Time) Status {
	if s.Due.IsZero() || now.Before(s.Due) {
		return s
	}
	row, ok := machines[s.Machine].row(s.State, s.then)
	if !ok {
		return s
	}
	return Status{Machine: s.Machine, State: row.To}
}

// Take answers the status after a step, and which of its rules could not be checked. With a *Refusal the status is the
// one before it, as the clock sees it at the time of the step.
func (s Status) Take(step Step) (Status, []Rule, error) {
	s = s.At(step.At)
	from := impliedFrom(s, step.Event)
	move, err := Next(s.Machine, from, step.Event, step.Facts)
	if err != nil {
		return s, nil, err
	}
	row, _ := machines[s.Machine].row(from, step.Event)
	return s.after(row, step.At), move.Unchecked, nil
}

// impliedFrom is the state from which an event is possible when steps that no ledger records are filled in: customs'
// request tells that a review was started.
func impliedFrom(s Status, ev Event) State {
	m := machines[s.Machine]
	if _, direct := m.row(s.State, ev); direct {
		return s.State
	}
	for _, r := range m.rows {
		if _, leads := m.row(r.To, ev); r.From == s.State && r.Unrecorded && leads {
			return r.To
		}
	}
	return s.State
}

// after moves along a row and sets, keeps or stops the time limit.
func (s Status) after(r Row, at time.Time) Status {
	next := Status{Machine: s.Machine, State: r.To}
	if r.KeepsTimer {
		next.Due, next.then = s.Due, s.then
	}
	if r.Timer.Days > 0 && !at.IsZero() {
		next.Due, next.then = r.Timer.due(at), r.Timer.Then
	}
	return next
}

// due is the end of the last day.
func (t Timer) due(at time.Time) time.Time {
	y, m, d := at.UTC().Date()
	return time.Date(y, m, d+t.Days+1, 0, 0, 0, 0, time.UTC)
}

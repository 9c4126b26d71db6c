package lifecycle

import (
	"errors"
	"time"
)

// Step is a recorded event of one thing.
type Step struct {
	Event Event
	Facts Facts
	At    time.Time // the time that its chain gives it; zero if it has none, and then no time limit begins with it
	// Position is the caller's name for where the step stands, handed back with what is said about it.
	Position string
}

// Folded is what a run of steps came to.
type Folded struct {
	Status
	Refused   []Refused
	Unchecked []Unchecked
}

// Refused is a step that could not be taken. It had no effect: who writes a step out of turn cannot stop what others do
// after it.
type Refused struct {
	Index    int // in the steps as given
	Position string
	*Refusal
}

// Unchecked is a rule about a step that was taken, for which a fact was missing.
type Unchecked struct {
	Index    int
	Position string
	Rule
}

// Fold replays steps in the order given and answers where they lead as of now. Time limits that ran out between two
// steps, or before now, are applied; a step that only an unrecorded one makes possible implies it.
func Fold(m Machine, steps []Step, now time.Time) Folded {
	out := Folded{Status: Start(m)}
	for i, step := range steps {
		out.take(i, step)
	}
	out.Status = out.Status.At(now)
	return out
}

func (f *Folded) take(index int, step Step) {
	next, unchecked, err := f.Status.Take(step)
	f.Status = next
	var refusal *Refusal
	if errors.As(err, &refusal) {
		f.Refused = append(f.Refused, Refused{index, step.Position, refusal})
	}
	for _, rule := range unchecked {
		f.Unchecked = append(f.Unchecked, Unchecked{index, step.Position, rule})
	}
}

// Package faulty holds drivers that are wrong in exactly one thing each. They show that the conformance suite notices:
// each Fault names the case that catches it, a test holds both together, and a case that catches no fault here is not
// worth playing.
//
// They are also a list of what goes wrong with drivers, and to whom it matters, for whoever writes one.
package faulty

import (
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Fault is one way to be wrong.
type Fault struct {
	Name   string // "empty-entry-for-absent"
	Breaks string // what the driver does, in a sentence
	Caught string // the id of the conformance case that must fail

	bend func(b *bent)
	open func(l driver.Ledger) error // where it is opening that goes wrong
}

// Break wraps a driver so that it has the fault. What it gives is closed instead of l. A fault may rely on l being in
// this process, and may keep things in memory that a real driver could not.
func (f Fault) Break(l driver.Ledger) (driver.Ledger, error) {
	if f.open != nil {
		if err := f.open(l); err != nil {
			_ = l.Close()
			return nil, err
		}
	}
	b := &bent{Ledger: l}
	if f.bend != nil {
		f.bend(b)
	}
	return b, nil
}

// None is no fault: a driver that is wrapped like the others and stays right.
func None() Fault { return Fault{Name: "none", Breaks: "Nothing."} }

// All lists the faults.
func All() []Fault {
	return slices.Concat(describeFaults, getFaults, meaningFaults, versionsFaults, sharingFaults, findFaults, appendFaults,
		refusalFaults, rivalFaults, repeatFaults, receiptFaults, changesFaults, cursorFaults, waitFaults,
		proofFaults, outageFaults, closeFaults)
}

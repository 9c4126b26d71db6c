// Package faulty holds gateways that are wrong in exactly one thing each. They show that the suite notices: each Fault
// names the case that catches it, a test holds both together, and a case that catches no fault here is not worth playing.
//
// A fault stands before a right gateway as a proxy, and changes what goes in or comes out; or it opens the right gateway
// with a wrong setting. They are also a list of what goes wrong with gateways, and to whom it matters.
package faulty

import (
	"context"
	"slices"

	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

// Fault is one way to be wrong.
type Fault struct {
	Name   string // "forged-is-valid"
	Breaks string // what the gateway does, in a sentence
	Caught string // the id of the case that must fail

	bend func(b *bent)
}

// Break gives the harness of the same gateway with the fault.
func (f Fault) Break(h gatewaysuite.Harness) gatewaysuite.Harness {
	right := h.Open
	h.Name += ", but for " + f.Name
	h.Open = func(ctx context.Context, s gatewaysuite.Setting) (*gatewaysuite.Gateway, error) {
		b := &bent{setting: s}
		if f.bend != nil {
			f.bend(b)
		}
		g, err := right(ctx, b.setting)
		if err != nil {
			return nil, err
		}
		return b.before(g)
	}
	return h
}

// None is no fault: a gateway that stands behind a proxy like the others and stays right.
func None() Fault { return Fault{Name: "none", Breaks: "Nothing."} }

// All lists the faults.
func All() []Fault {
	return slices.Concat(verdictFaults, witnessFaults, authorityFaults, countingFaults, outageFaults,
		privacyFaults, problemFaults, pagingFaults, eventFaults, freshFaults, submissionFaults, refusalFaults)
}

package adapters

import (
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

const (
	linkMethod  = "digest of the version before"
	orderMethod = "order of versions on the chain" // of what is derived, which names no version before
)

func (r *Reading) linkMethod() string {
	if r.Derived != nil {
		return orderMethod
	}
	return linkMethod
}

// link notes in r whether an unbroken chain of versions leads up to it, through previous, which is nil before the first
// version. What is known to be unbroken, and is final, is kept for whoever reads r by itself later.
func (l *Ledger) link(previous, r *Reading) {
	r.Link = trust.Check{Name: trust.Versions, Outcome: trust.Valid, Method: r.linkMethod()}
	if r.Copy {
		r.Link.Outcome, r.Link.Reason = trust.NotOffered, copied
		return
	}
	if reason := broken(previous, r); reason != "" {
		r.Link.Outcome, r.Link.Reason = trust.Invalid, reason
		return
	}
	if previous != nil && previous.Link.Outcome != trust.Valid {
		r.Link = previous.Link
		return
	}
	if previous != nil && r.Entry.Final {
		l.checks.keep(l.linkPlace(r), &finding{checks: []trust.Check{r.Link}})
	}
}

const copied = "a copy: the chain of versions is its home ledger's"

// linkPage links the versions of a page above after.
func (l *Ledger) linkPage(after uint64, page []*Reading) {
	for i, r := range page {
		switch {
		case i > 0:
			l.link(page[i-1], r)
		case after == 0:
			l.link(nil, r)
		default:
			if reason := misplaced(r.Entry.Version, after+1); reason != "" {
				r.Link = trust.Check{Name: trust.Versions, Outcome: trust.Invalid, Method: r.linkMethod(), Reason: reason}
			}
		}
	}
}

// broken says how r does not follow previous, and is empty where it does.
func broken(previous, r *Reading) string {
	want := uint64(1)
	if previous != nil {
		want = previous.Entry.Version + 1
	}
	if reason := misplaced(r.Entry.Version, want); reason != "" {
		return reason
	}
	switch {
	case r.Says == nil:
		return fmt.Sprintf("version %d cannot be read", want)
	case previous == nil:
		return ""
	case previous.Says == nil:
		return fmt.Sprintf("version %d cannot be read", want-1)
	case earlier(r.Entry.Position, previous.Entry.Position):
		return fmt.Sprintf("version %d stands on the chain before version %d", want, want-1)
	}
	if r.Derived != nil {
		return "" // the chain's own order is all there is
	}
	if faults := model.CheckNext(previous.Record, r.Record); len(faults) > 0 {
		return fmt.Sprintf("version %d: %s", want, inWords(faults))
	}
	return ""
}

// misplaced says how a version is not the one that is due, and is empty where it is.
func misplaced(version, want uint64) string {
	switch {
	case version > want:
		return fmt.Sprintf("version %d is missing", want)
	case version < want:
		return fmt.Sprintf("version %d comes after version %d", version, want-1)
	}
	return ""
}

func earlier(a, b driver.Position) bool {
	return a.Height < b.Height || a.Height == b.Height && a.Index < b.Index
}

// knownLink is what is known of a version's chain without reading it: that the first has none, or what a walk found out.
func (l *Ledger) knownLink(r *Reading) trust.Check {
	c := trust.Check{Name: trust.Versions, Outcome: trust.Undetermined, Reason: "the versions before were not read"}
	switch {
	case r.Copy:
		c.Outcome, c.Reason = trust.NotOffered, copied
	case r.Says == nil:
		c.Reason = "it cannot be read, and so has no link"
	case r.Entry.Version == 1:
		return trust.Check{Name: trust.Versions, Outcome: trust.Valid, Method: "first version"}
	default:
		if known, ok := l.checks.find(l.linkPlace(r)); ok {
			return known.checks[0]
		}
	}
	return c
}

func (l *Ledger) linkPlace(r *Reading) place {
	return place{kindLink, l.standing(r), l.under}
}

package gateway

import (
	"errors"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/schemas"
)

// Code says what kind of problem kept the gateway from an answer. Package api has the one table that turns it, and a
// driver's code, into a status and a public text.
type Code string

// The codes that are the gateway's own. Those of package driver stand beside them.
const (
	NotFound       Code = "not-found"        // every ledger that could hold it was asked and holds nothing
	NotFoundSoFar  Code = "not-found-so-far" // the same, but some could not be asked
	NoSuchLedger   Code = "no-such-ledger"
	BadInput       Code = "invalid"       // faults in what the caller sent
	RuleBroken     Code = "rule-broken"   // well-formed, and against a rule of authority or of the life cycle
	NotChecked     Code = "not-checked"   // a rule that must hold could not be checked now
	NotOffered     Code = "not-offered"   // this gateway, or that ledger, has no means for it
	Conflict       Code = "conflict"      // another version, or another submission, was first
	Refused        Code = "refused"       // a submission's ledger refused it for good, after it had been taken
	UnknownEvent   Code = "unknown-event" // a record's event is no step of its life cycle
	NotConfigured  Code = "not-configured"
	CursorMismatch Code = "cursor-invalid"
	NotCached      Code = "not-cached" // no ledger was to be asked, and not all that is needed is cached as fresh as was wanted
)

// Problem is why there is no answer. Its text is made for the caller: it names no host and no key.
type Problem struct {
	Code       Code
	Detail     string
	Ledger     string   // the slug of the ledger it is about, if of one
	Ledgers    []string // those that could not be asked
	Faults     schemas.Faults
	RetryAfter time.Duration
	Err        error // for the log
}

// Error gives the code, the detail and the faults.
func (p *Problem) Error() string {
	parts := []string{string(p.Code)}
	if p.Ledger != "" {
		parts = append(parts, p.Ledger)
	}
	if p.Detail != "" {
		parts = append(parts, p.Detail)
	}
	if len(p.Faults) > 0 {
		parts = append(parts, p.Faults.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap gives the cause.
func (p *Problem) Unwrap() error { return p.Err }

// Retryable reports whether the same request may succeed later.
func (p *Problem) Retryable() bool {
	var d *driver.Error
	outage := errors.As(p.Err, &d) && Code(d.Code) == p.Code && driver.IsOutage(d)
	return p.Code == NotFoundSoFar || p.Code == NotChecked || p.Code == NotCached || outage
}

// fromLedger wraps what one ledger failed with.
func fromLedger(slug string, err error) *Problem {
	p := &Problem{Code: Code(driver.CodeOf(err)), Ledger: slug, Err: err}
	if errors.Is(err, adapters.ErrNotCached) {
		p.Code = NotCached
	}
	var d *driver.Error
	if errors.As(err, &d) {
		p.RetryAfter = d.RetryAfter
	}
	return p
}

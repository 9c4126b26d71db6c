package protocol

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Problem is how a call fails: problem details (RFC 9457) with the driver's code. Who reads it acts on Code alone.
type Problem struct {
	Type             string      `json:"type"`
	Title            string      `json:"title"`
	Status           int         `json:"status"`
	Code             driver.Code `json:"code"`
	Detail           string      `json:"detail,omitzero"`
	RetryAfterMillis uint64      `json:"retryAfterMillis,omitzero"`
}

// TypeBase and a code make a problem's type.
const TypeBase = "https://w3id.org/fta/problems/"

// row is what goes over the wire for one code.
type row struct {
	code   driver.Code
	status int
	title  string
	by     []Operation // who may answer it; nil: all
}

// table is the one place where codes become statuses and back. An answer about the thing asked for, as opposed to an
// outage, is believed only from an operation that can know it.
var table = []row{
	{driver.NotFound, http.StatusNotFound, "Proven absent at the newest final block",
		[]Operation{OpGet, OpVersions, OpReceipt, OpProve}},
	{driver.Conflict, http.StatusConflict, "Another write was first, or the idempotency key was used", []Operation{OpAppend}},
	{driver.Invalid, http.StatusBadRequest, "This request can never succeed",
		[]Operation{OpGet, OpVersions, OpFind, OpChanges, OpAppend, OpReceipt, OpProve}},
	{driver.PermissionDenied, http.StatusForbidden, "The ledger refuses this caller", nil},
	{driver.Unavailable, http.StatusServiceUnavailable, "The ledger cannot be reached", nil},
	{driver.ResourceExhausted, http.StatusTooManyRequests, "Too many requests; try later", nil},
	{driver.DeadlineExceeded, http.StatusGatewayTimeout, "Time ran out, and nothing was changed", nil},
	{driver.Canceled, http.StatusServiceUnavailable, "The call was ended", nil},
	{driver.OutcomeUnknown, http.StatusGatewayTimeout, "Sent, and what became of it is not known", []Operation{OpAppend}},
	{driver.NotReady, http.StatusServiceUnavailable, "Still catching up; try later", nil},
	{driver.CursorInvalid, http.StatusBadRequest, "The cursor is not of this chain", []Operation{OpChanges}},
	{driver.TooLarge, http.StatusRequestEntityTooLarge, "Larger than the ledger takes", []Operation{OpAppend, OpProve}},
	{driver.Pruned, http.StatusGone, "The node no longer has that part of history", nil},
	{driver.Unsupported, http.StatusNotImplemented, "Not among the ledger's abilities", []Operation{}}, // or why was it asked?
	{driver.Corrupt, http.StatusBadGateway, "The chain's answer cannot be read", nil},
	{driver.Unknown, http.StatusInternalServerError, "The ledger failed", nil},
}

// ProblemOf words an error for a caller. The error's own text may name hosts, so that none of it is used.
func ProblemOf(err error) Problem {
	r := rowOf(driver.CodeOf(err))
	return Problem{Type: TypeBase + string(r.code), Title: r.title, Status: r.status, Code: r.code,
		RetryAfterMillis: Millis(retryAfter(err))}
}

func rowOf(code driver.Code) row {
	if i := slices.IndexFunc(table, func(r row) bool { return r.code == code }); i >= 0 {
		return table[i]
	}
	return table[len(table)-1]
}

// MaxRetryAfter is the longest wait that a server is believed.
const MaxRetryAfter = time.Hour

// Err gives the error that a problem stands for as an answer to an operation. A code that is not known, or that the
// operation cannot know, is Corrupt. Canceled speaks of the server's caller, which is us: we went nowhere, so that it is
// an outage.
func (p *Problem) Err(by Operation) *driver.Error {
	i := slices.IndexFunc(table, func(r row) bool { return r.code == p.Code })
	if i < 0 || table[i].by != nil && !slices.Contains(table[i].by, by) {
		return driver.Errorf(driver.Corrupt, "%s was answered with the code %.40q, which it cannot have (docs/ledger-protocol.md, \"How to fail\")", by, string(p.Code))
	}
	code := p.Code
	if code == driver.Canceled {
		code = driver.Unavailable
	}
	e := driver.Errorf(code, "the ledger answers %s (%.200q)", p.Code, p.Detail)
	e.RetryAfter = Duration(p.RetryAfterMillis, MaxRetryAfter)
	return e
}

func retryAfter(err error) time.Duration {
	var e *driver.Error
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return 0
}

package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/schemas"
)

// The codes that are this package's own, beside those of gateway and driver.
const (
	codeNoRoute       gateway.Code = "no-such-path"
	codeNoMethod      gateway.Code = "method-not-allowed"
	codeBusy          gateway.Code = "busy"
	codeTooMany       gateway.Code = "too-many-requests"
	codeTooLarge      gateway.Code = "request-too-large"
	codeMediaType     gateway.Code = "media-type"
	codeNotAcceptable gateway.Code = "not-acceptable"
	codeForeignHost   gateway.Code = "foreign-host"
	codeOrigin        gateway.Code = "foreign-origin"
	codeNoLedger      gateway.Code = "no-ledger-answers"
	codeEnding        gateway.Code = "ending"
	codeInternal      gateway.Code = "internal"
)

// public is what a client is told about a code. Type is typeBase and the code.
type public struct {
	status int
	title  string
	// retryable says that the same request may succeed later.
	retryable bool
}

// table is the one place where codes become statuses and words.
var table = map[gateway.Code]public{
	gateway.NotFound:       {http.StatusNotFound, "Not found on any ledger that could hold it", false},
	gateway.NotFoundSoFar:  {http.StatusServiceUnavailable, "Not found so far: some ledgers could not be asked", true},
	gateway.NoSuchLedger:   {http.StatusNotFound, "No such ledger", false},
	gateway.BadInput:       {http.StatusUnprocessableEntity, "The request has faults", false},
	gateway.RuleBroken:     {http.StatusUnprocessableEntity, "A rule does not allow it", false},
	gateway.UnknownEvent:   {http.StatusUnprocessableEntity, "The event is no step of the life cycle", false},
	gateway.NotChecked:     {http.StatusServiceUnavailable, "A rule that must hold could not be checked now", true},
	gateway.NotOffered:     {http.StatusNotImplemented, "Not offered", false},
	gateway.NotConfigured:  {http.StatusNotImplemented, "Not configured here", false},
	gateway.Conflict:       {http.StatusConflict, "Something else was first", false},
	gateway.Refused:        {http.StatusConflict, "The ledger refused it for good", false},
	gateway.CursorMismatch: {http.StatusBadRequest, "The cursor is not one of ours", false},
	gateway.NotCached:      {http.StatusGatewayTimeout, "Nothing that fits is cached", true},

	gateway.Code(driver.PermissionDenied):  {http.StatusBadGateway, "The ledger refuses this gateway", false},
	gateway.Code(driver.Unavailable):       {http.StatusServiceUnavailable, "The ledger cannot be reached", true},
	gateway.Code(driver.ResourceExhausted): {http.StatusServiceUnavailable, "Too many calls on the ledger", true},
	gateway.Code(driver.DeadlineExceeded):  {http.StatusGatewayTimeout, "The ledger did not answer in time", true},
	gateway.Code(driver.Canceled):          {http.StatusServiceUnavailable, "The call was ended", true},
	gateway.Code(driver.OutcomeUnknown):    {http.StatusGatewayTimeout, "What became of it is not known", true},
	gateway.Code(driver.NotReady):          {http.StatusServiceUnavailable, "The ledger is still catching up", true},
	gateway.Code(driver.TooLarge):          {http.StatusRequestEntityTooLarge, "Larger than the ledger takes", false},
	gateway.Code(driver.Pruned):            {http.StatusGone, "The ledger's node no longer has it", false},
	gateway.Code(driver.Unsupported):       {http.StatusNotImplemented, "The ledger does not offer it", false},
	gateway.Code(driver.Corrupt):           {http.StatusBadGateway, "The ledger's answer cannot be read", true},
	gateway.Code(driver.Unknown):           {http.StatusBadGateway, "The ledger failed", true},

	codeNoRoute:       {http.StatusNotFound, "No such path", false},
	codeNoMethod:      {http.StatusMethodNotAllowed, "No such method here", false},
	codeBusy:          {http.StatusServiceUnavailable, "Too many requests at once", true},
	codeTooMany:       {http.StatusTooManyRequests, "Too many requests of this client at once", true},
	codeTooLarge:      {http.StatusRequestEntityTooLarge, "The request is too large", false},
	codeMediaType:     {http.StatusUnsupportedMediaType, "The request must be JSON", false},
	codeNotAcceptable: {http.StatusNotAcceptable, "The answer is JSON, which the client does not take", false},
	codeNoLedger:      {http.StatusServiceUnavailable, "No ledger can be asked", true},
	codeEnding:        {http.StatusServiceUnavailable, "This gateway is about to end", true},
	codeForeignHost:   {http.StatusMisdirectedRequest, "Not the host of this gateway", false},
	codeOrigin:        {http.StatusForbidden, "Requests from other origins are refused", false},
	codeInternal:      {http.StatusInternalServerError, "The gateway failed", true},
}

const typeBase = "https://w3id.org/fta/problems/"

// details is a problem as it is sent (RFC 9457), with members of our own.
type details struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail,omitempty"`
	Retryable bool           `json:"retryable"`
	Ledger    string         `json:"ledger,omitempty"`
	Ledgers   []string       `json:"ledgers,omitempty"` // that could not be asked
	Faults    schemas.Faults `json:"faults,omitempty"`
}

func problemOf(code gateway.Code) *gateway.Problem {
	p := &gateway.Problem{Code: code}
	if code == codeBusy || code == codeTooMany {
		p.RetryAfter = time.Second
	}
	return p
}

// refuse writes every problem there is. What is told comes from the table and from texts made for callers; the cause
// goes to the log, which is never given faults: they hold the caller's values.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	p := asProblem(err)
	d := told(p)
	s.logProblem(r, p, d.Status)
	h := w.Header()
	h.Set("Content-Type", mediaProblem)
	h.Set("Cache-Control", "no-store")
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(max(1, int(p.RetryAfter.Seconds()))))
	}
	w.WriteHeader(d.Status)
	_ = json.NewEncoder(w).Encode(d)
}

// told is a problem as clients are told of it. A code that is in no table is internal.
func told(p *gateway.Problem) details {
	public, ok := table[p.Code]
	if !ok {
		p.Code, public = codeInternal, table[codeInternal]
	}
	return details{
		Type: typeBase + string(p.Code), Title: public.title, Status: public.status, Detail: p.Detail,
		Retryable: public.retryable, Ledger: p.Ledger, Ledgers: p.Ledgers, Faults: p.Faults,
	}
}

// asProblem makes a problem of any error: one that nobody worded is internal.
func asProblem(err error) *gateway.Problem {
	var p *gateway.Problem
	if errors.As(err, &p) {
		return p
	}
	var d *driver.Error
	if errors.As(err, &d) {
		return &gateway.Problem{Code: gateway.Code(d.Code), RetryAfter: d.RetryAfter, Err: err}
	}
	return &gateway.Problem{Code: codeInternal, Err: err}
}

// logProblem tells the log of failures; that something is not offered, or not cached, or that this gateway is about to end,
// is none. Words that hold faults are kept from it.
func (s *server) logProblem(r *http.Request, p *gateway.Problem, status int) {
	if status < http.StatusInternalServerError || status == http.StatusNotImplemented || p.Code == gateway.NotCached || p.Code == codeEnding {
		return
	}
	cause := ""
	var faults schemas.Faults
	if p.Err != nil && !errors.As(p.Err, &faults) {
		cause = p.Err.Error()
	}
	s.log.WarnContext(r.Context(), "request failed", "code", p.Code, "ledger", p.Ledger, "status", status, "cause", cause)
}

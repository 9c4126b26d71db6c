package client

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"

	"code.dny.dev/ssrf"

	"github.com/ftagateway/ftagateway/ld"
)

// Reason says in one word why a server could not be asked. It is for programs, and stays.
type Reason string

// The reasons.
const (
	NoCapability      Reason = "no-capability"      // the issuer has handed over none that leads to this evidence
	CapabilityExpired Reason = "capability-expired" // all that do have expired
	BadReference      Reason = "bad-reference"      // the record names evidence in a way that nothing can answer
	AddressBlocked    Reason = "address-blocked"    // the server is where this client does not go
	Unreachable       Reason = "unreachable"        // no connection, or a broken one
	TimedOut          Reason = "timeout"
	Canceled          Reason = "canceled"         // whoever asked went away
	Refused           Reason = "refused"          // the server says no: forbidden or absent, which look the same
	Redirected        Reason = "redirect"         // the server points elsewhere
	ServerFailed      Reason = "server-error"     // the server says that it cannot, now
	UnexpectedAnswer  Reason = "unexpected"       // an answer that an evidence server does not give
	WrongMediaType    Reason = "media-type"       // an answer of another type, and so not the evidence
	Encoded           Reason = "content-encoding" // compressed bytes, which are not looked into
	TooLarge          Reason = "too-large"        // more bytes than this client takes
	Truncated         Reason = "truncated"        // the answer ended early
	HoldingsFailed    Reason = "holdings"         // our own store of capabilities cannot be read
)

// Failure says that a server could not be asked, or that what it said was no answer. Err is for the log: it may name
// hosts and addresses.
type Failure struct {
	Reason Reason
	Err    error
}

// Error gives the reason and the cause.
func (f *Failure) Error() string { return fmt.Sprintf("evidence: %s: %v", f.Reason, f.Err) }

// Unwrap gives the cause.
func (f *Failure) Unwrap() error { return f.Err }

func failure(r Reason, format string, args ...any) *Failure {
	return &Failure{r, fmt.Errorf(format, args...)}
}

// Mismatch says that a server answered, whole, with other bytes than the record's digest stands for.
type Mismatch struct {
	Expected, Got ld.Digest
	Size          int // of what it answered, in bytes
}

// Error names both digests.
func (m *Mismatch) Error() string {
	return fmt.Sprintf("evidence: the server's %d bytes have digest %s, and the record says %s", m.Size, m.Got, m.Expected)
}

// classify gives a reason to an error of a connection. otherwise is for those that have no reason of their own.
func classify(ctx context.Context, err error, otherwise Reason) *Failure {
	var timeout net.Error
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrInvalidHostPort):
		return &Failure{AddressBlocked, err}
	case errors.Is(ctx.Err(), context.Canceled):
		return &Failure{Canceled, err}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return &Failure{TimedOut, err}
	}
	return &Failure{otherwise, err}
}

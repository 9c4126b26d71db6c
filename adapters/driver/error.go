package driver

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"
)

// Code classifies a failure once, where it is first met. Everybody above acts on the code and never on a text.
type Code string

// The codes.
const (
	NotFound          Code = "not-found"          // proven absent at the head the driver saw
	Conflict          Code = "conflict"           // another writer was first, or an idempotency key was reused
	Invalid           Code = "invalid"            // the caller's input can never succeed
	PermissionDenied  Code = "permission-denied"  // the chain refuses this reader or writer
	Unavailable       Code = "unavailable"        // the chain cannot be reached or says it is busy
	ResourceExhausted Code = "resource-exhausted" // a limit of ours or theirs; try later
	DeadlineExceeded  Code = "deadline-exceeded"  // time ran out and nothing was changed
	Canceled          Code = "canceled"           // the caller went away, or the ledger was closed
	OutcomeUnknown    Code = "outcome-unknown"    // something was sent, and no receipt could even be kept
	NotReady          Code = "not-ready"          // still catching up; try later
	CursorInvalid     Code = "cursor-invalid"     // of another chain, or not a cursor
	TooLarge          Code = "too-large"          // above a size that is known beforehand
	Pruned            Code = "pruned"             // the node no longer has that part of history
	Unsupported       Code = "unsupported"        // not among the chain's abilities
	Corrupt           Code = "corrupt"            // an answer that cannot be decoded
	Unknown           Code = "unknown"            // everything else; treated as an outage
)

// Error is how a driver fails. Its text may name hosts and is for the log only: what a client is told is made from the
// code.
type Error struct {
	Code       Code
	RetryAfter time.Duration // when it is worth to try again; 0 says nothing
	Err        error
}

// Errorf makes an *Error; %w keeps the cause.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Err: fmt.Errorf(format, args...)}
}

// Error gives the code and the cause.
func (e *Error) Error() string {
	if e.Err == nil {
		return string(e.Code)
	}
	return string(e.Code) + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf classifies any error: that of the *Error in its chain, Canceled and DeadlineExceeded for a context's own,
// Unknown for the rest, and "" for nil.
func CodeOf(err error) Code {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	case errors.Is(err, context.Canceled):
		return Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return DeadlineExceeded
	}
	return Unknown
}

// IsOutage reports whether an error says nothing about the thing asked for, only that it could not be asked. An outage
// is never a verdict.
func IsOutage(err error) bool {
	switch CodeOf(err) {
	case "", NotFound, Conflict, Invalid, PermissionDenied, CursorInvalid, TooLarge, Unsupported:
		return false
	}
	return true
}

// FromContext classifies why ctx ended; nil while it has not.
func FromContext(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return &Error{Code: CodeOf(ctx.Err()), Err: ended{context.Cause(ctx)}}
}

// FromPanic makes an error of what a panic was recovered with, to be told to the log: where it was, and the runtime's own words
// about it. Any other value may hold what a ledger showed or a caller sent, and only its type is told.
func FromPanic(cause any) *Error {
	var words runtime.Error
	if err, ok := cause.(error); ok && errors.As(err, &words) {
		return Errorf(Unknown, "panic: %w\n%s", words, debug.Stack())
	}
	return Errorf(Unknown, "panic: a %T\n%s", cause, debug.Stack())
}

// ended is why a context ended, in words for people who need not know what a context is.
type ended struct{ cause error }

func (e ended) Error() string {
	switch {
	case errors.Is(e.cause, context.Canceled):
		return "the caller went away"
	case errors.Is(e.cause, context.DeadlineExceeded):
		return "the time for the call ran out"
	}
	return e.cause.Error()
}

func (e ended) Unwrap() error { return e.cause }

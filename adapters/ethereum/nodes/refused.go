package nodes

import (
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Refused is what a node answered in place of a result. Data is the contract's own reason, where a call was reverted.
type Refused struct {
	Method string
	Number int
	Text   string
	Data   []byte
	Kind   Kind
}

// Kind is what a refusal is about.
type Kind int

// The kinds of refusals.
const (
	Other    Kind = iota
	Reverted      // the contract refused the call
	Gone          // the node does not have that state any more
	TooMuch       // more than the node answers at once
	Limited       // too many questions
)

func (r *Refused) Error() string { return r.Method + ": " + r.Text }

// RefusedAs gives what a node answered in place of a result; nil where an error is none of these.
func RefusedAs(err error) *Refused {
	var r *Refused
	if errors.As(err, &r) {
		return r
	}
	return nil
}

// usualRetry is the wait that a caller is told.
const usualRetry = time.Second

func outage(code driver.Code, err error) *driver.Error {
	return &driver.Error{Code: code, RetryAfter: usualRetry, Err: err}
}

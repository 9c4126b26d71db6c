package webledger

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// answer is what a node answered, whole.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// readFaults classifies what a node says in the status of an answer to a question. What is not here is an outage, also
// where the node finds fault with the question: it says nothing about what was asked for.
var readFaults = map[int]driver.Code{
	http.StatusUnauthorized:    driver.PermissionDenied,
	http.StatusForbidden:       driver.PermissionDenied,
	http.StatusTooManyRequests: driver.ResourceExhausted,
}

// writeFaults does so for an operation.
var writeFaults = map[int]driver.Code{
	http.StatusBadRequest:            driver.Invalid,
	http.StatusUnauthorized:          driver.PermissionDenied,
	http.StatusForbidden:             driver.PermissionDenied,
	http.StatusRequestEntityTooLarge: driver.TooLarge,
	http.StatusUnprocessableEntity:   driver.Invalid,
	http.StatusTooManyRequests:       driver.ResourceExhausted,
}

// fault is the error that a status other than the expected one stands for.
func (a *answer) fault(codes map[int]driver.Code) *driver.Error {
	code, ok := codes[a.status]
	if !ok {
		code = driver.Unavailable
	}
	e := driver.Errorf(code, "the node answers %d %s%s", a.status, http.StatusText(a.status), a.message())
	if code == driver.ResourceExhausted || code == driver.Unavailable {
		e.RetryAfter = a.retryAfter()
	}
	return e
}

// message gives what the node says of its refusal, {"message","type"}, shortened: a foreign text, for the log only.
func (a *answer) message() string {
	var said struct{ Message, Type string }
	if json.Unmarshal(a.body, &said) != nil || said.Message == "" {
		return ""
	}
	return fmt.Sprintf(" (%.40q %.200q)", said.Type, said.Message)
}

// The waits that a caller is told where the node names none, and the longest that a node is believed.
const (
	usualRetry   = time.Second
	longestRetry = time.Hour
)

func (a *answer) retryAfter() time.Duration {
	said := a.header.Get("Retry-After")
	wait := usualRetry
	if seconds, err := strconv.ParseUint(said, 10, 31); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(said); err == nil {
		wait = time.Until(at)
	}
	return min(max(wait, usualRetry), longestRetry)
}

// unreachable classifies why a request had no whole answer.
func unreachable(ctx context.Context, err error) error {
	var classified *driver.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &classified):
		return err
	case ctx.Err() != nil:
		return driver.FromContext(ctx)
	}
	return &driver.Error{Code: driver.Unavailable, RetryAfter: usualRetry, Err: fmt.Errorf("ask the node: %w", err)}
}

// maxDepth is how deep an answer may be nested: a record of the deepest kind that package ld takes, in its block.
const maxDepth = 48

// decode reads one JSON value of bounded depth into v. Members that v does not name are passed over.
func decode(data []byte, v any) error {
	if !shallow(data) {
		return driver.Errorf(driver.Corrupt, "an answer nested more than %d deep", maxDepth)
	}
	if err := json.Unmarshal(data, v); err != nil {
		return driver.Errorf(driver.Corrupt, "decode the node's answer: %w", err)
	}
	return nil
}

// shallow reports whether no value is nested more than maxDepth deep. It may be wrong about what is not JSON.
func shallow(data []byte) bool {
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			end := endOfString(data[i+1:])
			if end < 0 {
				return true
			}
			i += end + 1
		case '{', '[':
			if depth++; depth > maxDepth {
				return false
			}
		case '}', ']':
			depth--
		}
	}
	return true
}

// endOfString gives the place of the quote that ends a string whose first byte is data[0]; -1 if none does.
func endOfString(data []byte) int {
	for at := 0; ; at++ {
		next := bytes.IndexAny(data[at:], `"\`)
		if next < 0 {
			return -1
		}
		if at += next; data[at] == '"' {
			return at
		}
		at++
		if at >= len(data) {
			return -1
		}
	}
}

package remote

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"
	"unicode"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// usualRetry is the wait that a caller is told where the server answers and names none.
const usualRetry = time.Second

// read decodes the text of a 200.
func read(op protocol.Operation, resp *http.Response, text []byte, message any) error {
	if !isType(resp, protocol.MediaType) {
		return mistyped(op, resp)
	}
	if err := protocol.ReadAnswer(text, message); err != nil {
		return slip(onMessages, "the answer to %s cannot be read: %w", op, err)
	}
	return nil
}

// answeredBy gives the URI of the ledger that gave an answer.
func answeredBy(resp *http.Response) string { return resp.Header.Get(protocol.LedgerHeader) }

// failure is the error that any status but 200 stands for. Only a problem of the protocol's own, which has a code, says
// anything about what was asked for: a proxy's "404 Not Found" is an outage, and so is a gateway's that knows no such
// ledger.
func failure(op protocol.Operation, resp *http.Response, text []byte) error {
	var p protocol.Problem
	if resp.StatusCode >= 400 && isType(resp, protocol.ProblemType) && protocol.ReadAnswer(text, &p) == nil && p.Code != "" {
		e := p.Err(op)
		if e.Code != driver.Corrupt {
			e.Err = &saidError{e.Err}
		}
		if e.RetryAfter == 0 && driver.IsOutage(e) {
			e.RetryAfter = retryAfter(resp)
		}
		return e
	}
	return &driver.Error{Code: foreign(resp.StatusCode), RetryAfter: retryAfter(resp), Err: unproblematic(op, resp)}
}

// saidError marks what the server itself said in a problem that can be read.
type saidError struct{ err error }

func (s *saidError) Error() string { return s.err.Error() }

// foreign classifies a status of something on the way that does not speak the protocol.
func foreign(status int) driver.Code {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired:
		return driver.PermissionDenied
	case http.StatusTooManyRequests:
		return driver.ResourceExhausted
	}
	return driver.Unavailable
}

func retryAfter(resp *http.Response) time.Duration {
	said := resp.Header.Get("Retry-After")
	wait := usualRetry
	if seconds, err := strconv.ParseUint(said, 10, 31); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(said); err == nil {
		wait = time.Until(at)
	}
	return min(max(wait, usualRetry), protocol.MaxRetryAfter)
}

var errNoAnswer = errors.New("no whole answer came in time")

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
	case errors.Is(err, context.DeadlineExceeded):
		err = errNoAnswer
	}
	return driver.Errorf(driver.Unavailable, "ask the remote ledger: %w", err)
}

// plain gives a text of the server's that can be shown to a caller: one line, no longer than most characters.
func plain(text string, most int) string {
	var out []rune
	for _, r := range text {
		if len(out) == most {
			break
		}
		if !unicode.IsPrint(r) {
			r = ' '
		}
		out = append(out, r)
	}
	return string(out)
}

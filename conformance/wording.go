package conformance

import (
	"errors"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Reports are read by people who built a server in any language: what is told there is told in words of the protocol.

// saying tells an error, its code first.
func saying(err error) string {
	var e *driver.Error
	if errors.As(err, &e) && strings.HasPrefix(err.Error(), string(e.Code)) {
		return err.Error()
	}
	return string(driver.CodeOf(err)) + ": " + err.Error()
}

// goWords are what the errors of Go's own packages say of a call that ended, and what that is in other words.
var goWords = strings.NewReplacer(
	"context deadline exceeded", "the time for the call ran out",
	"context canceled", "the call was ended",
	"<nil>", "none",
)

// when tells an instant as the protocol has it.
func when(t time.Time) string {
	if t.IsZero() {
		return "no time"
	}
	return t.Format(time.RFC3339Nano)
}

// utc expects an instant that is told in UTC.
func (c *check) utc(t time.Time, whose string) {
	c.that(!t.IsZero() && t.Location() == time.UTC, whose+" tells a time, in UTC", "%s", when(t))
}

// anyOf lists codes of which each will do.
func anyOf(codes []driver.Code) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = string(code)
	}
	return strings.Join(words, " or ")
}

// listed joins what a list lacks or has too much of into a sentence.
func listed[S ~string](items []S) string {
	if len(items) == 0 {
		return "none"
	}
	words := make([]string, len(items))
	for i, item := range items {
		words[i] = string(item)
	}
	return strings.Join(words, ", ")
}

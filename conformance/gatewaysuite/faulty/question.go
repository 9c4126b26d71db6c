package faulty

import (
	"bytes"
	"context"
	"net/http"
	"strings"
)

// question is a request on its way to the right gateway.
type question struct {
	*http.Request
	body []byte
}

// said is an answer of the right gateway on its way back.
type said struct {
	question *question
	status   int
	header   http.Header
	body     []byte
}

type questionKey struct{}

func withQuestion(q *question) context.Context {
	return context.WithValue(q.Context(), questionKey{}, q)
}

// on reports whether a request is for a path that begins so.
func (q *question) on(prefix string) bool { return strings.HasPrefix(q.URL.Path, prefix) }

// set gives a request a parameter.
func (q *question) set(name, value string) {
	values := q.URL.Query()
	values.Set(name, value)
	q.URL.RawQuery = values.Encode()
}

// tells reports whether an answer holds a text.
func (a *said) tells(text string) bool { return bytes.Contains(a.body, []byte(text)) }

// unset takes a parameter from a request.
func (q *question) unset(name string) {
	values := q.URL.Query()
	values.Del(name)
	q.URL.RawQuery = values.Encode()
}

// before is a text up to another one.
func before(text, end string) string {
	text, _, _ = strings.Cut(text, end)
	return text
}

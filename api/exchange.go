package api

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// requestLimits bound a request's JSON: a document of 999 full lines beside its record.
var requestLimits = ld.Limits{Bytes: maxBody, Depth: 20, Members: 250_000}

// read decodes a request's body strictly into a struct: no duplicate members, no unknown ones, nothing after it.
func read(r *http.Request, into any, members ...string) error {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != "application/json" && t != "application/ld+json" {
		return problemOf(codeMediaType)
	}
	data, err := body(r)
	if err != nil {
		return err
	}
	obj, err := ld.Parse(data, requestLimits)
	if err != nil {
		return faulty(err)
	}
	var unknown schemas.Faults
	for name := range obj {
		if !slices.Contains(members, name) {
			unknown.Add(schemas.Pointer("", name), nil, "must not be there; known are "+strings.Join(members, ", "), "")
		}
	}
	if len(unknown) > 0 {
		return &gateway.Problem{Code: gateway.BadInput, Faults: unknown}
	}
	if err := json.Unmarshal(data, into); err != nil {
		return &gateway.Problem{Code: gateway.BadInput, Detail: "a member is of the wrong type"}
	}
	return nil
}

func body(r *http.Request) ([]byte, error) {
	data, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, problemOf(codeTooLarge)
	case err != nil:
		return nil, &gateway.Problem{Code: gateway.BadInput, Detail: "the request ended early"}
	}
	return data, nil
}

// faulty words what ld found wrong with JSON.
func faulty(err error) error {
	p := &gateway.Problem{Code: gateway.BadInput}
	if !errors.As(err, &p.Faults) {
		p.Detail = "the request is not one JSON object"
	}
	return p
}

// write answers with JSON, under the linked-data type where the client asks for it.
func write(w http.ResponseWriter, r *http.Request, status int, v any) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	if strings.Contains(r.Header.Get("Accept"), "application/ld+json") {
		h.Set("Content-Type", "application/ld+json")
	}
	h.Set("Vary", "Accept")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
}

// query reads the parameters of one request, and keeps what is wrong with them.
type query struct {
	r      *http.Request
	faults schemas.Faults
}

// known refuses parameters that do not exist: a misspelt filter must not look like one that matched everything.
func (q *query) known(names ...string) {
	for name := range q.r.URL.Query() {
		if !slices.Contains(names, name) {
			q.faults.Add("?"+name, nil, "must be one of "+strings.Join(names, ", "), "")
		}
	}
}

func (q *query) text(name string) string { return q.r.URL.Query().Get(name) }

func (q *query) number(name string) int {
	s := q.text(name)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		q.faults.Add("?"+name, s, "must be a whole number, 0 or more", "")
	}
	return n
}

func (q *query) instant(name string) time.Time {
	s := q.text(name)
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		q.faults.Add("?"+name, s, "must be an instant such as 2026-11-23T00:00:00Z", "RFC 3339")
	}
	return t
}

// options reads ?documents= and ?include=.
func (q *query) options(documents bool) gateway.Options {
	o := gateway.Options{Documents: documents}
	switch s := q.text("documents"); s {
	case "":
	case "true", "false":
		o.Documents = s == "true"
	default:
		q.faults.Add("?documents", s, "must be true or false", "")
	}
	switch s := q.text("include"); s {
	case "":
	case "invalid":
		o.Invalid = true
	default:
		q.faults.Add("?include", s, `must be "invalid"`, "")
	}
	return o
}

func (q *query) err() error {
	if len(q.faults) == 0 {
		return nil
	}
	return &gateway.Problem{Code: gateway.BadInput, Faults: q.faults}
}

// version reads a version in a path.
func versionOf(r *http.Request) (uint64, error) {
	s := chi.URLParam(r, "version")
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n == 0 {
		return 0, &gateway.Problem{Code: gateway.BadInput, Faults: schemas.Faults{
			schemas.NewFault("/version", s, "must be a whole number, 1 or more", ""),
		}}
	}
	return n, nil
}

package api_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// router finds the operation that the document describes for a request.
var router = sync.OnceValues(func() (routers.Router, error) {
	doc := *description()
	doc.Servers = nil
	return gorillamux.NewRouter(&doc)
})

// hold fails the test unless an answer is as it is described, and the request that led to a good one too.
func (s *site) hold(c call, a *answer) {
	s.t.Helper()
	if a.Status >= http.StatusBadRequest {
		holdProblem(s.t, c, a)
	}
	find, err := router()
	if err != nil {
		s.t.Fatal(err)
	}
	request := c.request(s.server.URL)
	route, params, err := find.FindRoute(request)
	if err != nil {
		holdStray(s.t, c, a, err)
		return
	}
	for name, escaped := range params {
		params[name], _ = url.PathUnescape(escaped)
	}
	tried.Store(route.Method+" "+route.Path, true)
	in := &openapi3filter.RequestValidationInput{Request: request, PathParams: params, Route: route}
	if a.Status < http.StatusBadRequest {
		if err := openapi3filter.ValidateRequest(s.t.Context(), in); err != nil {
			s.t.Errorf("%s %s was taken, and is not described: %v", c.method, c.path, err)
		}
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: a.Status, Header: a.Header,
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true}}
	out.Body = io.NopCloser(bytes.NewReader(a.Body))
	if err := openapi3filter.ValidateResponse(s.t.Context(), out); err != nil {
		s.t.Errorf("%s %s: answer %d is not as described: %v\n%.2000s", c.method, c.path, a.Status, err, a.Body)
	}
}

// backend is what no problem may tell: where a ledger or an evidence server is, and how it failed.
var backend = []string{"10.9.8.7", "26657", "127.0.0.1", "localhost", "connection refused", "dial tcp", "goroutine", ".go:", "memory:"}

func holdProblem(t testing.TB, c call, a *answer) {
	t.Helper()
	if c.method == http.MethodHead {
		return
	}
	if media := a.Header.Get("Content-Type"); media != "application/problem+json" {
		t.Errorf("%s %s: %d of type %q, want a problem", c.method, c.path, a.Status, media)
	}
	for _, secret := range backend {
		if strings.Contains(string(a.Body), secret) {
			t.Errorf("%s %s: the problem tells %q: %s", c.method, c.path, secret, a.Body)
		}
	}
}

// holdStray holds an answer to a request that no operation is described for: it can only be a problem.
func holdStray(t testing.TB, c call, a *answer, err error) {
	t.Helper()
	if !errors.Is(err, routers.ErrPathNotFound) && !errors.Is(err, routers.ErrMethodNotAllowed) {
		t.Fatal(err)
	}
	if c.method == http.MethodHead {
		return
	}
	if a.Status < http.StatusBadRequest {
		t.Errorf("%s %s: %d, and it is not described", c.method, c.path, a.Status)
		return
	}
	var body any
	if err := json.Unmarshal(a.Body, &body); err != nil {
		t.Fatal(err)
	}
	kind := "Problem"
	if strings.Contains(c.path, "/native/") {
		kind = "NativeProblem"
	}
	schema := description().Components.Schemas[kind].Value
	if err := schema.VisitJSON(body, openapi3.EnableJSONSchema2020()); err != nil {
		t.Errorf("%s %s: %v\n%s", c.method, c.path, err, a.Body)
	}
}

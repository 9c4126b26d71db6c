package ledgerhttp_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// document reads the protocol's OpenAPI document, and makes sure that it is one.
var document = sync.OnceValues(func() (routers.Router, error) {
	doc, err := openapi3.NewLoader().LoadFromData(protocol.OpenAPI())
	if err != nil {
		return nil, err
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, err
	}
	return gorillamux.NewRouter(doc)
})

// documented holds every answer of a handler against the document, and every request that the handler takes.
func documented(t testing.TB, h http.Handler) http.Handler {
	t.Helper()
	router, err := document()
	if err != nil {
		t.Fatal(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request, err := io.ReadAll(r.Body)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		r.Body = io.NopCloser(bytes.NewReader(request))
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, r)
		r.Body = io.NopCloser(bytes.NewReader(request))
		holds(t, router, r, answer)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	})
}

func holds(t testing.TB, router routers.Router, r *http.Request, answer *httptest.ResponseRecorder) {
	route, params, err := router.FindRoute(r)
	if err != nil {
		return // a path or a method that there is not
	}
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route}
	if err := openapi3filter.ValidateRequest(context.Background(), in); err != nil && answer.Code == http.StatusOK {
		t.Errorf("%s: a request that the document does not allow was taken: %v", r.URL.Path, err)
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: answer.Code, Header: answer.Header(),
		Body: io.NopCloser(bytes.NewReader(answer.Body.Bytes())), Options: &openapi3filter.Options{IncludeResponseStatus: true}}
	if err := openapi3filter.ValidateResponse(context.Background(), out); err != nil {
		t.Errorf("%s answered %d %s: %v", r.URL.Path, answer.Code, answer.Body.Bytes(), err)
	}
}

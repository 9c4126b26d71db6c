package api

import (
	_ "embed"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/schemas"
)

//go:embed openapi.json
var openapi []byte

// OpenAPI is the document that describes this interface (OpenAPI 3.1). The slice is shared: read it only.
func OpenAPI() []byte { return openapi }

func (s *server) openapi(w http.ResponseWriter, _ *http.Request) {
	serve(w, "application/json", openapi)
}

// serve answers with bytes that change with the program only.
func serve(w http.ResponseWriter, mediaType string, data []byte) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = w.Write(data)
}

// ourContexts is where the contexts of this project have their names.
const ourContexts = "https://w3id.org/"

// context serves the embedded JSON-LD contexts under the last parts of their URLs, joined by hyphens.
func (s *server) context(w http.ResponseWriter, r *http.Request) {
	urls := schemas.ContextURLs()
	at := slices.IndexFunc(urls, func(url string) bool { return contextName(url) == chi.URLParam(r, "name") })
	if at < 0 {
		s.refuse(w, r, problemOf(codeNoRoute))
		return
	}
	data, _ := schemas.Context(urls[at])
	serve(w, "application/ld+json", data)
}

func contextName(url string) string {
	return strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(url, ourContexts), "https://www.w3.org/ns/"), "/", "-")
}

// schema serves the embedded JSON Schemas by name.
func (s *server) schema(w http.ResponseWriter, r *http.Request) {
	data, ok := schemas.Schema(strings.TrimSuffix(chi.URLParam(r, "name"), ".json"))
	if !ok {
		s.refuse(w, r, problemOf(codeNoRoute))
		return
	}
	serve(w, "application/schema+json", data)
}

// healthy says that the process works.
func (s *server) healthy(w http.ResponseWriter, r *http.Request) {
	write(w, r, http.StatusOK, map[string]string{"status": "ok"})
}

// ready says whether at least one ledger can be asked.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if !s.Ready() {
		write(w, r, http.StatusServiceUnavailable, map[string]string{"status": "no ledger can be asked"})
		return
	}
	write(w, r, http.StatusOK, map[string]string{"status": "ok"})
}

// witness answers a page of the witness log.
func (s *server) witness(w http.ResponseWriter, r *http.Request) {
	q := &query{r: r}
	q.known("ledger", "after", "limit")
	limit := q.number("limit")
	if err := q.err(); err != nil {
		s.refuse(w, r, err)
		return
	}
	uri, err := s.LedgerURI(q.text("ledger"))
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	page, err := s.Witness.Page(witness.Query{Ledger: uri, After: q.text("after"), Limit: limit})
	if errors.Is(err, witness.ErrCursor) {
		err = &gateway.Problem{Code: gateway.CursorMismatch, Detail: "the cursor is not one that this gateway gave", Err: err}
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	write(w, r, http.StatusOK, page)
}

// witnessExport answers the whole log above a cursor, with the gateway's signed statement about it as the last line. An
// answer without that line was cut off, and verifies as such.
func (s *server) witnessExport(w http.ResponseWriter, r *http.Request) {
	q := &query{r: r}
	q.known("after")
	if err := q.err(); err != nil {
		s.refuse(w, r, err)
		return
	}
	after := q.text("after")
	if _, err := s.Witness.Page(witness.Query{After: after, Limit: 1}); err != nil {
		s.refuse(w, r, &gateway.Problem{Code: gateway.CursorMismatch, Detail: "the cursor is not one that this gateway gave", Err: err})
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	if err := s.Witness.Export(w, after, s.Signer); err != nil {
		s.log.WarnContext(r.Context(), "witness export ended early", "cause", err.Error())
	}
}

package api

import (
	_ "embed"
	"net/http"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

//go:embed openapi.json
var openapi []byte

// OpenAPI is the document that describes this interface (OpenAPI 3.1). The slice is shared: read it only.
func OpenAPI() []byte { return openapi }

func (s *server) openapi(w http.ResponseWriter, _ *http.Request) {
	serve(w, mediaJSON, openapi)
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
	at := slices.IndexFunc(urls, func(url string) bool { return contextName(url) == inPath(r, "name") })
	if at < 0 {
		s.refuse(w, r, problemOf(codeNoRoute))
		return
	}
	data, _ := schemas.Context(urls[at])
	serve(w, mediaLinkedData, data)
}

func contextName(url string) string {
	return strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(url, ourContexts), "https://www.w3.org/ns/"), "/", "-")
}

// schema serves the embedded JSON Schemas by name.
func (s *server) schema(w http.ResponseWriter, r *http.Request) {
	data, ok := schemas.Schema(strings.TrimSuffix(inPath(r, "name"), ".json"))
	if !ok {
		s.refuse(w, r, problemOf(codeNoRoute))
		return
	}
	serve(w, mediaSchema, data)
}

// healthy says that the process works.
func (s *server) healthy(w http.ResponseWriter, r *http.Request) {
	write(w, r, http.StatusOK, map[string]string{"status": "ok"})
}

// ready says whether at least one ledger can be asked.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if !s.Ready() {
		s.refuse(w, r, problemOf(codeNoLedger))
		return
	}
	write(w, r, http.StatusOK, map[string]string{"status": "ok"})
}

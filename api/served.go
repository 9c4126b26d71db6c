package api

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

//go:embed openapi.json
var openapi []byte

// OpenAPI is the document that describes this interface (OpenAPI 3.1). The slice is shared: read it only.
func OpenAPI() []byte { return openapi }

func (s *server) openapi(w http.ResponseWriter, r *http.Request) {
	serve(w, r, mediaJSON, keepHour, openapi)
}

// How long bytes may be kept that change with the program only. What a context says of a term never changes under its
// name, or what was signed under it would not verify any more; a later program may add terms.
const (
	keepHour = "public, max-age=3600"
	keepDay  = "public, max-age=86400, immutable"
)

// serve answers with bytes that change with the program only, under a tag of those bytes.
func serve(w http.ResponseWriter, r *http.Request, mediaType, keep string, data []byte) {
	tag := bytesTag(data)
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", keep)
	if holds(r, tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", mediaType)
	_, _ = w.Write(data)
}

func bytesTag(data []byte) string {
	sum := sha256.Sum256(data)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
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
	serve(w, r, mediaLinkedData, keepDay, data)
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
	serve(w, r, mediaSchema, keepHour, data)
}

// healthy says that the process works.
func (s *server) healthy(w http.ResponseWriter, r *http.Request) {
	write(w, r, http.StatusOK, map[string]string{"status": "ok"})
}

// ready says whether at least one ledger can be asked, and that there is no end in sight.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if s.leaving.Err() != nil {
		s.refuse(w, r, problemOf(codeEnding))
		return
	}
	if !s.Ready() {
		s.refuse(w, r, problemOf(codeNoLedger))
		return
	}
	write(w, r, http.StatusOK, map[string]string{"status": "ok"})
}

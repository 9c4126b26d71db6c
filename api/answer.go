package api

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// The media types of answers. A problem is never negotiated: it is problem+json to everybody.
const (
	mediaJSON       = "application/json"
	mediaLinkedData = "application/ld+json"
	mediaSchema     = "application/schema+json"
	mediaProblem    = "application/problem+json"
	mediaLines      = "application/x-ndjson"
	mediaEvents     = "text/event-stream"
)

// write answers with JSON, under the linked-data type where the client prefers it. Nobody may keep the answer.
func write(w http.ResponseWriter, r *http.Request, status int, v any) {
	h := w.Header()
	h["Vary"], h["Cache-Control"] = byAccept, keepNone
	encode(w, mediaFor(r), status, v)
}

func mediaFor(r *http.Request) string {
	if accepts(r.Header, mediaLinkedData) > accepts(r.Header, mediaJSON) {
		return mediaLinkedData
	}
	return mediaJSON
}

func encode(w http.ResponseWriter, media string, status int, v any) {
	b := buffers.Get().(*[]byte)
	*b = appended((*b)[:0], v)
	h := w.Header()
	h["Content-Type"], h["Content-Length"] = []string{media}, []string{strconv.Itoa(len(*b))}
	w.WriteHeader(status)
	_, _ = w.Write(*b)
	if cap(*b) <= 4*usual {
		buffers.Put(b)
	}
}

// buffers are used again for what is written, but for the few that are large.
var buffers = sync.Pool{New: func() any {
	b := make([]byte, 0, usual)
	return &b
}}

// appender is an answer that writes itself as JSON, without having what was signed read once more.
type appender interface {
	AppendJSON(b []byte) ([]byte, error)
}

// usual is the size that most answers keep within, in bytes.
const usual = 4 << 10

// encoded is an answer as JSON, and a newline for whoever reads it on a terminal.
func encoded(v any) []byte { return appended(make([]byte, 0, usual), v) }

// appended appends the same to what is in b.
func appended(b []byte, v any) []byte {
	if a, ok := v.(appender); ok {
		if data, err := a.AppendJSON(b); err == nil {
			return append(data, '\n')
		}
	}
	buf := bytes.NewBuffer(b)
	e := json.NewEncoder(buf)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // an answer of our own
	return buf.Bytes()
}

// negotiated refuses clients that take no JSON, before anything is done for them.
func (s *server) negotiated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		takes := func(media string) bool { return accepts(r.Header, media) > 0 }
		if !slices.ContainsFunc([]string{mediaJSON, mediaLinkedData}, takes) {
			s.refuse(w, r, problemOf(codeNotAcceptable))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// accepts answers how much a client likes a media type, from 0 (not at all) to 1, by the most specific of the ranges in
// its Accept header (RFC 9110 section 12.5.1). What is no range is passed over; no header at all likes everything.
func accepts(h http.Header, media string) float64 {
	header := strings.TrimSpace(strings.Join(h.Values("Accept"), ","))
	if header == "" {
		return 1
	}
	liking, closest := 0.0, -1
	for text := range strings.SplitSeq(header, ",") {
		name, params, err := mime.ParseMediaType(text)
		if how := closeness(name, media); err == nil && how > closest {
			liking, closest = quality(params), how
		}
	}
	return liking
}

// closeness says how specific a range is about a media type; below 0, that it does not speak of it.
func closeness(name, media string) int {
	group, _, _ := strings.Cut(media, "/")
	return slices.Index([]string{"*/*", group + "/*", media}, name)
}

func quality(params map[string]string) float64 {
	text, ok := params["q"]
	if !ok {
		return 1
	}
	q, err := strconv.ParseFloat(text, 64)
	if err != nil || q < 0 || q > 1 {
		return 0
	}
	return q
}

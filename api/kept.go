package api

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/ftagateway/ftagateway/gateway"
)

// How long an answer may be kept. What a gateway says of a record is right at the moment in which it says it, so that
// nobody may go on using it without asking; and what stands in documents is other people's business, which is to lie on
// no disk of a workstation or a proxy once it was read.
var (
	askAgain = []string{"private, no-cache"}
	keepNone = []string{"no-store"}
	byAccept = []string{"Accept"}
)

// still is an answer that knows what of it moves on by itself while it means the same.
type still interface{ Still() any }

// content is an answer that may hold what documents say.
type content interface{ Content() bool }

// kept answers a question that may be asked again, with a tag of what the answer means. Whoever has the answer with that
// tag is told that it still holds, without content (RFC 9110 section 13.1.2).
func (s *server) kept(w http.ResponseWriter, r *http.Request, v any) {
	media := mediaFor(r)
	tag := tagOf(media, v)
	h := w.Header()
	h["Etag"], h["Vary"], h["Cache-Control"] = []string{tag}, byAccept, keeping(r, v)
	setAge(h, v, s.Now())
	if holds(r, tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	encode(w, media, http.StatusOK, v)
}

// keeping says who may keep an answer: nobody what may still go away, and nobody what documents say.
func keeping(r *http.Request, v any) []string {
	if c, ok := v.(content); ok && !c.Content() && r.URL.Query().Get("finality") != gateway.Latest {
		return askAgain
	}
	return keepNone
}

// once is an answer that may be kept, with what was made of it.
type once interface {
	Once(name string, make func() string) string
}

// tagOf is a weak tag: answers that differ only in how far and how long ago a ledger was seen have the same one. It is the
// same on every gateway that answers the same, and another one for each media type.
func tagOf(media string, v any) string {
	if o, ok := v.(once); ok {
		return o.Once(media, func() string { return newTag(media, v) })
	}
	return newTag(media, v)
}

func newTag(media string, v any) string {
	if s, ok := v.(still); ok {
		v = s.Still()
	}
	sum := sha256.New()
	_, _ = sum.Write([]byte(media + "\n"))
	_, _ = sum.Write(encoded(v))
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:16]) + `"`
}

// holds reports whether a client has the answer of a tag. Tags are compared weakly; a field that cannot be read says that
// it has none.
func holds(r *http.Request, tag string) bool {
	rest := strings.TrimSpace(strings.Join(r.Header.Values("If-None-Match"), ","))
	if rest == "*" {
		return true
	}
	for rest != "" {
		var have string
		var ok bool
		if have, rest, ok = nextTag(rest); !ok {
			return false
		}
		if have == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// nextTag cuts the first tag off a list (RFC 9110 section 8.8.3), without its mark of weakness.
func nextTag(list string) (tag, rest string, ok bool) {
	list = strings.TrimPrefix(strings.TrimLeft(list, " \t,"), "W/")
	if !strings.HasPrefix(list, `"`) {
		return "", "", false
	}
	end := strings.IndexByte(list[1:], '"')
	if end < 0 {
		return "", "", false
	}
	tag, rest = list[:end+2], strings.TrimLeft(list[end+2:], " \t")
	return tag, rest, rest == "" || rest[0] == ','
}

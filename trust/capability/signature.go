package capability

import (
	"net/http"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/ld"
)

// covered is what every invocation signs.
var covered = []string{"(key-id)", "(created)", "(expires)", "(request-target)", "host", "capability-invocation"}

// maxCovered bounds how many components a signature may cover.
const maxCovered = 24

// signature is what an Authorization header says (draft-cavage-http-signatures-12), as text.
type signature struct {
	keyID, created, expires string
	components              []string // in the order in which they are signed
}

// text is what is signed: a line a component, without a newline at the end.
func (s signature) text(r *http.Request) (string, error) {
	lines := make([]string, len(s.components))
	for i, name := range s.components {
		value, ok := s.component(r, name)
		if !ok {
			return "", refuse("a signed component is not in the request")
		}
		lines[i] = name + ": " + value
	}
	return strings.Join(lines, "\n"), nil
}

func (s signature) component(r *http.Request, name string) (string, bool) {
	switch name {
	case "(key-id)":
		return s.keyID, true
	case "(created)":
		return s.created, true
	case "(expires)":
		return s.expires, true
	case "(request-target)":
		return strings.ToLower(method(r)) + " " + requestTarget(r), true
	case "host":
		return host(r), true
	}
	values := r.Header.Values(name)
	return strings.Join(values, ", "), len(values) > 0
}

func method(r *http.Request) string {
	if r.Method == "" { // what net/http sends for it
		return http.MethodGet
	}
	return r.Method
}

// requestTarget is the path and query as they stand in the request line: as they came, on a server, whatever a router
// made of the URL since.
func requestTarget(r *http.Request) string {
	if strings.HasPrefix(r.RequestURI, "/") {
		return r.RequestURI
	}
	return r.URL.RequestURI()
}

func host(r *http.Request) string {
	if r.Host != "" {
		return r.Host
	}
	return r.URL.Host
}

// digest writes the Digest header of a body.
func digest(body []byte) string { return "mh=" + ld.Sum(body).String() }

// demanded answers what a signature must cover beside that: what the body is, where the request says so, and the body,
// where there is one or the request speaks of one.
func demanded(r *http.Request, body []byte) []string {
	need := slices.Clone(covered)
	described := r.Header.Get(headerContentType) != ""
	if described {
		need = append(need, "content-type")
	}
	if described || len(body) > 0 || r.Header.Get(headerDigest) != "" {
		need = append(need, "digest")
	}
	return need
}

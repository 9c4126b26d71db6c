package api

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway"
)

// maxBody bounds a request: a record with the largest document, and room to spare.
const maxBody = 6 << 20

// recovered turns a panic into a problem, so that one request never ends the process or shows a stack. Where an answer
// has begun, the connection is cut: half an answer must not look like a whole one.
func (s *server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if aborted(cause) || begun.Status() != 0 {
				panic(http.ErrAbortHandler)
			}
			s.refuse(begun, r, &gateway.Problem{Code: codeInternal, Err: driver.FromPanic(cause).Err})
		}()
		next.ServeHTTP(begun, r)
	})
}

// sameHost refuses names other than loopback's: a name that an attacker lets point here (DNS rebinding) is one of theirs.
func (s *server) sameHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) {
			s.refuse(w, r, problemOf(codeForeignHost))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(hostport, "["), "]")
	}
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}

// sameOrigin refuses what a page of another origin makes a browser send.
func (s *server) sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, problemOf(codeOrigin))
	}))
	return protection.Handler(next)
}

// bounded bounds the requests at once, the size of each, and what all of them hold.
func (s *server) bounded(concurrency int) func(http.Handler) http.Handler {
	slots := make(chan struct{}, concurrency)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			select {
			case slots <- struct{}{}:
				defer func() { <-slots }()
			default:
				s.refuse(w, r, problemOf(codeBusy))
				return
			}
			if r.ContentLength > maxBody { // it says so itself
				s.refuse(w, r, problemOf(codeTooLarge))
				heardOut(w, r)
				return
			}
			if r.Body != http.NoBody {
				body := &metered{ReadCloser: http.MaxBytesReader(serversOwn(w), r.Body, maxBody), room: s.room}
				defer body.release()
				r.Body = body
			}
			next.ServeHTTP(w, r)
		})
	}
}

// heardOut sends an answer on its way, and then lets the client send some more of what nobody reads: one that is cut off
// while it still sends never reads the answer.
func heardOut(w http.ResponseWriter, r *http.Request) {
	_ = http.NewResponseController(w).Flush()
	_, _ = io.Copy(io.Discard, http.MaxBytesReader(serversOwn(w), r.Body, maxBody))
}

// serversOwn is the server's writer below what was wrapped around it. Only that one can be told that a request is too
// large: the server then waits before it cuts off a client that still sends, which otherwise never reads the answer.
func serversOwn(w http.ResponseWriter) http.ResponseWriter {
	for {
		wrapped, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return w
		}
		w = wrapped.Unwrap()
	}
}

// hardened says to browsers that nothing here is a page: not to be guessed at, run, framed or told to others.
func hardened(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h["X-Content-Type-Options"], h["Content-Security-Policy"], h["Referrer-Policy"] = noGuess, noContent, noReferrer
		next.ServeHTTP(w, r)
	})
}

// The lines of headers that every answer has, made once: they are never changed.
var (
	noGuess    = []string{"nosniff"}
	noContent  = []string{"default-src 'none'; frame-ancestors 'none'"}
	noReferrer = []string{"no-referrer"}
)

// wrongMethod says which methods a path has (RFC 9110 section 15.5.6).
func (s *server) wrongMethod(w http.ResponseWriter, r *http.Request) {
	path := r.URL.EscapedPath()
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		if chi.RouteContext(r.Context()).Routes.Match(chi.NewRouteContext(), method, path) {
			w.Header().Add("Allow", method)
		}
	}
	s.refuse(w, r, problemOf(codeNoMethod))
}

// aborted reports whether a handler ended its answer on purpose.
func aborted(cause any) bool {
	err, ok := cause.(error)
	return ok && errors.Is(err, http.ErrAbortHandler)
}

package server

import (
	"io"
	"net/http"
	"time"

	"github.com/ftagateway/ftagateway/evidence/clients"
)

// bound gives each request its time, and each client its share of requests.
func (s *Server) bound(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		deadlines(w, s.cfg.Timeout)
		from := clients.Of(r.RemoteAddr)
		if !s.clients.Enter(from) {
			turnAway(w, busy)
			return
		}
		defer s.clients.Leave(from)
		next.ServeHTTP(w, r)
	})
}

// deadlines bounds how long a client may take to send, and as long again to receive: who was too slow is still told. A
// recorder in a test has no connection to bound.
func deadlines(w http.ResponseWriter, each time.Duration) {
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Now().Add(each))
	_ = c.SetWriteDeadline(time.Now().Add(2 * each))
}

// turnAway answers without reading the body any further, and so ends the connection.
func turnAway(w http.ResponseWriter, p problem) {
	w.Header().Set("Connection", "close")
	p.write(w)
}

// body reads a request's body of at most limit bytes into the memory that all requests share; release gives that back.
// If it cannot, the request is answered, and ok is false.
func (s *Server) body(w http.ResponseWriter, r *http.Request, limit int64) (data []byte, release func(), ok bool) {
	switch n := r.ContentLength; {
	case n < 0:
		turnAway(w, noLength)
		return nil, nil, false
	case n > limit:
		turnAway(w, tooLarge)
		return nil, nil, false
	}
	if release, ok = s.reserve(r.ContentLength); !ok {
		turnAway(w, unavailable)
		return nil, nil, false
	}
	data = make([]byte, r.ContentLength)
	if _, err := io.ReadFull(r.Body, data); err != nil {
		release()
		turnAway(w, slowBody)
		return nil, nil, false
	}
	return data, release, true
}

// reserve takes n bytes of the shared memory, if they are free.
func (s *Server) reserve(n int64) (release func(), ok bool) {
	if !s.memory.TryAcquire(n) {
		return nil, false
	}
	return func() { s.memory.Release(n) }, true
}

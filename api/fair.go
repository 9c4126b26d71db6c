package api

import (
	"net/http"

	"github.com/ftagateway/ftagateway/evidence/clients"
)

// fair refuses a client that has all of its places taken.
func (s *server) fair(c *clients.Clients) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			who := clients.Of(r.RemoteAddr)
			if !c.Enter(who) {
				s.refuse(w, r, problemOf(codeTooMany))
				return
			}
			defer c.Leave(who)
			next.ServeHTTP(w, r)
		})
	}
}

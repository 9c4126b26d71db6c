package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/ftagateway/ftagateway/evidence"
)

// Handler answers the routes of the package comment. Whatever else is asked for gets the common refusal.
func (s *Server) Handler() http.Handler {
	r := chi.NewRouter()
	r.Use(harden, s.bound)
	r.Post("/evidence/{collection}", s.keep)
	r.Get("/evidence/{collection}/{uuid}", s.give)
	r.Post(evidence.RevocationPath+"{id}", s.revoke)
	r.Get("/healthz", s.health)
	nothing := func(w http.ResponseWriter, _ *http.Request) { refusal.write(w) }
	r.NotFound(nothing)
	r.MethodNotAllowed(nothing)
	return r
}

// harden keeps a browser from doing anything with evidence but saving it, and everybody from keeping a copy by habit.
func harden(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		h.Set("Content-Disposition", "attachment")
		next.ServeHTTP(w, r)
	})
}

func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	if err := s.log.Err(); err != nil {
		s.cfg.Log.Error("the access log cannot be written, nothing is given out", "error", err)
		unavailable.write(w)
		return
	}
	answer(w, http.StatusOK, "application/json", []byte(`{"status":"ok"}`))
}

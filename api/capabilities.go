package api

import (
	"errors"
	"net/http"

	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// handOver takes a capability to a partner's evidence. A newer one for the same collection takes the place of the older.
func (s *server) handOver(w http.ResponseWriter, r *http.Request) {
	held, err := s.take(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	write(w, r, http.StatusCreated, held)
}

func (s *server) take(r *http.Request) (client.Held, error) {
	if s.Holdings == nil {
		return client.Held{}, noCapabilityKey()
	}
	data, err := body(r)
	if err != nil {
		return client.Held{}, err
	}
	c, err := capability.Parse(data)
	if err != nil {
		return client.Held{}, faulty(err)
	}
	held, err := s.Holdings.Add(c)
	if errors.Is(err, client.ErrForgotten) || errors.Is(err, client.ErrTooMany) {
		return held, &gateway.Problem{Code: gateway.Conflict, Detail: err.Error()}
	}
	if err != nil {
		return held, faulty(err)
	}
	return held, nil
}

func noCapabilityKey() error {
	return &gateway.Problem{Code: gateway.NotConfigured, Detail: "no capability key is configured: no capability can be used here"}
}

// capabilities lists what is held.
func (s *server) capabilities(w http.ResponseWriter, r *http.Request) {
	if s.Holdings == nil {
		s.refuse(w, r, noCapabilityKey())
		return
	}
	all, err := s.Holdings.List()
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	if all == nil {
		all = []client.Held{}
	}
	write(w, r, http.StatusOK, map[string]any{"capabilities": all})
}

// forget gives a capability up, for good.
func (s *server) forget(w http.ResponseWriter, r *http.Request) {
	if s.Holdings == nil {
		s.refuse(w, r, noCapabilityKey())
		return
	}
	there, err := s.Holdings.Forget(inPath(r, "id"))
	switch {
	case err != nil:
		s.refuse(w, r, err)
	case !there:
		s.refuse(w, r, &gateway.Problem{Code: gateway.NotFound, Detail: "no capability of that id is held"})
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

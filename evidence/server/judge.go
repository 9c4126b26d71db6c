package server

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/accesslog"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// access is one request with what its capability says of it.
type access struct {
	about   accesslog.Entry     // what is asked for, where it has the form of something that could be there
	invoked *capability.Invoked // nil when nothing was verified
	reason  error               // why it is refused, for the log; nil when it may go on
}

// errAbsent is the reason to refuse what would be given if it were there.
var errAbsent = errors.New("there is no such evidence")

// verifierFor makes a verifier of capabilities under one root. Whether one was revoked is asked apart, by judge, so that
// the stores are read as often for a forged capability as for a true one.
func (s *Server) verifierFor(target, controller string) *capability.Verifier {
	return &capability.Verifier{
		Host:           s.host,
		Now:            s.cfg.Now,
		Chains:         s.chains,
		RootController: func(t string) (string, bool) { return controller, t == target },
	}
}

// judge says whether a request may do the action: its capability first, then whether that, or one it stands on, was
// revoked. Both are done for every request. The error is for a store that failed, and no refusal.
func (s *Server) judge(v *capability.Verifier, r *http.Request, body []byte, action string) (access, error) {
	a := access{about: about(r, action)}
	if a.invoked, a.reason = v.Verify(r, body); a.reason != nil {
		a.invoked = nil
	} else {
		a.reason = unlike(r, a.invoked, action)
	}
	revoked, err := s.stores.Revoked(a.names()...)
	if revoked {
		a.reason = errors.Join(a.reason, errors.New("a capability of the chain was revoked"))
	}
	return a, err
}

// unlike says why a true invocation is not one for this request. A query is refused: a capability may be narrowed by
// one, and a server that passed over it would give more than was delegated.
func unlike(r *http.Request, inv *capability.Invoked, action string) error {
	switch {
	case inv.Action != action:
		return fmt.Errorf("action %q was invoked, and %q is wanted", inv.Action, action)
	case r.URL.RawQuery != "" || r.URL.ForceQuery:
		return errors.New("the URL has a query")
	}
	return nil
}

// names are those under which the invoked capability, and what it stands on, would have been revoked.
func (a access) names() []string {
	if a.invoked == nil {
		return nil
	}
	names, err := evidence.Names(a.invoked.Capability)
	if err != nil {
		return nil // verified just now: its proofs have keys
	}
	return names
}

// about says what a request asks for. Names that nothing can have are left out.
func about(r *http.Request, action string) accesslog.Entry {
	e := accesslog.Entry{Action: action}
	if collection := chi.URLParam(r, "collection"); evidence.CheckCollection(collection) == nil {
		e.Collection = collection
	}
	if uuid := chi.URLParam(r, "uuid"); evidence.CheckUUID(uuid) == nil {
		e.Evidence = urn(uuid)
	}
	return e
}

func urn(uuid string) string { return "urn:uuid:" + uuid }

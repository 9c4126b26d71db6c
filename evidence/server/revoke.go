package server

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"github.com/go-chi/chi/v5"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/accesslog"
	"github.com/ftagateway/ftagateway/evidence/internal/revocation"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// maxCapability bounds a capability in a body, in bytes.
const maxCapability = 64 << 10

// revoke answers POST /zcaps/revocations/{id}, as ezcap-express has it: the body is the capability to revoke, and what
// is invoked is the root of this very URL, whose controllers are those who delegated the capability or one above it.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	body, release, ok := s.body(w, r, maxCapability)
	if !ok {
		return
	}
	defer release()
	c, by, reason := s.revocable(r, body)
	a, err := s.judge(s.verifierOf(r, by), r, body, evidence.Write)
	switch {
	case err != nil:
		s.fail(w, "ask whether a capability was revoked", err)
	case reason != nil || a.reason != nil:
		s.refuse(w, a, errors.Join(reason, a.reason))
	default:
		s.remember(w, a, c)
	}
}

// revocable reads the capability in a body, and answers who may revoke it. It must be a true delegation of this
// server's root: otherwise strangers could have any number of revocations remembered.
func (s *Server) revocable(r *http.Request, body []byte) (*capability.Capability, []string, error) {
	c, err := capability.Parse(body)
	if err != nil {
		return nil, nil, errors.New("the body is no capability")
	}
	if id, err := url.PathUnescape(chi.URLParam(r, "id")); err != nil || id != c.ID || c.IsRoot() {
		return nil, nil, errors.New("the body is another capability than the URL says, or a root")
	}
	if err := s.verifier.VerifyDelegation(c); err != nil {
		return nil, nil, err
	}
	by, err := evidence.Delegators(c)
	return c, by, err
}

// keyID finds the key that a request says it is signed with.
var keyID = regexp.MustCompile(`[ ,]keyId="([^"#]+)`)

// verifierOf makes a verifier for the root capability of a request's own URL, which several keys control. It is told
// of one: the key that the request names, if it is among them. That the request is signed with it, Verify finds out.
func (s *Server) verifierOf(r *http.Request, keys []string) *capability.Verifier {
	controller := ""
	named := keyID.FindStringSubmatch(r.Header.Get("Authorization"))
	if named != nil && slices.Contains(keys, named[1]) {
		controller = named[1]
	}
	return s.verifierFor(s.cfg.BaseURL+r.URL.EscapedPath(), controller)
}

// remember has a revocation on disk before it is acknowledged. What stands on a revoked capability already counts no
// more, and needs no place.
func (s *Server) remember(w http.ResponseWriter, a access, c *capability.Capability) {
	a.about.Capability = c.ID
	names, err := evidence.Names(c)
	if err != nil {
		s.fail(w, "name a revocation", err)
		return
	}
	known, err := s.stores.Revoked(names...)
	if err == nil && !known {
		err = s.revoked.Add(revocation.Revocation{
			ID: names[0], Expires: c.Expires, By: a.invoked.Invoker, At: s.cfg.Now().UTC(),
		})
	}
	if err == nil {
		err = s.log.Append(s.entry(a, accesslog.Revoked))
	}
	if err != nil {
		s.fail(w, "remember a revocation", err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

package server

import (
	"errors"
	"net/http"

	"github.com/ftagateway/ftagateway/evidence/accesslog"
	"github.com/ftagateway/ftagateway/evidence/internal/archive"
)

// entry is what the access log says of a request that ended so. Only a verified request has one.
func (s *Server) entry(a access, o accesslog.Outcome) accesslog.Entry {
	e := a.about
	e.Time, e.Outcome, e.Invoker, e.Chain = s.cfg.Now().UTC(), o, a.invoked.Invoker, a.invoked.Chain
	return e
}

// refuse gives the common refusal. In the access log it stands only if the caller is known: that one's capability is
// true and does not give this, or gives what is not there.
func (s *Server) refuse(w http.ResponseWriter, a access, reason error) {
	s.cfg.Log.Info("refused", "action", a.about.Action, "reason", reason)
	if a.invoked != nil {
		s.note(s.entry(a, accesslog.Refused))
	}
	refusal.write(w)
}

// fail answers for a store that failed.
func (s *Server) fail(w http.ResponseWriter, doing string, err error) {
	s.cfg.Log.Error(doing, "error", err)
	unavailable.write(w)
}

// lost answers for evidence that was kept and cannot be read.
func (s *Server) lost(w http.ResponseWriter, a access, err error) {
	s.cfg.Log.Error("evidence cannot be read", "evidence", a.about.Evidence, "error", err)
	s.note(s.entry(a, accesslog.Failed))
	if errors.Is(err, archive.ErrDamaged) {
		corrupt.write(w)
		return
	}
	unavailable.write(w)
}

// note writes to the access log what changes no answer.
func (s *Server) note(e accesslog.Entry) {
	if err := s.log.Note(e); err != nil {
		s.cfg.Log.Error("the access log cannot be written", "error", err)
	}
}

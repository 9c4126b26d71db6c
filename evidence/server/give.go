package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/accesslog"
	"github.com/ftagateway/ftagateway/evidence/internal/archive"
	"github.com/ftagateway/ftagateway/ld"
)

// give answers GET /evidence/{collection}/{uuid}. The item is looked for before anything is decided, and what was found
// is used only when the capability is good.
func (s *Server) give(w http.ResponseWriter, r *http.Request) {
	a, err := s.judge(s.verifier, r, nil, evidence.Read)
	it, found, findErr := s.stores.Find(chi.URLParam(r, "collection"), chi.URLParam(r, "uuid"))
	switch {
	case err != nil:
		s.fail(w, "ask whether a capability was revoked", err)
	case a.reason != nil:
		s.refuse(w, a, a.reason)
	case findErr != nil:
		s.lost(w, a, findErr)
	case !found:
		s.refuse(w, a, errAbsent)
	default:
		s.hand(w, a, it)
	}
}

// hand gives out an item, after the access log has it on disk.
func (s *Server) hand(w http.ResponseWriter, a access, it archive.Item) {
	release, ok := s.reserve(min(it.Size, s.cfg.Memory))
	if !ok {
		unavailable.write(w)
		return
	}
	defer release()
	content, intact, err := s.stores.Content(it, max(it.Size, s.cfg.MaxBytes))
	if err != nil {
		s.lost(w, a, err)
		return
	}
	if err := s.log.Append(s.given(a, it, content, intact)); err != nil {
		s.fail(w, "write the access log, so nothing is given out", err)
		return
	}
	answer(w, http.StatusOK, it.MediaType, content)
}

// given says what is given out, and loudly when the disk has something else than what was uploaded.
func (s *Server) given(a access, it archive.Item, content []byte, intact bool) accesslog.Entry {
	e := s.entry(a, accesslog.Given)
	e.Digest = ld.Sum(content).String()
	if !intact {
		e.Outcome, e.Expected = accesslog.Altered, it.Digest.String()
		s.cfg.Log.Error("evidence was altered on disk and is given out as it is",
			"evidence", e.Evidence, "expected", e.Expected, "digest", e.Digest)
	}
	return e
}

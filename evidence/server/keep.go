package server

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/accesslog"
	"github.com/ftagateway/ftagateway/evidence/internal/archive"
)

// keep answers POST /evidence/{collection}.
func (s *Server) keep(w http.ResponseWriter, r *http.Request) {
	body, release, ok := s.body(w, r, s.cfg.MaxBytes)
	if !ok {
		return
	}
	defer release()
	collection, media := chi.URLParam(r, "collection"), r.Header.Get("Content-Type")
	a, err := s.judge(s.verifier, r, body, evidence.Write)
	switch form := evidence.CheckCollection(collection); {
	case err != nil:
		s.fail(w, "ask whether a capability was revoked", err)
	case a.reason != nil:
		s.refuse(w, a, a.reason)
	case form != nil:
		s.refuse(w, a, form)
	case evidence.CheckMediaType(media) != nil:
		badMedia.write(w)
	default:
		s.store(w, r, a, archive.Item{Collection: collection, MediaType: media}, body)
	}
}

// store keeps an upload and answers when it, and what the access log says of it, are on disk.
func (s *Server) store(w http.ResponseWriter, r *http.Request, a access, it archive.Item, body []byte) {
	it.UUID, it.Kept, it.By = uploadUUID(r), s.cfg.Now().UTC(), a.invoked.Invoker
	it, err := s.archive.Put(it, body)
	if err != nil {
		s.fail(w, "keep evidence", err)
		return
	}
	kept := evidence.Kept{ID: urn(it.UUID), Digest: it.Digest, MediaType: it.MediaType}
	e := s.entry(a, accesslog.Kept)
	e.Evidence, e.Digest = kept.ID, kept.Digest.String()
	if err := s.log.Append(e); err != nil {
		s.fail(w, "write the access log, so nothing is acknowledged", err)
		return
	}
	acknowledge(w, it.Collection, kept)
}

func acknowledge(w http.ResponseWriter, collection string, kept evidence.Kept) {
	data, err := json.Marshal(kept)
	if err != nil { // strings always encode
		panic(err)
	}
	uuid, _ := evidence.ParseID(kept.ID)
	w.Header().Set("Location", evidence.Target("", collection)+"/"+uuid)
	answer(w, http.StatusCreated, "application/json", data)
}

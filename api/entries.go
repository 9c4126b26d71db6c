package api

import (
	"net/http"
)

// find answers which entries have a number. The number comes in the body, because URLs are logged everywhere.
func (s *server) find(w http.ResponseWriter, r *http.Request) {
	var question struct {
		EntryNumber string `json:"entryNumber"`
	}
	err := read(r, &question, "entryNumber")
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	found, err := s.Find(r.Context(), question.EntryNumber)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	write(w, r, http.StatusOK, found)
}

// entry answers an entry file.
func (s *server) entry(w http.ResponseWriter, r *http.Request) {
	q := queryOf(r, "documents", "include", "finality")
	options := q.options(true)
	if err := q.err(); err != nil {
		s.refuse(w, r, err)
		return
	}
	file, err := s.Entry(r.Context(), inPath(r, "id"), options)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.kept(w, r, file)
}

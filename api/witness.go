package api

import (
	"errors"
	"net/http"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/witness"
)

// witness answers a page of the witness log.
func (s *server) witness(w http.ResponseWriter, r *http.Request) {
	q := queryOf(r, "ledger", "after", "limit")
	limit := q.limit()
	if err := q.err(); err != nil {
		s.refuse(w, r, err)
		return
	}
	uri, err := s.LedgerURI(r.Context(), q.text("ledger"))
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	page, err := s.Witness.Page(witness.Query{Ledger: uri, After: q.text("after"), Limit: limit})
	if err != nil {
		s.refuse(w, r, unread(err))
		return
	}
	s.kept(w, r, log{page})
}

// log is a page of the witness log, which names records and holds none.
type log struct{ *witness.Page }

// Content says that no document stands in it.
func (log) Content() bool { return false }

// unread tells a cursor that is none from a log that cannot be read.
func unread(err error) error {
	if errors.Is(err, witness.ErrCursor) {
		return &gateway.Problem{Code: gateway.CursorMismatch, Detail: "the cursor is not one that this gateway gave", Err: err}
	}
	return err
}

// witnessExport answers the whole log above a cursor, with the gateway's signed statement about it as the last line. An
// answer without that line was cut off, and verifies as such.
func (s *server) witnessExport(w http.ResponseWriter, r *http.Request) {
	q := queryOf(r, "after")
	if err := q.err(); err != nil {
		s.refuse(w, r, err)
		return
	}
	after := q.text("after")
	if _, err := s.Witness.Page(witness.Query{After: after, Limit: 1}); err != nil {
		s.refuse(w, r, unread(err))
		return
	}
	w.Header().Set("Content-Type", mediaLines)
	w.Header().Set("Cache-Control", "no-store")
	if err := s.Witness.Export(w, after, s.Signer); err != nil {
		s.log.WarnContext(r.Context(), "witness export ended early", "cause", err.Error())
	}
}

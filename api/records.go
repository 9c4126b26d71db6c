package api

import (
	"net/http"

	"github.com/ftagateway/ftagateway/gateway"
)

// record answers a record wherever it is.
func (s *server) record(w http.ResponseWriter, r *http.Request) {
	q := queryOf(r, "documents", "include", "finality")
	options := q.options(true)
	if err := q.err(); err != nil {
		s.refuse(w, r, err)
		return
	}
	answer, err := s.Record(r.Context(), inPath(r, "id"), options)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.kept(w, r, answer)
}

// records lists records of all ledgers.
func (s *server) records(w http.ResponseWriter, r *http.Request) {
	q := queryOf(r, "type", "event", "from", "to", "ledger", "cursor", "limit", "documents", "include")
	filter := gateway.Filter{
		Type: q.text("type"), Event: q.text("event"), Ledger: q.text("ledger"), From: q.instant("from"), Until: q.instant("to"),
		After: q.text("cursor"), Limit: q.limit(),
	}
	options := q.options(false)
	if err := q.err(); err != nil {
		s.refuse(w, r, err)
		return
	}
	page, err := s.Records(r.Context(), filter, options)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.kept(w, r, page)
}

// ledgerRecord answers the newest version of a record on one ledger.
func (s *server) ledgerRecord(w http.ResponseWriter, r *http.Request) { s.oneVersion(w, r, 0) }

// version answers a certain version of it.
func (s *server) version(w http.ResponseWriter, r *http.Request) {
	n, err := versionOf(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.oneVersion(w, r, n)
}

func (s *server) oneVersion(w http.ResponseWriter, r *http.Request, version uint64) {
	q := queryOf(r, "documents", "include", "finality")
	options := q.options(false)
	if err := q.err(); err != nil {
		s.refuse(w, r, err)
		return
	}
	answer, err := s.LedgerRecord(r.Context(), inPath(r, "ledger"), inPath(r, "id"), version, options)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.kept(w, r, answer)
}

// versions answers a page of a record's versions on one ledger, oldest first.
func (s *server) versions(w http.ResponseWriter, r *http.Request) {
	q := queryOf(r, "after", "limit", "documents", "include")
	after, limit, options := q.number("after"), q.limit(), q.options(false)
	if err := q.err(); err != nil {
		s.refuse(w, r, err)
		return
	}
	all, err := s.LedgerVersions(r.Context(), inPath(r, "ledger"), inPath(r, "id"), after, limit, options)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.kept(w, r, all)
}

// proof answers a ledger's own proof of a version, with the whole entry that it is about, for who checks it without us.
func (s *server) proof(w http.ResponseWriter, r *http.Request) {
	n, err := versionOf(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	entry, proof, err := s.LedgerProof(r.Context(), inPath(r, "ledger"), inPath(r, "id"), n)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.kept(w, r, proven(entry, proof))
}

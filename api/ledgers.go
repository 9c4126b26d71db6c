package api

import (
	"fmt"
	"net/http"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/schemas"
)

// ledgers says of every ledger what it is and how it does. None is asked for it.
func (s *server) ledgers(w http.ResponseWriter, r *http.Request) {
	s.kept(w, r, s.Ledgers(r.Context()))
}

// ledger says the same of one, which is asked where it stands now.
func (s *server) ledger(w http.ResponseWriter, r *http.Request) {
	state, err := s.Ledger(r.Context(), inPath(r, "ledger"))
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.kept(w, r, state)
}

// submit takes a signed record for a ledger: 201 where it is final, 202 where that is not known yet.
func (s *server) submit(w http.ResponseWriter, r *http.Request) {
	var submission gateway.Submission
	if err := read(r, &submission, "record", "document", "mediaType"); err != nil {
		s.refuse(w, r, err)
		return
	}
	var err error
	if submission.IdempotencyKey, err = idempotencyKey(r); err != nil {
		s.refuse(w, r, err)
		return
	}
	receipt, err := s.Submit(r.Context(), inPath(r, "ledger"), submission)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	w.Header().Set("Location", "/v1/submissions/"+receipt.ID)
	status := http.StatusCreated
	if receipt.State == driver.Pending || receipt.State == driver.Included {
		status = http.StatusAccepted
	}
	write(w, r, status, receipt)
}

const maxIdempotencyKey = 256

// idempotencyKey is the caller's own name for a submission; empty if it has none.
func idempotencyKey(r *http.Request) (string, error) {
	key := r.Header.Get("Idempotency-Key")
	if len(key) > maxIdempotencyKey {
		return "", badInput(schemas.Faults{schemas.NewFault("Idempotency-Key", key, fmt.Sprintf("must have at most %d characters", maxIdempotencyKey), "")})
	}
	return key, nil
}

// submission answers what became of a submission.
func (s *server) submission(w http.ResponseWriter, r *http.Request) {
	receipt, err := s.Submitted(r.Context(), inPath(r, "id"))
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	write(w, r, http.StatusOK, receipt)
}

// verify checks what somebody has in hand. It does no I/O.
func (s *server) verify(w http.ResponseWriter, r *http.Request) {
	var bundle gateway.Bundle
	if err := read(r, &bundle, "document", "record", "previous"); err != nil {
		s.refuse(w, r, err)
		return
	}
	verified, err := s.Verify(bundle)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	write(w, r, http.StatusOK, verified)
}

package node

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// failure is an answer that is an error.
type failure struct {
	status     int
	retryAfter int // seconds; 0 says nothing
	protocol.Failure
}

func (f *failure) write(w http.ResponseWriter) {
	if f.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.retryAfter))
	}
	body, err := json.Marshal(f.Failure)
	if err != nil { // a detail that is no JSON would be our own mistake
		body = []byte(`{"message":"internal error","type":"UnavailableError"}`)
	}
	writeJSON(w, f.status, body)
}

func fail(status int, kind protocol.FailureType, message string) *failure {
	return &failure{status: status, Failure: protocol.Failure{Message: message, Type: kind}}
}

func unavailable(message string) *failure {
	f := fail(http.StatusServiceUnavailable, protocol.FailureUnavailable, message)
	f.retryAfter = 1
	return f
}

func notFound(what string) *failure {
	return fail(http.StatusNotFound, protocol.FailureNotFound, what+" not found.")
}

// malformed tells the sender all that is wrong with a message.
func malformed(err error) *failure {
	f := fail(http.StatusBadRequest, protocol.FailureSyntax, "The message cannot be read: "+err.Error())
	var faults protocol.Faults
	if errors.As(err, &faults) {
		f.Type, f.Message = protocol.FailureValidation, "The message is not of the protocol's shape."
		f.Details = map[string]any{"errors": faults}
	}
	return f
}

// refused maps what became of a message; nil for one that was taken.
func refused(o outcome) *failure {
	switch o.code {
	case codeTaken:
		return nil
	case codeMalformed:
		return fail(http.StatusBadRequest, protocol.FailureValidation, o.reason)
	case codeRefused:
		return fail(http.StatusBadRequest, protocol.FailureNotAllowed, o.reason)
	case codeDuplicate:
		return fail(http.StatusConflict, protocol.FailureDuplicate, "The message "+o.reason+".")
	}
	return unavailable(o.reason)
}

func writeJSON(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that went away is told nothing
}

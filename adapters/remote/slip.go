package remote

import (
	"fmt"
	"net/http"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// Where the ledger protocol says what a server must do. Whoever built the server reads these errors, so that each names
// the place: the page, and the heading there.
const (
	onMessages    = `(docs/ledger-protocol.md, "The messages")`
	onDescription = `(docs/ledger-protocol.md, "A whole exchange")`
	onFailing     = `(docs/ledger-protocol.md, "How to fail")`
	onRefusal     = `(docs/ledger-protocol.md, "What is refused")`
)

// slip is an answer that is none of the protocol: what the server does, and what it must do.
func slip(where, format string, args ...any) error {
	return &driver.Error{Code: driver.Corrupt, Err: fmt.Errorf(format+" "+where, args...)}
}

// unnamed is an answer that does not say which ledger gave it.
func unnamed(op protocol.Operation) error {
	return slip(onMessages, "%s was answered without the header %s: every answer that is not a problem must have it, with the ledger's uri as describe tells it",
		op, protocol.LedgerHeader)
}

// mistyped is an answer of another media type, or a packed one.
func mistyped(op protocol.Operation, resp *http.Response) error {
	return slip(onMessages, "%s was answered with Content-Type %.80q and Content-Encoding %.20q: it must be %s, without a Content-Encoding",
		op, resp.Header.Get("Content-Type"), resp.Header.Get("Content-Encoding"), protocol.MediaType)
}

// unproblematic says of a status that is no 200 what came with it.
func unproblematic(op protocol.Operation, resp *http.Response) error {
	status := fmt.Sprintf("%d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	if resp.StatusCode < 400 {
		return fmt.Errorf("%s was answered with %s: an answer has status 200 or is a problem, and a redirect is never followed %s", op, status, onMessages)
	}
	return fmt.Errorf("%s was answered with %s, and no problem of the protocol, which is %s and has a code %s", op, status,
		protocol.ProblemType, onFailing)
}

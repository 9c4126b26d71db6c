package ledgerhttp

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// refusal is a problem that the handler found before it asked the ledger.
type refusal struct{ protocol.Problem }

func (r *refusal) Error() string { return r.Detail }

// refused refuses a request that can never succeed.
func refused(status int, detail string) *refusal {
	p := protocol.ProblemOf(&driver.Error{Code: driver.Invalid})
	p.Status, p.Detail = status, detail
	return &refusal{p}
}

// unsupported refuses an operation that there is not.
func unsupported(status int, detail string) *refusal {
	p := protocol.ProblemOf(&driver.Error{Code: driver.Unsupported})
	p.Status, p.Detail = status, detail
	return &refusal{p}
}

// looped refuses a request that goes in circles. It says nothing about what was asked for, so that it is an outage.
// configured is how long to wait for somebody to change a configuration: longer than any call that might be tried again.
const configured = time.Minute

func looped(detail string) *refusal {
	p := protocol.ProblemOf(&driver.Error{Code: driver.Unavailable, RetryAfter: configured})
	p.Status, p.Detail = http.StatusLoopDetected, detail
	return &refusal{p}
}

func tooLarge(most int64) *refusal {
	p := protocol.ProblemOf(&driver.Error{Code: driver.TooLarge})
	p.Detail = "the request has more than " + strconv.FormatInt(most, 10) + " bytes"
	return &refusal{p}
}

// read takes the whole request, bounded by what one entry may have.
func (h *Handler) read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.Method == http.MethodGet {
		return nil, nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != protocol.MediaType {
		return nil, refused(http.StatusUnsupportedMediaType, "Content-Type must be "+protocol.MediaType)
	}
	most := protocol.EntryBytes(min(h.ledger.Describe().MaxBody, protocol.MaxBody))
	request, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, tooLarge(most)
	}
	if err != nil {
		return nil, refused(http.StatusBadRequest, "the request ended early")
	}
	return request, nil
}

// answer writes the message of a call that succeeded, with the name of the ledger that gave it.
func (h *Handler) answer(w http.ResponseWriter, message any) {
	text, err := protocol.Encode(message)
	if err != nil {
		h.o.Log.Error("the ledger's answer cannot be written", "error", err)
		h.refuse(w, &refusal{protocol.ProblemOf(&driver.Error{Code: driver.Corrupt})})
		return
	}
	w.Header().Set(protocol.LedgerHeader, h.ledger.Describe().URI)
	h.write(w, http.StatusOK, protocol.MediaType, text)
}

// fail writes a driver's error. A refusal is the handler's own and speaks for itself.
func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	var own *refusal
	if !errors.As(err, &own) {
		h.o.Log.Debug("the ledger failed", "path", r.URL.Path, "code", driver.CodeOf(err))
		own = &refusal{protocol.ProblemOf(err)}
	}
	h.refuse(w, own)
}

func (h *Handler) refuse(w http.ResponseWriter, err error) {
	var own *refusal
	if !errors.As(err, &own) {
		own = &refusal{protocol.ProblemOf(err)}
	}
	if wait := protocol.Duration(own.RetryAfterMillis, protocol.MaxRetryAfter); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	}
	text, err := protocol.Encode(own.Problem)
	if err != nil {
		text = nil // detail that is not UTF-8; the status says what there is to say
	}
	h.write(w, own.Status, protocol.ProblemType, text)
}

func (h *Handler) write(w http.ResponseWriter, status int, kind string, text []byte) {
	header := w.Header()
	header.Set("Content-Type", kind)
	header.Set("Content-Length", strconv.Itoa(len(text)))
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(text) // a caller that went away cannot be told
}

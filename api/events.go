package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/schemas"
)

// maxWait is the longest that a long poll waits for events.
const maxWait = 60 * time.Second

// asking is the time to ask, and to write the answer.
const asking = 30 * time.Second

// events answers what is new on all ledgers: one page, which may be waited for, or a stream, as the client likes better.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	plain := max(accepts(r.Header, mediaJSON), accepts(r.Header, mediaLinkedData))
	switch stream := accepts(r.Header, mediaEvents); {
	case stream > plain:
		s.streamEvents(w, r)
	case plain > 0:
		s.pollEvents(w, r)
	default:
		s.refuse(w, r, problemOf(codeNotAcceptable))
	}
}

// pollEvents answers one page. With no events it waits as long as the client asks, and no longer than the server lives.
func (s *server) pollEvents(w http.ResponseWriter, r *http.Request) {
	q := queryOf(r, "after", "wait", "ledger", "type", "event", "anew", "limit")
	f, wait := q.eventFilter(), q.wait()
	f.Limit = q.limit()
	if r.Method == http.MethodHead {
		wait = 0
	}
	watch, err := s.watch(q, f)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	defer watch.Close()
	unhurried(w, wait)
	ctx, cancel := s.whileServing(r)
	defer cancel()
	page, err := watch.Next(ctx, wait)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	write(w, r, http.StatusOK, page)
}

// watch begins to watch for a request without faults. The ledgers are asked in the name of this gateway, for everybody who
// watches, and so not below the request of one of them.
func (s *server) watch(q *query, f gateway.EventFilter) (*gateway.Watch, error) {
	if err := q.err(); err != nil {
		return nil, err
	}
	return s.Watch(protocol.WithHop(context.Background(), s.name), f)
}

// whileServing ends with the request, and when the server is to end.
func (s *server) whileServing(r *http.Request) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(r.Context())
	stop := context.AfterFunc(s.ending, cancel)
	return ctx, func() { stop(); cancel() }
}

// unhurried gives an answer its wait beside the time to ask. The time that the request had to be read in is taken back: it
// was read, and the connection is only watched to see whether the client is still there.
func unhurried(w http.ResponseWriter, wait time.Duration) {
	control := http.NewResponseController(w) // of a writer that has no such times, nothing is to be told
	_ = control.SetReadDeadline(time.Time{})
	_ = control.SetWriteDeadline(time.Now().Add(wait + asking))
}

func (q *query) eventFilter() gateway.EventFilter {
	f := gateway.EventFilter{Type: q.text("type"), Event: q.text("event"), Ledger: q.text("ledger"), After: q.text("after")}
	if anew := q.text("anew"); anew != "" {
		f.Anew = strings.Split(anew, ",")
	}
	return f
}

// wait reads ?wait=, in seconds.
func (q *query) wait() time.Duration {
	n := q.number("wait")
	if most := uint64(maxWait / time.Second); n > most {
		q.faults = append(q.faults, schemas.NewFault("?wait", q.text("wait"), "must be 60 seconds at most", ""))
	}
	return time.Duration(min(n, uint64(maxWait/time.Second))) * time.Second
}

package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/ftagateway/ftagateway/gateway"
)

// The pace of a stream.
const (
	heartbeat = 15 * time.Second
	// writing is how long a client may take for what it is sent at once. One that takes longer is cut off: nothing is kept
	// for it here, and it goes on from its last cursor.
	writing = 10 * time.Second
	// comeBack is when a client whose stream ended is to come back, in milliseconds.
	comeBack = 2000
)

// stream is one stream of server-sent events, as the HTML standard has them.
type stream struct {
	*server
	w       http.ResponseWriter
	control *http.ResponseController
	cursor  string // that was told last
	states  []gateway.Source
}

// streamEvents streams events until the client leaves or the server is to end. A client that comes back says in
// Last-Event-ID where it was, which goes before ?after=.
func (s *server) streamEvents(w http.ResponseWriter, r *http.Request) {
	q := queryOf(r, "after", "ledger", "type", "event", "anew")
	f := q.eventFilter()
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		f.After = last
	}
	watch, err := s.watch(q, f)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	defer watch.Close()
	ctx, cancel := s.whileServing(r)
	defer cancel()
	out := &stream{server: s, w: w, control: http.NewResponseController(w)}
	if out.begin() == nil && r.Method != http.MethodHead {
		out.run(ctx, watch)
	}
}

func (o *stream) begin() error {
	unhurried(o.w, 0)
	h := o.w.Header()
	h.Set("Content-Type", mediaEvents)
	h.Set("Cache-Control", "no-store, no-transform")
	h.Set("X-Accel-Buffering", "no") // proxies would keep events until there are enough of them
	h.Set("Vary", "Accept")
	return o.send(fmt.Sprintf("retry: %d\n\n", comeBack))
}

// run sends page after page. The first is not waited for: it tells the client its place.
func (o *stream) run(ctx context.Context, watch *gateway.Watch) {
	for wait := time.Duration(0); ctx.Err() == nil; {
		page, err := watch.Next(ctx, wait)
		if err != nil {
			err = o.problem(watch, err)
		} else {
			err, wait = o.page(page), heartbeat
		}
		if err != nil {
			return
		}
	}
}

// page sends what is new: events, ledgers whose state changed, or at least the place, and a sign of life.
func (o *stream) page(p *gateway.EventPage) error {
	text := ""
	for _, e := range p.Events {
		text += message("change", e.Cursor, e)
		o.cursor = e.Cursor
	}
	if !gateway.DoAlike(o.states, p.Sources) {
		text += message("sources", p.Next, map[string]any{"sources": p.Sources})
	} else if len(p.Events) == 0 {
		text += ":\n"
		if p.Next != o.cursor {
			text += "id: " + p.Next + "\n"
		}
		text += "\n"
	}
	o.states, o.cursor = p.Sources, p.Next
	return o.send(text)
}

// problem tells of a ledger that cannot go on from the client's cursor, and goes on with the others. What is no problem of
// one ledger ends the stream.
func (o *stream) problem(watch *gateway.Watch, err error) error {
	p := asProblem(err)
	if p.Code != gateway.CursorMismatch || p.Ledger == "" {
		return err
	}
	watch.Leave(p.Ledger)
	return o.send(message("problem", "", told(p)))
}

// send writes, and does not wait for ever for a client that does not read.
func (o *stream) send(text string) error {
	_ = o.control.SetWriteDeadline(time.Now().Add(writing))
	if _, err := o.w.Write([]byte(text)); err != nil {
		return err
	}
	if err := o.control.Flush(); err != nil {
		return err
	}
	return o.control.SetWriteDeadline(time.Time{}) // in HTTP/2 it would end a stream that is quiet
}

// message is one message of a stream. JSON has no line breaks as it is written here.
func message(kind, cursor string, v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	id := ""
	if cursor != "" {
		id = "id: " + cursor + "\n"
	}
	return fmt.Sprintf("event: %s\n%sdata: %s\n\n", kind, id, data)
}

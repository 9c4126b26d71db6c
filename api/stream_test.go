package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// message is one message of a stream, or a comment without data.
type message struct{ event, id, data string }

// listener reads a stream as a browser would.
type listener struct {
	t        testing.TB
	response *http.Response
	messages chan message
	cancel   context.CancelFunc
}

// listen opens a stream, which ends with the test.
func (s *site) listen(query, last string) *listener {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	r := get("/v1/events?"+query).with("Accept", "text/event-stream").request(s.server.URL).WithContext(ctx)
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	resp, err := s.server.Client().Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	l := &listener{s.t, resp, make(chan message, 1000), cancel}
	done := make(chan struct{})
	go func() { defer close(done); defer close(l.messages); l.read() }()
	s.t.Cleanup(func() { l.close(); <-done })
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/event-stream" {
		s.t.Fatalf("%d, %v", resp.StatusCode, resp.Header)
	}
	return l
}

func (l *listener) close() {
	l.cancel()
	_ = l.response.Body.Close()
}

func (l *listener) read() {
	var m message
	for lines := bufio.NewScanner(l.response.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch name {
		case "event":
			m.event = value
		case "id":
			m.id = value
		case "data":
			m.data = value
		case "":
			if m != (message{}) {
				l.messages <- m
			}
			m = message{}
		}
	}
}

// next is the next message that says something of a kind.
func (l *listener) next(kind string) message {
	l.t.Helper()
	late := time.After(30 * time.Second)
	for {
		select {
		case m, ok := <-l.messages:
			if !ok {
				l.t.Fatalf("the stream ended before it told of a %s", kind)
			}
			if m.event == kind {
				return m
			}
		case <-late:
			l.t.Fatalf("the stream told of no %s", kind)
		}
	}
}

func (l *listener) change() (e gateway.Event) {
	l.t.Helper()
	m := l.next("change")
	l.holds("Event", m)
	if err := json.Unmarshal([]byte(m.data), &e); err != nil || e.Cursor != m.id {
		l.t.Fatalf("%v: %+v", err, m)
	}
	return e
}

// holds fails the test unless a message's data is as it is described.
func (l *listener) holds(schema string, m message) {
	l.t.Helper()
	var v any
	if err := json.Unmarshal([]byte(m.data), &v); err != nil {
		l.t.Fatal(err)
	}
	if err := description().Components.Schemas[schema].Value.VisitJSON(v, openapi3.EnableJSONSchema2020()); err != nil {
		l.t.Errorf("%s: %v\n%s", schema, err, m.data)
	}
}

// put writes a certificate behind the gateway's back, and answers its id.
func (s *site) put(slug string) string {
	made := s.Make(s.Exporter, slug, sample.Certificate(model.NAFTA), filing.Filing{})
	s.Write(slug, made.Record.ID, made.Record)
	return made.Record.ID
}

func TestEventsAreStreamed(t *testing.T) {
	s, certificate, entry := filed(t, options{})
	l := s.listen("", "")
	if a, b := l.change(), l.change(); a.ID != certificate.Record.ID || b.ID != entry.Record.ID {
		t.Errorf("%+v and %+v", a, b)
	}
	id := s.put("cbp")
	if e := l.change(); e.ID != id || e.Ledger != "cbp" {
		t.Errorf("%+v, want %s", e, id)
	}
	for name, want := range map[string]string{"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"} {
		if got := l.response.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A client that comes back goes on where it was, whatever its URL says.
func TestAStreamGoesOnAfterItsLastEvent(t *testing.T) {
	s := newSite(t, options{})
	want := []string{s.put("trade"), s.put("trade"), s.put("trade")}
	l := s.listen("", "")
	first := l.change()
	l.close()
	again := s.listen("after=now", first.Cursor)
	if got := []string{first.ID, again.change().ID, again.change().ID}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A client that was told of nothing yet has a place to go on from all the same.
func TestAStreamTellsItsPlaceAtOnce(t *testing.T) {
	s := newSite(t, options{})
	s.put("trade")
	l := s.listen("after=now", "")
	m := l.next("sources")
	l.close()
	id := s.put("trade")
	if e := s.listen("", m.id).change(); e.ID != id {
		t.Errorf("%s, want %s", e.ID, id)
	}
}

func TestAStreamEndsWithTheServer(t *testing.T) {
	ending, end := context.WithCancel(t.Context())
	s := newSite(t, options{Ending: ending})
	l := s.listen("", "")
	l.next("sources")
	end()
	for range l.messages {
	}
	if p := s.events("wait=60&after=now"); p.Next == "" {
		t.Errorf("%+v", p)
	}
}

// The server's own times for a request and an answer do not cut a stream or a long poll short.
func TestWhoWaitsOutlastsTheServersTimes(t *testing.T) {
	s := newSite(t, options{})
	s.server.Close()
	s.server = httptest.NewUnstartedServer(s.handler)
	s.server.Config.ReadTimeout, s.server.Config.WriteTimeout = 500*time.Millisecond, 700*time.Millisecond
	s.server.Start()
	t.Cleanup(s.server.Close)
	l := s.listen("after=now", "")
	l.next("sources")
	begun := time.Now()
	s.do(get("/v1/events?after=now&wait=1"))
	if took := time.Since(begun); took < time.Second {
		t.Errorf("the long poll ended after %s", took)
	}
	id := s.put("trade")
	if e := l.change(); e.ID != id {
		t.Errorf("%+v", e)
	}
}

// A ledger that cannot go on from the cursor is told of once, and the others go on.
func TestAStreamTellsOfALedgerBegunAnew(t *testing.T) {
	s := newSite(t, options{})
	l := s.listen("", "eyJ0cmFkZSI6ImFiYy43In0") // {"trade":"abc.7"}
	m := l.next("problem")
	l.holds("Problem", m)
	if !strings.Contains(m.data, "cursor-invalid") || !strings.Contains(m.data, `"trade"`) {
		t.Errorf("%s", m.data)
	}
	l.holds("Sources", message{data: strings.TrimSuffix(strings.TrimPrefix(l.next("sources").data, `{"sources":`), "}")})
	s.put("trade")
	id := s.put("cbp")
	if e := l.change(); e.ID != id {
		t.Errorf("%+v, want %s on cbp", e, id)
	}
}

// A ledger that goes down and comes back is told of both times.
func TestAStreamTellsHowLedgersDo(t *testing.T) {
	s := newSite(t, options{})
	l := s.listen("", "")
	l.next("sources")
	s.Stop("trade")
	s.put("cbp") // the stream looks again when there are news
	if m := l.next("sources"); !strings.Contains(m.data, "unavailable") {
		t.Errorf("%s", m.data)
	}
	s.Start("trade")
	if m := l.next("sources"); strings.Contains(m.data, "unavailable") {
		t.Errorf("%s", m.data)
	}
}

// With all places of watchers taken more are told to come again, and whoever asks for something else is served.
func TestWatchersHavePlacesOfTheirOwn(t *testing.T) {
	s := newSite(t, options{Watchers: 1, Concurrency: 1})
	l := s.listen("", "")
	l.next("sources")
	a := s.do(get("/v1/events"))
	if p := a.problem(http.StatusServiceUnavailable, api.CodeBusy); !p.Retryable || a.Header.Get("Retry-After") == "" {
		t.Errorf("%+v, %v", p, a.Header)
	}
	s.do(get("/v1/ledgers")).want(http.StatusOK, nil)
	l.close()
	for late := time.Now().Add(10 * time.Second); s.do(get("/v1/events")).Status != http.StatusOK; {
		if time.Now().After(late) {
			t.Fatal("the place is not given back")
		}
	}
}

// stuck is a client that reads nothing: what it is sent is only written until its deadline.
type stuck struct {
	http.ResponseWriter
	until chan time.Time
}

func (s *stuck) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("event: ")) {
		return 0, os.ErrDeadlineExceeded
	}
	return len(p), nil
}

func (s *stuck) SetWriteDeadline(t time.Time) error {
	select {
	case s.until <- t:
	default:
	}
	return nil
}

// A client that does not read is cut off when its time to write is over. Nothing is kept for it, and nobody waits for it.
func TestAClientThatDoesNotReadIsCutOff(t *testing.T) {
	s := newSite(t, options{})
	s.put("trade")
	w := &stuck{httptest.NewRecorder(), make(chan time.Time, 1)}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost/v1/events", nil)
	r.Header.Set("Accept", "text/event-stream")
	ended := make(chan struct{})
	go func() { defer close(ended); s.handler.ServeHTTP(w, r) }()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Fatal("the stream goes on")
	}
	if until := <-w.until; time.Until(until) > time.Minute {
		t.Errorf("it could have taken until %s", until)
	}
}

package api_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/gateway"
)

func (s *site) events(query string) (p gateway.EventPage) {
	s.t.Helper()
	s.do(get("/v1/events?"+query)).want(http.StatusOK, &p)
	return p
}

func TestEventsArePolled(t *testing.T) {
	s, certificate, entry := filed(t, options{})
	first := s.events("limit=1")
	if len(first.Events) != 1 || first.Events[0].ID != certificate.Record.ID {
		t.Fatalf("%+v, want the certificate", first)
	}
	rest := s.events("after=" + url.QueryEscape(first.Next))
	if len(rest.Events) != 1 || rest.Events[0].ID != entry.Record.ID || rest.Events[0].Outcome != "valid" {
		t.Errorf("%+v, want the entry", rest)
	}
	if p := s.events("after=now&wait=1"); len(p.Events) != 0 || p.Next == "" {
		t.Errorf("%+v, want nothing, and a way to go on", p)
	}
}

func TestBadRequestsForEventsAreRefused(t *testing.T) {
	s, _, _ := filed(t, options{})
	s.do(get("/v1/events?after=AAAA")).problem(http.StatusBadRequest, gateway.CursorMismatch)
	if p := s.do(get("/v1/events?after=eyJ0cmFkZSI6ImFiYy43In0")).problem(http.StatusBadRequest, gateway.CursorMismatch); p.Ledger != "trade" {
		t.Errorf("%+v, want the ledger to be named", p)
	}
	s.do(get("/v1/events?ledger=nowhere")).problem(http.StatusNotFound, gateway.NoSuchLedger)
	s.do(get("/v1/events?anew=nowhere")).problem(http.StatusNotFound, gateway.NoSuchLedger)
	for _, query := range []string{"wait=61", "wait=x", "wait=-1", "limit=x", "cursor=x", "after=now&after=now"} {
		s.do(get("/v1/events?"+query)).problem(http.StatusUnprocessableEntity, gateway.BadInput)
	}
	stream := func(path string) call { return get(path).with("Accept", "text/event-stream") }
	for _, query := range []string{"wait=1", "limit=1"} {
		s.do(stream("/v1/events?"+query)).problem(http.StatusUnprocessableEntity, gateway.BadInput)
	}
	s.do(stream("/v1/events?after=AAAA")).problem(http.StatusBadRequest, gateway.CursorMismatch)
	s.do(get("/v1/events").with("Accept", "text/html")).problem(http.StatusNotAcceptable, api.CodeNotAcceptable)
	s.do(call{method: http.MethodPost, path: "/v1/events"}).problem(http.StatusMethodNotAllowed, api.CodeNoMethod)
	if a := s.do(call{method: http.MethodHead, path: "/v1/events?wait=60"}); a.Status != http.StatusOK || len(a.Body) != 0 {
		t.Errorf("HEAD: %d, %d bytes", a.Status, len(a.Body))
	}
}

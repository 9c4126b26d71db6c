package client_test

import (
	"bufio"
	"bytes"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/evidence/accesslog"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
)

// connections counts those that a server has accepted.
func connections(h *evidencetest.House) *atomic.Int32 {
	n := &atomic.Int32{}
	h.OnState(func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			n.Add(1)
		}
	})
	return n
}

// The connection is the same, the chain of delegations is known to both sides, and still it counts no more at once.
func TestARevokedCapabilityIsRefusedOnAKeptConnection(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep(certificate)
	made := connections(h)
	c := newClient(t, h.Customs, nil, h.Reading)
	for range 2 {
		_, err := c.Fetch(t.Context(), h.Filer.DID, refTo(kept.ID, certificate))
		must(t, err)
	}
	if n := made.Load(); n != 1 {
		t.Fatalf("%d connections were made for two fetches", n)
	}
	must(t, newClient(t, h.Filer, nil).Revoke(t.Context(), h.Reading, h.Filer.Signer))
	got, err := c.Fetch(t.Context(), h.Filer.DID, refTo(kept.ID, certificate))
	if r := reasonOf(t, got, err); r != client.Refused {
		t.Errorf("reason %s", r)
	}
	if n := made.Load(); n != 2 { // the other one is the revocation's
		t.Errorf("%d connections were made", n)
	}
	given := 0
	for _, e := range h.Accesses() {
		if e.Outcome == accesslog.Given {
			given++
		}
	}
	if given != 2 {
		t.Errorf("%d accesses are written down", given)
	}
}

func TestAFetchIsMadeAgainWhereTheServerWasStartedAnew(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep(certificate)
	c := newClient(t, h.Customs, nil, h.Reading)
	for range 3 {
		_, err := c.Fetch(t.Context(), h.Filer.DID, refTo(kept.ID, certificate))
		must(t, err)
		h.Restart()
	}
}

// What a stranger's server sends between two requests is in no log of ours, and no answer.
func TestOWASPWhatComesUnaskedIsInNoLog(t *testing.T) {
	var logged bytes.Buffer
	log.SetOutput(&logged)
	defer log.SetOutput(os.Stderr)
	said := make(chan bool, 2)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		answer := ok + "Content-Length: 23\r\n\r\n" + certificate
		_, _ = conn.Write([]byte(answer))
		_, _ = conn.Write([]byte("HTTP/1.1 200 OK\r\nSet-Cookie: secret=of-a-partner\r\n\r\n"))
		said <- true
		_, _ = bufio.NewReader(conn).ReadByte() // until the client has gone
	}))
	t.Cleanup(web.Close)
	p := evidencetest.NewPartner(t, web.URL, evidencetest.NewParty(t))
	c := newClient(t, p.Customs, nil, p.Reading)
	for range 2 {
		_, err := c.Fetch(t.Context(), p.Filer.DID, refTo("urn:uuid:"+uuid.NewString(), certificate))
		must(t, err)
		<-said
	}
	if logged.Len() > 0 {
		t.Errorf("in the log: %s", &logged)
	}
}

package evidencetest

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sync/atomic"
	"testing"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/accesslog"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// House is a partner with its evidence server, running.
type House struct {
	Partner
	Clock  *Clock
	Config server.Config
	Server *server.Server
	Base   string
	t      testing.TB
	web    *httptest.Server
	http   *http.Client
	state  atomic.Pointer[func(net.Conn, http.ConnState)]
}

// Open starts a partner's server, which ends with the test. change may be nil.
func Open(t testing.TB, change func(*server.Config)) *House {
	t.Helper()
	h := &House{t: t, Clock: &Clock{}, http: &http.Client{Transport: &http.Transport{Proxy: nil}}}
	h.web = httptest.NewUnstartedServer(nil)
	h.Base = "http://" + h.web.Listener.Addr().String()
	h.Partner = NewPartner(t, h.Base, NewParty(t))
	h.Config = server.Config{Dir: t.TempDir(), BaseURL: h.Base, RootController: h.Owner.DID, Now: h.Clock.Now}
	if change != nil {
		change(&h.Config)
	}
	h.start()
	t.Cleanup(h.stop)
	return h
}

func (h *House) start() {
	h.t.Helper()
	var err error
	h.Server, err = server.Open(h.Config)
	Must(h.t, err)
	h.web.Config = h.Server.HTTP()
	h.web.Config.ConnState = func(c net.Conn, s http.ConnState) {
		if see := h.state.Load(); see != nil {
			(*see)(c, s)
		}
	}
	h.web.Start()
}

// OnState lets a test see what becomes of the server's connections.
func (h *House) OnState(see func(net.Conn, http.ConnState)) { h.state.Store(&see) }

func (h *House) stop() {
	h.http.CloseIdleConnections()
	h.web.Close()
	if err := h.Server.Close(); err != nil {
		h.t.Error(err)
	}
}

// Restart ends the server and starts it again, in the same folder and at the same address.
func (h *House) Restart() {
	h.t.Helper()
	h.stop()
	at, err := net.Listen("tcp", h.web.Listener.Addr().String())
	Must(h.t, err)
	h.web = httptest.NewUnstartedServer(nil)
	Must(h.t, h.web.Listener.Close())
	h.web.Listener = at
	h.start()
}

// Request is one request with a capability; an empty Method is GET.
type Request struct {
	Method, Path, MediaType string
	Body                    []byte
	Capability              *capability.Capability // nil: none is invoked
	Action                  string
	By                      Party
}

// Answer is an answer, read whole.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// New makes the request, signed, for the server.
func (h *House) New(r Request) *http.Request {
	h.t.Helper()
	var body io.Reader
	if r.Body != nil {
		body = bytes.NewReader(r.Body)
	}
	req, err := http.NewRequest(r.Method, h.Base+r.Path, body)
	Must(h.t, err)
	if r.MediaType != "" {
		req.Header.Set("Content-Type", r.MediaType)
	}
	if r.Capability != nil {
		Must(h.t, capability.Sign(req, r.Body, capability.Invocation{
			Capability: r.Capability, Action: r.Action, Signer: r.By.Signer, Now: h.Clock.Now,
		}))
	}
	return req
}

// Ask sends a request and reads the answer.
func (h *House) Ask(r Request) Answer {
	h.t.Helper()
	return h.Send(h.New(r))
}

// Send sends what New made.
func (h *House) Send(req *http.Request) Answer {
	h.t.Helper()
	resp, err := h.http.Do(req)
	Must(h.t, err)
	body, err := io.ReadAll(resp.Body)
	Must(h.t, err)
	Must(h.t, resp.Body.Close())
	return Answer{resp.StatusCode, resp.Header, string(body)}
}

// Upload is the filer's upload of a text.
func (h *House) Upload(content string) Request {
	return Request{
		Method: http.MethodPost, Path: evidence.Target("", h.Collection), Body: []byte(content), MediaType: "text/plain",
		Capability: h.Filing, Action: evidence.Write, By: h.Filer,
	}
}

// Keep uploads a text, and ends the test if that fails.
func (h *House) Keep(content string) evidence.Kept {
	h.t.Helper()
	answer := h.Ask(h.Upload(content))
	if answer.Status != http.StatusCreated {
		h.t.Fatalf("upload answered %d %s", answer.Status, answer.Body)
	}
	var kept evidence.Kept
	Must(h.t, json.Unmarshal([]byte(answer.Body), &kept))
	return kept
}

// Read is CBP's request for evidence of the partner's collection.
func (h *House) Read(id string) Request {
	h.t.Helper()
	uuid, err := evidence.ParseID(id)
	Must(h.t, err)
	return Request{Path: evidence.Target("", h.Collection) + "/" + uuid, Capability: h.Reading, Action: evidence.Read, By: h.Customs}
}

// Accesses reads the access log.
func (h *House) Accesses() (all []accesslog.Entry) {
	h.t.Helper()
	f, err := os.Open(server.AccessLog(h.Config.Dir))
	Must(h.t, err)
	defer func() { Must(h.t, f.Close()) }()
	Must(h.t, accesslog.Read(f, func(e accesslog.Entry) bool {
		all = append(all, e)
		return true
	}))
	return all
}

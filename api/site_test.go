package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model/sample"
)

// site is a world with its gateway served over HTTP. Every answer that a test is given was held against the OpenAPI
// document before, and every problem and log line against what must stand in none.
type site struct {
	*gatewaytest.World
	t       testing.TB
	handler http.Handler
	server  *httptest.Server
	log     *journal
}

// options change a site before it is made.
type options struct {
	gatewaytest.Options
	Change      func(*gateway.Config)
	Concurrency int
	Watchers    int
	Ending      context.Context
}

func newSite(t testing.TB, o options) *site {
	t.Helper()
	s := &site{World: gatewaytest.New(t, o.Options), t: t, log: &journal{}}
	if o.Change != nil {
		o.Change(&s.Config)
		g, err := gateway.New(s.Config)
		if err != nil {
			t.Fatal(err)
		}
		s.Gateway = g
	}
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(prometheus.NewCounter(prometheus.CounterOpts{Name: "fta_test_total", Help: "Is there to be served."}))
	s.serve(api.Config{Gateway: s.Gateway, Metrics: metrics, Concurrency: o.Concurrency, Watchers: o.Watchers, Ending: o.Ending})
	return s
}

// serve serves a gateway until the test ends.
func (s *site) serve(c api.Config) {
	c.Log = slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s.handler = api.New(c)
	s.server = httptest.NewServer(s.handler)
	s.t.Cleanup(s.close)
}

func (s *site) close() {
	s.server.Close()
	for _, secret := range secrets {
		if strings.Contains(s.log.String(), secret) {
			s.t.Errorf("the log holds %q:\n%s", secret, s.log)
		}
	}
}

// secrets must stand in no log line. Logs may name hosts, for operators.
var secrets = []string{sample.EntryNAFTA, sample.EntryUSMCA, sample.EntryUSMCASecond, sample.EntryCAFTADR, sample.EntryRejected, sample.EntryTimber,
	"Great Lakes Assembly", "proofValue", "goroutine 1 ["}

// journal is a log in memory.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// call is one request.
type call struct {
	method, path string
	body         []byte
	header       http.Header
}

func get(path string) call { return call{method: http.MethodGet, path: path} }

// post sends JSON: bytes as they are, anything else encoded.
func post(path string, body any) call {
	data, ok := body.([]byte)
	if !ok {
		data, _ = json.Marshal(body)
	}
	return call{http.MethodPost, path, data, http.Header{"Content-Type": {"application/json"}}}
}

// with adds a header.
func (c call) with(name, value string) call {
	c.header = c.header.Clone()
	if c.header == nil {
		c.header = http.Header{}
	}
	c.header.Set(name, value)
	return c
}

func (c call) request(base string) *http.Request {
	r, err := http.NewRequest(c.method, base+c.path, bytes.NewReader(c.body))
	if err != nil {
		panic(err) // of a test's own making
	}
	for name, values := range c.header {
		r.Header[name] = values
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	return r
}

// answer is what came back.
type answer struct {
	t      testing.TB
	Status int
	Header http.Header
	Body   []byte
}

// do sends a request and holds the answer against the document.
func (s *site) do(c call) *answer {
	s.t.Helper()
	resp, err := s.server.Client().Do(c.request(s.server.URL))
	if err != nil {
		s.t.Fatalf("%s %s: %v", c.method, c.path, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatalf("%s %s: %v", c.method, c.path, err)
	}
	a := &answer{s.t, resp.StatusCode, resp.Header, body}
	s.hold(c, a)
	return a
}

// want ends the test unless the answer has a status, and reads it into v.
func (a *answer) want(status int, v any) *answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	if v == nil {
		return a
	}
	if err := json.Unmarshal(a.Body, v); err != nil {
		a.t.Fatalf("%v: %s", err, a.Body)
	}
	return a
}

// problem is a problem as a client reads it.
type problem struct {
	Type, Title, Detail, Ledger string
	Status                      int
	Retryable                   bool
	Ledgers                     []string
	Faults                      []struct{ Pointer, Value, Rule string }
}

// problem ends the test unless the answer is a problem of a code with its status.
func (a *answer) problem(status int, code gateway.Code) problem {
	a.t.Helper()
	var p problem
	a.want(status, &p)
	if p.Type != api.TypeOf(code) || p.Status != status {
		a.t.Fatalf("problem %s of %d, want %s of %d: %s", p.Type, p.Status, code, status, a.Body)
	}
	return p
}

func (p problem) points(pointer string) bool {
	for _, f := range p.Faults {
		if strings.HasPrefix(f.Pointer, pointer) {
			return true
		}
	}
	return strings.HasPrefix(p.Detail, pointer)
}

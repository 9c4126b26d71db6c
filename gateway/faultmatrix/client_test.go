package faultmatrix_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/gateway"
)

// seen is an answer as a client saw it.
type seen struct {
	what   string
	status int
	header http.Header
	body   []byte
	took   time.Duration
}

// problem is what a client reads of a problem.
type problem struct {
	Type      string
	Status    int
	Retryable *bool
	Ledgers   []string
}

// client asks one gateway.
type client struct {
	t    testing.TB
	base string
	http *http.Client
}

func (c *client) get(path string) seen { return c.do(http.MethodGet, path, nil) }

func (c *client) do(method, path string, body any) seen {
	c.t.Helper()
	var text []byte
	if body != nil {
		text, _ = json.Marshal(body)
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, bytes.NewReader(text))
	if err != nil {
		c.t.Error(err)
		return seen{}
	}
	r.Header.Set("Content-Type", "application/json")
	began := time.Now()
	resp, err := c.http.Do(r)
	if err != nil {
		c.t.Errorf("%s %s: the gateway gave no answer: %v", method, path, err)
		return seen{}
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Errorf("%s %s: the gateway's answer broke off: %v", method, path, err)
	}
	s := seen{method + " " + path, resp.StatusCode, resp.Header, answer, time.Since(began)}
	s.isProper(c.t)
	return s
}

// told must stand in no answer: where a ledger is, how it failed, and what no client is to know.
var told = []string{"127.0.0.1", "localhost", "connection refused", "connection reset", "dial tcp", "goroutine ", ".go:", "grpc", "PRIVATE KEY", "/tmp/"}

// isProper holds what every answer must be: a failure is a problem, and nothing is told.
func (s seen) isProper(t testing.TB) {
	t.Helper()
	for _, secret := range told {
		if bytes.Contains(s.body, []byte(secret)) {
			t.Errorf("%s: the answer tells %q: %.500s", s.what, secret, s.body)
		}
	}
	if s.status < http.StatusBadRequest {
		return
	}
	p := s.problem()
	if s.header.Get("Content-Type") != "application/problem+json" || p.Type == "" || p.Status != s.status || p.Retryable == nil {
		t.Errorf("%s: %d without a problem: %.500s", s.what, s.status, s.body)
	}
	if strings.HasSuffix(p.Type, "/internal") {
		t.Errorf("%s: the gateway has failed itself: %.500s", s.what, s.body)
	}
}

func (s seen) problem() (p problem) {
	_ = json.Unmarshal(s.body, &p)
	return p
}

// code is the last part of a problem's type.
func (s seen) code() string {
	p := s.problem()
	return p.Type[strings.LastIndex(p.Type, "/")+1:]
}

// away reports whether the answer is that it could not be asked, and may be asked again.
func (s seen) away() bool {
	p := s.problem()
	return s.status >= http.StatusInternalServerError && p.Retryable != nil && *p.Retryable
}

// in reads an answer.
func in[T any](t testing.TB, s seen) (v T) {
	t.Helper()
	if err := json.Unmarshal(s.body, &v); err != nil {
		t.Errorf("%s: %d: %v: %.500s", s.what, s.status, err, s.body)
	}
	return v
}

func (c *client) onLedger(ledger, id string) seen {
	return c.get("/v1/ledgers/" + ledger + "/records/" + id)
}

func (c *client) everywhere(id string) seen { return c.get("/v1/records/" + id) }

func (c *client) submit(ledger string, f filed) seen {
	c.t.Helper()
	return c.do(http.MethodPost, "/v1/ledgers/"+ledger+"/records",
		gateway.Submission{Record: f.record.Bytes, Document: f.document.Bytes})
}

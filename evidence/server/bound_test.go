package server_test

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/evidence/server"
)

// dial sends a request as it goes over the wire and leaves the connection open; the test closes it.
func dial(t *testing.T, h *evidencetest.House, raw string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.Base, "http://"))
	evidencetest.Must(t, err)
	t.Cleanup(func() { _ = conn.Close() }) // the test may have closed it
	_, err = io.WriteString(conn, raw)
	evidencetest.Must(t, err)
	return conn
}

// exchange sends a request as it goes over the wire and answers the first line of what comes back.
func exchange(t *testing.T, h *evidencetest.House, raw string) string {
	t.Helper()
	conn := dial(t, h, raw)
	evidencetest.Must(t, conn.SetReadDeadline(time.Now().Add(10*time.Second)))
	answer := make([]byte, 4096)
	n, err := conn.Read(answer)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	evidencetest.Must(t, conn.Close())
	line, _, _ := strings.Cut(string(answer[:n]), "\r\n")
	return line
}

// occupy begins an upload of 600 bytes that never come, and returns when the server waits for them.
func occupy(t *testing.T, h *evidencetest.House) net.Conn {
	t.Helper()
	conn := dial(t, h, "POST /evidence/x"+host+"Content-Length: 600\r\nExpect: 100-continue\r\n\r\n")
	goOn := make([]byte, len("HTTP/1.1 100"))
	if _, err := io.ReadFull(conn, goOn); err != nil || string(goOn) != "HTTP/1.1 100" {
		t.Fatalf("the server does not wait for the body: %q, %v", goOn, err)
	}
	return conn
}

// waitUntil waits for a condition, for a bounded time.
func waitUntil(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !condition(); {
		if time.Now().After(end) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

const host = " HTTP/1.1\r\nHost: x\r\n"

// Unrestricted resource consumption is the fourth of the OWASP API risks. Nobody here has a capability: what is bounded
// is bounded for strangers.
func TestOWASPResourceConsumption(t *testing.T) {
	for _, c := range []struct{ name, raw, want string }{
		{"a body that is announced too large", "POST /evidence/x" + host + "Content-Length: 1001\r\n\r\n", "413"},
		{"a capability that is announced too large", "POST /zcaps/revocations/x" + host + "Content-Length: 100000\r\n\r\n", "413"},
		{"a body of unknown length", "POST /evidence/x" + host + "Transfer-Encoding: chunked\r\n\r\n", "411"},
		{"a body that does not come", "POST /evidence/x" + host + "Content-Length: 600\r\n\r\n", "408"},
		{"a body that breaks off", "POST /evidence/x" + host + "Content-Length: 10\r\n\r\nhalf", "408"},
		{"headers that are too long", "GET /evidence/x/y" + host + "Capability-Invocation: " + strings.Repeat("x", 100<<10) + "\r\n\r\n", "431"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := evidencetest.Open(t, func(cfg *server.Config) { cfg.MaxBytes, cfg.Timeout = 1000, 200*time.Millisecond })
			if got := exchange(t, h, c.raw); !strings.HasPrefix(got, "HTTP/1.1 "+c.want) {
				t.Errorf("answered %q, want %s", got, c.want)
			}
		})
	}
}

func TestOneClientHasItsShareOfRequests(t *testing.T) {
	h := evidencetest.Open(t, func(c *server.Config) { c.PerClient = 1 })
	first := occupy(t, h)
	health := "GET /healthz" + host + "\r\n"
	if got := exchange(t, h, health); !strings.Contains(got, " 429 ") {
		t.Errorf("a second request is answered %q", got)
	}
	evidencetest.Must(t, first.Close())
	waitUntil(t, "its share is free again", func() bool { return strings.Contains(exchange(t, h, health), " 200 ") })
}

func TestBodiesShareABoundedMemory(t *testing.T) {
	h := evidencetest.Open(t, func(c *server.Config) { c.MaxBytes, c.Memory, c.PerClient = 1000, 1000, 100 })
	kept := h.Keep(strings.Repeat("x", 700))
	first := occupy(t, h)
	if got := h.Ask(h.Upload(strings.Repeat("y", 600))); got.Status != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" {
		t.Errorf("a body that finds no memory is answered %d", got.Status)
	}
	if got := h.Ask(h.Read(kept.ID)); got.Status != http.StatusServiceUnavailable {
		t.Errorf("an answer that finds no memory is %d", got.Status)
	}
	evidencetest.Must(t, first.Close())
	waitUntil(t, "the memory is free again", func() bool { return h.Ask(h.Read(kept.ID)).Status == http.StatusOK })
}

func TestAnUploadAtTheLimitIsKeptAndAboveIsNot(t *testing.T) {
	h := evidencetest.Open(t, func(c *server.Config) { c.MaxBytes = 1000 })
	h.Keep(strings.Repeat("x", 1000))
	assertStatus(t, h.Ask(h.Upload(strings.Repeat("x", 1001))), http.StatusRequestEntityTooLarge)
}

// What was kept under a larger limit is given under a smaller one.
func TestALowerLimitHidesNothing(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep(strings.Repeat("x", 2000))
	h.Config.MaxBytes = 1000
	h.Restart()
	if got := h.Ask(h.Read(kept.ID)); got.Status != http.StatusOK || len(got.Body) != 2000 {
		t.Errorf("answered %d with %d bytes", got.Status, len(got.Body))
	}
}

func TestManyClientsAtOnce(t *testing.T) {
	h := evidencetest.Open(t, func(c *server.Config) { c.PerClient = 100 })
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			content := bytes.Repeat([]byte("x"), 5000)
			kept := h.Keep(string(content))
			if got := h.Ask(h.Read(kept.ID)); got.Body != string(content) {
				t.Errorf("answered %d with %d bytes", got.Status, len(got.Body))
			}
		})
	}
	all.Wait()
}

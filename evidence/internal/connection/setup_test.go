package connection_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/evidence/internal/connection"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// stranger is a server that says what it likes: talk is called for each request, with the number of its connection and of
// the request on it, both from 1. It answers false to end the connection.
type stranger struct {
	url      string
	accepted atomic.Int32
	roots    *x509.CertPool // nil without TLS
}

type talk func(c net.Conn, connection, request int) bool

func listen(t *testing.T, secure bool, talk talk) *stranger {
	t.Helper()
	at, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	s := &stranger{url: "http://" + at.Addr().String()}
	if secure {
		at = s.secured(at)
	}
	var serving sync.WaitGroup
	ctx, stop := context.WithCancel(context.Background())
	serving.Go(func() {
		for {
			c, err := at.Accept()
			if err != nil {
				return
			}
			n := int(s.accepted.Add(1))
			context.AfterFunc(ctx, func() { _ = c.Close() })
			serving.Go(func() { serve(c, n, talk) })
		}
	})
	t.Cleanup(func() {
		stop()
		_ = at.Close()
		serving.Wait()
	})
	return s
}

// secured puts TLS before a listener, with the certificate that httptest has for 127.0.0.1.
func (s *stranger) secured(at net.Listener) net.Listener {
	web := httptest.NewUnstartedServer(nil)
	web.StartTLS()
	defer web.Close()
	s.roots = x509.NewCertPool()
	s.roots.AddCert(web.Certificate())
	s.url = "https://" + at.Addr().String()
	return tls.NewListener(at, &tls.Config{Certificates: web.TLS.Certificates})
}

func serve(c net.Conn, n int, talk talk) {
	defer func() { _ = c.Close() }()
	in := bufio.NewReader(c)
	for request := 1; ; request++ {
		if _, err := http.ReadRequest(in); err != nil || !talk(c, n, request) {
			return
		}
	}
}

// answer is a whole answer.
func answer(body string) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

func say(c net.Conn, text string) bool {
	_, err := io.WriteString(c, text)
	return err == nil
}

// transport asks such a server.
func (s *stranger) transport(change func(*connection.Config)) *connection.Transport {
	cfg := connection.Config{
		Dial: new(net.Dialer).DialContext, TLS: &tls.Config{RootCAs: s.roots}, Handshake: 5 * time.Second,
		MaxHeader: 4 << 10, PerServer: 4, Idle: time.Minute,
	}
	if change != nil {
		change(&cfg)
	}
	return connection.New(cfg)
}

// get answers the body of an answer, read whole.
func get(ctx context.Context, t *testing.T, tr *connection.Transport, url string) (string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	must(t, err)
	resp, err := tr.RoundTrip(req)
	if err != nil {
		return "", err
	}
	body, err := io.ReadAll(resp.Body)
	must(t, resp.Body.Close())
	return string(body), err
}

func wantBody(t *testing.T, tr *connection.Transport, url, want string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	got, err := get(ctx, t, tr, url)
	if err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

func (s *stranger) wantConnections(t *testing.T, want int32) {
	t.Helper()
	if n := s.accepted.Load(); n != want {
		t.Errorf("%d connections were made, want %d", n, want)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// until waits for what another goroutine does.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("in vain: %s", what)
		}
	}
}

package connection_test

import (
	"bytes"
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/evidence/internal/connection"
)

func TestAConnectionIsKeptForTheNextRequest(t *testing.T) {
	for _, secure := range []bool{false, true} {
		s := listen(t, secure, func(c net.Conn, _, _ int) bool { return say(c, answer("a document")) })
		tr := s.transport(nil)
		for range 5 {
			wantBody(t, tr, s.url, "a document")
		}
		s.wantConnections(t, 1)
	}
}

// What a server sends without being asked is neither an answer to the next request, nor in anybody's log.
func TestWhatComesUnaskedIsNeverRead(t *testing.T) {
	forged := answer("forged")
	for name, unasked := range map[string]string{
		"another answer": forged, "one byte": "H", "a timeout": "HTTP/1.1 408 Request Timeout\r\n\r\n", "no protocol": "secret\x00\n",
		"as much as one read takes": strings.Repeat("x", 4096-len(answer("true"))), "more than that": strings.Repeat("x", 16<<10),
	} {
		for _, secure := range []bool{false, true} {
			for _, together := range []bool{false, true} {
				t.Run(name, func(t *testing.T) { unaskedIsNeverRead(t, secure, together, unasked) })
			}
		}
	}
}

func unaskedIsNeverRead(t *testing.T, secure, together bool, unasked string) {
	var logged bytes.Buffer
	log.SetOutput(&logged)
	defer log.SetOutput(os.Stderr)
	said := make(chan bool, 1)
	s := listen(t, secure, func(c net.Conn, n, _ int) bool {
		switch {
		case n > 1:
			return say(c, answer("true"))
		case together:
			said <- say(c, answer("true")+unasked)
		default:
			said <- say(c, answer("true")) && say(c, unasked)
		}
		return true
	})
	tr := s.transport(nil)
	wantBody(t, tr, s.url, "true")
	<-said // on loopback what was written has arrived, unless the connection was given up before
	wantBody(t, tr, s.url, "true")
	s.wantConnections(t, 2)
	if logged.Len() > 0 {
		t.Errorf("in the log: %s", &logged)
	}
}

func TestAConnectionThatTheServerEndedIsReplaced(t *testing.T) {
	for name, ends := range map[string]talk{
		"after an answer": func(c net.Conn, n, _ int) bool { return say(c, answer("x")) && n > 1 },
		"at a request":    func(c net.Conn, n, request int) bool { return (n > 1 || request == 1) && say(c, answer("x")) },
		"as it says": func(c net.Conn, _, _ int) bool {
			return say(c, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx")
		},
		"by its version": func(c net.Conn, _, _ int) bool { return say(c, "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx") },
	} {
		s := listen(t, false, ends)
		tr := s.transport(nil)
		wantBody(t, tr, s.url, "x")
		wantBody(t, tr, s.url, "x")
		if s.wantConnections(t, 2); t.Failed() {
			t.Fatal(name)
		}
	}
}

// Once a server has begun to answer, it is not asked again: what it said is what it says.
func TestNothingIsSentTwiceAfterAnAnswerHasBegun(t *testing.T) {
	s := listen(t, false, func(c net.Conn, _, request int) bool {
		if request == 1 {
			return say(c, answer("x"))
		}
		return say(c, "HTTP/1.1 200") && false
	})
	tr := s.transport(nil)
	wantBody(t, tr, s.url, "x")
	if got, err := get(t.Context(), t, tr, s.url); err == nil {
		t.Errorf("half an answer is %q", got)
	}
	s.wantConnections(t, 1)
}

func TestAnAnswerThatIsNotReadToItsEndEndsItsConnection(t *testing.T) {
	s := listen(t, false, func(c net.Conn, _, _ int) bool { return say(c, answer("a document")) })
	tr := s.transport(nil)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url, nil)
	must(t, err)
	resp, err := tr.RoundTrip(req)
	must(t, err)
	must(t, resp.Body.Close())
	must(t, resp.Body.Close()) // twice is once
	wantBody(t, tr, s.url, "a document")
	s.wantConnections(t, 2)
}

func TestAnswersThatAreNone(t *testing.T) {
	interim := "HTTP/1.1 103 Early Hints\r\n\r\n"
	for name, c := range map[string]struct {
		says string
		good bool
	}{
		"one more to come":       {interim + answer("x"), true},
		"many more to come":      {strings.Repeat(interim, 50) + answer("x"), false},
		"another protocol":       {"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + answer("x"), false},
		"another protocol still": {"SSH-2.0-OpenSSH_9.9\r\n", false},
		"a header too large":     {"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 8<<10) + "\r\nContent-Length: 1\r\n\r\nx", false},
		"a large body":           {answer(strings.Repeat("x", 64<<10)), true},
		"nothing":                {"", false},
	} {
		s := listen(t, false, func(conn net.Conn, _, _ int) bool { return say(conn, c.says) && false })
		if got, err := get(t.Context(), t, s.transport(nil), s.url); (err == nil) != c.good {
			t.Errorf("%s: %.20q, %v", name, got, err)
		}
	}
}

// Whoever waits, waits no longer than his time, wherever the server stops.
func TestTheCallersTimeBoundsEverything(t *testing.T) {
	whole := answer("a document")
	for name, said := range map[string]string{"nothing": "", "half a header": whole[:10], "half a body": whole[:len(whole)-3]} {
		s := listen(t, false, func(c net.Conn, n, _ int) bool { return say(c, said) })
		tr := s.transport(nil)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		got, err := get(ctx, t, tr, s.url)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

func TestConnectionsToOneServerAreBounded(t *testing.T) {
	hold := make(chan struct{})
	s := listen(t, false, func(c net.Conn, _, _ int) bool {
		<-hold
		return say(c, answer("x"))
	})
	tr := s.transport(func(c *connection.Config) { c.PerServer = 2 })
	done := make(chan error, 3)
	for range 2 {
		go func() {
			_, err := get(context.Background(), t, tr, s.url)
			done <- err
		}()
	}
	until(t, "two connections", func() bool { return s.accepted.Load() == 2 })
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := get(ctx, t, tr, s.url); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a third: %v", err)
	}
	close(hold)
	must(t, errors.Join(<-done, <-done))
	wantBody(t, tr, s.url, "x")
	s.wantConnections(t, 2)
	if n := tr.Servers(); n != 1 {
		t.Errorf("%d servers are remembered", n)
	}
}

func TestAnIdleConnectionIsClosedAndItsServerForgotten(t *testing.T) {
	ended := make(chan struct{})
	s := listen(t, false, func(c net.Conn, _, _ int) bool {
		ok := say(c, answer("x"))
		go func() {
			_, _ = c.Read(make([]byte, 1))
			close(ended)
		}()
		<-ended
		return ok
	})
	tr := s.transport(func(c *connection.Config) { c.Idle = 10 * time.Millisecond })
	wantBody(t, tr, s.url, "x")
	<-ended
	until(t, "the server is forgotten", func() bool { return tr.Servers() == 0 })
}

func TestWhatMayNotBeSentTwiceIsNotSent(t *testing.T) {
	s := listen(t, false, func(c net.Conn, _, _ int) bool { return say(c, answer("x")) })
	tr := s.transport(nil)
	for _, c := range []struct{ method, url, body string }{
		{http.MethodPost, s.url, ""}, {http.MethodGet, s.url, "x"}, {http.MethodGet, "ftp://127.0.0.1/", ""}, {http.MethodGet, "http://bücher.example/", ""},
	} {
		var req *http.Request
		var err error
		if req, err = http.NewRequestWithContext(t.Context(), c.method, c.url, nil); c.body != "" {
			req, err = http.NewRequestWithContext(t.Context(), c.method, c.url, strings.NewReader(c.body))
		}
		must(t, err)
		if resp, err := tr.RoundTrip(req); err == nil {
			t.Errorf("%s %s: answered %d", c.method, c.url, resp.StatusCode)
		}
	}
	s.wantConnections(t, 0)
}

// The name is asked for at every new connection, and so is whether it may be gone to.
func TestEveryConnectionIsDialled(t *testing.T) {
	s := listen(t, false, func(c net.Conn, _, _ int) bool { return say(c, answer("x")) && false })
	dialled := 0
	tr := s.transport(func(c *connection.Config) {
		plain := c.Dial
		c.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			if dialled++; dialled > 2 {
				return nil, errors.New("not there any more")
			}
			return plain(ctx, network, address)
		}
	})
	wantBody(t, tr, s.url, "x")
	wantBody(t, tr, s.url, "x")
	if _, err := get(t.Context(), t, tr, s.url); err == nil || tr.Servers() != 0 {
		t.Errorf("after the address is not allowed any more: %v", err)
	}
}

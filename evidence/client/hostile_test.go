package client_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
)

// hostile is a server that answers with anything at all.
type hostile func(w http.ResponseWriter, r *http.Request)

// fetchFrom fetches the certificate from such a server.
func fetchFrom(t *testing.T, answer hostile, change func(*client.Config)) (*client.Fetched, error) {
	t.Helper()
	web := httptest.NewServer(http.HandlerFunc(answer))
	t.Cleanup(web.Close)
	p := evidencetest.NewPartner(t, web.URL, evidencetest.NewParty(t))
	c := newClient(t, p.Customs, change, p.Reading)
	return c.Fetch(t.Context(), p.Filer.DID, refTo("urn:uuid:"+uuid.NewString(), certificate))
}

// plain begins an answer of the right type.
func plain(w http.ResponseWriter) http.ResponseWriter {
	w.Header().Set("Content-Type", "text/plain")
	return w
}

func status(code int) hostile {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "/elsewhere")
		plain(w).WriteHeader(code)
		_, _ = io.WriteString(w, certificate) // bytes that would even match
	}
}

// raw answers with these bytes, as they are, and closes the connection.
func raw(answer string) hostile {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(conn, answer)
		_ = conn.Close()
	}
}

const ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"

// drip sends a byte at a time, much slower than the client waits, until the client goes away.
func drip(w http.ResponseWriter, r *http.Request) {
	w = plain(w)
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		select {
		case <-r.Context().Done():
			tick.Stop()
			return
		case <-tick.C:
			_, _ = w.Write([]byte("x"))
			_ = http.NewResponseController(w).Flush()
		}
	}
}

func endless(w http.ResponseWriter, r *http.Request) {
	w = plain(w)
	block := bytes.Repeat([]byte("x"), 64<<10)
	for r.Context().Err() == nil {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

// silent takes the request and never answers.
func silent(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(plain(w))
	block := make([]byte, 1<<20)
	for range 100 {
		_, _ = z.Write(block)
	}
	_ = z.Close()
}

func impatient(c *client.Config) { c.Timeout = 300 * time.Millisecond }

func TestNoAnswerIsAVerdict(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer hostile
		change func(*client.Config)
		want   client.Reason
	}{
		{"not found", status(404), nil, client.Refused},
		{"forbidden", status(403), nil, client.Refused},
		{"unauthorised", status(401), nil, client.Refused},
		{"gone", status(410), nil, client.Refused},
		{"broken", status(500), nil, client.ServerFailed},
		{"busy", status(503), nil, client.ServerFailed},
		{"too many requests", status(429), nil, client.ServerFailed},
		{"moved for good", status(301), nil, client.Redirected},
		{"moved for now", status(307), nil, client.Redirected},
		{"a part of it", status(206), nil, client.UnexpectedAnswer},
		{"made up by a proxy", status(203), nil, client.UnexpectedAnswer},
		{"a bad request", status(400), nil, client.UnexpectedAnswer},
		{"a page of a proxy", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<html>sign in</html>")
		}, nil, client.WrongMediaType},
		{"no media type", func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			_, _ = io.WriteString(w, certificate)
		}, nil, client.WrongMediaType},
		{"compressed", bomb, nil, client.Encoded},
		{"endless", endless, nil, client.TooLarge},
		{"announced too large", raw(ok + "Content-Length: 1000000000\r\n\r\n"), nil, client.TooLarge},
		{"shorter than announced", raw(ok + "Content-Length: 100\r\n\r\nhalf of it"), nil, client.Truncated},
		{"a chunk cut short", raw(ok + "Transfer-Encoding: chunked\r\n\r\n17\r\na certif"), nil, client.Truncated},
		{"the last chunk missing", raw(ok + "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"), nil, client.Truncated},
		{"an end that nobody can tell", raw(ok + "\r\nhalf of it"), nil, client.Truncated},
		{"a byte at a time", drip, impatient, client.TimedOut},
		{"silence", silent, impatient, client.TimedOut},
		{"nothing", raw(""), nil, client.Unreachable},
		{"another protocol", raw("SSH-2.0-OpenSSH_9.9\r\n"), nil, client.Unreachable},
		{"endless headers", raw("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 1<<20) + "\r\n\r\n"), nil, client.Unreachable},
		{"two lengths", raw(ok + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nhalf"), nil, client.Unreachable},
		{"a bad chunk", raw(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"), nil, client.Unreachable},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := fetchFrom(t, c.answer, c.change)
			if r := reasonOf(t, got, err); r != c.want {
				t.Errorf("reason %s, want %s", r, c.want)
			}
		})
	}
}

func TestAServerThatIsNotThereIsUnreachable(t *testing.T) {
	at, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, at.Close())
	p := evidencetest.NewPartner(t, "http://"+at.Addr().String(), evidencetest.NewParty(t))
	got, err := newClient(t, p.Customs, nil, p.Reading).Fetch(t.Context(), p.Filer.DID, refTo("urn:uuid:"+uuid.NewString(), certificate))
	if r := reasonOf(t, got, err); r != client.Unreachable {
		t.Errorf("reason %s", r)
	}
}

// A server that answers whole, in order, and with other bytes has answered.
func TestOtherBytesAreAMismatch(t *testing.T) {
	for name, answer := range map[string]hostile{
		"other bytes":           raw(ok + "Content-Length: 5\r\n\r\nother"),
		"no bytes":              raw(ok + "Content-Length: 0\r\n\r\n"),
		"fewer than there were": raw(ok + "Content-Length: 5\r\n\r\n" + certificate), // the rest is not read
		"in chunks":             raw(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nother\r\n0\r\n\r\n"),
	} {
		got, err := fetchFrom(t, answer, nil)
		var m *client.Mismatch
		if !errors.As(err, &m) || got != nil {
			t.Errorf("%s: got %v, %v; want a Mismatch", name, got, err)
		}
	}
}

func TestAMediaTypeWithAParameterIsTheSame(t *testing.T) {
	got, err := fetchFrom(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "Text/Plain; charset=utf-8")
		_, _ = io.WriteString(w, certificate)
	}, nil)
	if err != nil || string(got.Content) != certificate {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestTheLargestAnswerThatIsTaken(t *testing.T) {
	for size, want := range map[int]bool{len(certificate): true, len(certificate) - 1: false} {
		got, err := fetchFrom(t, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(plain(w), certificate)
		}, func(c *client.Config) { c.MaxBytes = int64(size) })
		if (err == nil) != want {
			t.Errorf("a limit of %d bytes: %v, %v", size, got, err)
		}
	}
}

// Unsafe consumption of other servers' answers: however much a server sends, little is taken in.
func TestOWASPUnsafeConsumptionTakesBoundedMemory(t *testing.T) {
	for name, answer := range map[string]hostile{"endless": endless, "bomb": bomb} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got, err := fetchFrom(t, answer, func(c *client.Config) { c.MaxBytes = 1 << 10 })
		runtime.ReadMemStats(&after)
		reasonOf(t, got, err)
		if taken := after.TotalAlloc - before.TotalAlloc; taken > 20<<20 {
			t.Errorf("%s: %d bytes were allocated for an answer of at most 1024", name, taken)
		}
	}
}

// What a client says of a failure is for the log and may name the host; the reason alone names nothing.
func TestAReasonNamesNoHost(t *testing.T) {
	got, err := fetchFrom(t, status(500), nil)
	if r := reasonOf(t, got, err); strings.ContainsAny(string(r), "0123456789.:/") {
		t.Errorf("reason %q", r)
	}
	if !strings.Contains(fmt.Sprint(err), "500") {
		t.Errorf("the error for the log says %v", err)
	}
}

package remote_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// Clients of both kinds: the driver's own, and one that is given and would follow.
var clients = map[string]func() *http.Client{
	"its own": func() *http.Client { return nil },
	"a given": func() *http.Client { return &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()} },
	"an eager": func() *http.Client {
		return &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone(), CheckRedirect: eager}
	},
}

func eager(*http.Request, []*http.Request) error { return nil }

// TestNoCallIsRedirected, whichever it is, by whichever status and whatever client: nobody is asked at the private address
// that a server names, though what it would say is in the right form.
func TestNoCallIsRedirected(t *testing.T) {
	var elsewhere atomic.Int32
	private := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		elsewhere.Add(1)
		vendor{protocol.OpGet: entry("k", 2, 7, "c2")}.ServeHTTP(w, r)
	}))
	defer private.Close()
	for name, given := range clients {
		for op, do := range calls {
			for _, status := range []int{300, 301, 302, 303, 307, 308} {
				s := redirecting(op, private.URL, status)
				err := ask(t, s, given(), do)
				if want := map[bool]driver.Code{true: driver.OutcomeUnknown, false: driver.Unavailable}[op == protocol.OpAppend]; driver.CodeOf(err) != want {
					t.Errorf("%s client, %s by %d: %v, want %s", name, op, status, err, want)
				}
			}
		}
	}
	if n := elsewhere.Load(); n > 0 {
		t.Errorf("%d calls were redirected", n)
	}
}

// redirecting is a vendor that sends one operation elsewhere.
func redirecting(op protocol.Operation, to string, status int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/"+string(op)) {
			http.Redirect(w, r, to+r.URL.Path, status)
			return
		}
		vendor{}.ServeHTTP(w, r)
	})
}

// ask makes one call of a server.
func ask(t *testing.T, h http.Handler, client *http.Client, do call) error {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	l, err := driver.Open(t.Context(), "ledger+"+server.URL, driver.Env{HTTP: client})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if client != nil {
		defer client.CloseIdleConnections()
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	return do(ctx, l)
}

// TestAnAnswerHasTheProtocolsContentType, to whichever call: what is said under another one is not even decoded.
func TestAnAnswerHasTheProtocolsContentType(t *testing.T) {
	for op, do := range calls {
		for kind, fine := range map[string]bool{
			"application/json": true, "Application/JSON; charset=utf-8": true, "application/ld+json": false, "text/html": false, "text/plain": false,
			"application/problem+json": false, "application/json;": true, "application/json, text/html": false, "json": false, "": false,
		} {
			err := ask(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/"+string(op)) {
					w = &typed{w, kind}
				}
				honest.ServeHTTP(w, r)
			}), nil, do)
			if (err == nil) != fine || err != nil && !driver.IsOutage(err) {
				t.Errorf("%s as %q: %v", op, kind, err)
			}
		}
	}
}

// typed has another content type than it is given.
type typed struct {
	http.ResponseWriter
	kind string
}

func (w *typed) Write(p []byte) (int, error) {
	w.Header()["Content-Type"] = []string{w.kind}
	return w.ResponseWriter.Write(p)
}

// TestNoLedgerIsWhereNoneCanBe: the operator names a host, and somebody else may say where that is.
func TestNoLedgerIsWhereNoneCanBe(t *testing.T) {
	for _, host := range []string{"169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "0.0.0.0", "224.0.0.1", "255.255.255.255"} {
		l, err := driver.Open(t.Context(), "ledger+http://"+net.JoinHostPort(strings.Trim(host, "[]"), "80"), driver.Env{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = l.Head(t.Context())
		if driver.CodeOf(err) != driver.Unavailable || !strings.Contains(fmt.Sprint(err), "prohibited") {
			t.Errorf("%s: %v", host, err)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
}

package ethereum_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
)

// spoilt are what a sick node or network does to an answer, and the codes that this may be told as.
var spoilt = map[string]struct {
	do    http.HandlerFunc
	codes []driver.Code
}{
	"refused": {nil, []driver.Code{driver.Unavailable}}, // nobody listens
	"reset":   {reset, []driver.Code{driver.Unavailable}},
	"truncated": {func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte(`{"jsonrpc":"2.0","id":1,"result":`))
	}, []driver.Code{driver.Unavailable}},
	"half of JSON":      {text(`{"jsonrpc":"2.0","id":1,"result":`), []driver.Code{driver.Unavailable, driver.Corrupt}},
	"garbage":           {text("\x00\xff<html>"), []driver.Code{driver.Corrupt}},
	"nothing":           {text(""), []driver.Code{driver.Unavailable, driver.Corrupt}},
	"a list":            {text(`[]`), []driver.Code{driver.Corrupt}},
	"an empty object":   {text(`{}`), []driver.Code{driver.Corrupt}},
	"nested deeply":     {text(strings.Repeat(`{"result":`, 20_000)), []driver.Code{driver.Corrupt, driver.Unavailable}},
	"endless":           {endless, []driver.Code{driver.ResourceExhausted}},
	"announced large":   {announced, []driver.Code{driver.Unavailable}},
	"500":               {status(http.StatusInternalServerError), []driver.Code{driver.Unavailable}},
	"503":               {status(http.StatusServiceUnavailable), []driver.Code{driver.Unavailable}},
	"429":               {status(http.StatusTooManyRequests), []driver.Code{driver.ResourceExhausted}},
	"401":               {status(http.StatusUnauthorized), []driver.Code{driver.PermissionDenied}},
	"404":               {status(http.StatusNotFound), []driver.Code{driver.Unavailable}},
	"redirect":          {redirect, []driver.Code{driver.Unavailable}},
	"black hole":        {silence, []driver.Code{driver.DeadlineExceeded, driver.NotReady}},
	"slow drip":         {drip, []driver.Code{driver.DeadlineExceeded, driver.NotReady}},
	"an error's body":   {text(`{"error":"project id is not known"}`), []driver.Code{driver.Corrupt, driver.Unavailable}},
	"an error in a 200": {text(`{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"no"}}`), []driver.Code{driver.Corrupt, driver.Unavailable}},
}

func text(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(answer)) }
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// reset ends the connection with RST, and not with an orderly end.
func reset(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_ = conn.(*net.TCPConn).SetLinger(0)
	_ = conn.Close()
}

// strayed counts requests that came where no request may go.
var strayed atomic.Int32

func redirect(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/stray" {
		strayed.Add(1)
	}
	http.Redirect(w, r, "http://"+r.Host+"/stray", http.StatusTemporaryRedirect)
}

// silence never answers. It reads the request first, or a server would not notice that the client has gone.
func silence(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.ReadAll(r.Body)
	<-r.Context().Done()
}

func announced(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "99999999999")
	_, _ = w.Write([]byte(`{`))
}

func endless(w http.ResponseWriter, r *http.Request) {
	chunk := []byte(strings.Repeat("x", 1<<16))
	_, err := w.Write([]byte(`{"jsonrpc":"2.0","id":1,"result":"`))
	for err == nil && r.Context().Err() == nil {
		_, err = w.Write(chunk)
	}
}

func drip(w http.ResponseWriter, r *http.Request) {
	_, _ = io.ReadAll(r.Body)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for r.Context().Err() == nil {
		_, _ = w.Write([]byte(" "))
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-tick.C:
		}
	}
}

// reads are the calls that ask a node. Each answers what was read, which must be the same before and after a fault.
var reads = map[string]func(ctx context.Context, l driver.Ledger) (string, error){
	"Head": func(ctx context.Context, l driver.Ledger) (string, error) {
		h, err := l.Head(ctx)
		return fmt.Sprint(h.Final), err
	},
	"Get": func(ctx context.Context, l driver.Ledger) (string, error) {
		return inShort(l.Get(ctx, driver.Ref{Key: key32("a")}))
	},
	"Get latest": func(ctx context.Context, l driver.Ledger) (string, error) {
		return inShort(l.Get(ctx, driver.Ref{Key: key32("a"), Finality: driver.Latest}))
	},
	"Get older": func(ctx context.Context, l driver.Ledger) (string, error) {
		return inShort(l.Get(ctx, driver.Ref{Key: key32("a"), Version: 1}))
	},
	"Get absent": func(ctx context.Context, l driver.Ledger) (string, error) {
		e, err := l.Get(ctx, driver.Ref{Key: key32("absent")})
		if driver.CodeOf(err) == driver.NotFound {
			return "absent", nil
		}
		return inShort(e, err)
	},
	"Versions": func(ctx context.Context, l driver.Ledger) (string, error) {
		all, err := l.Versions(ctx, key32("a"), 0, 0)
		return fmt.Sprint(len(all)), err
	},
	"Find": func(ctx context.Context, l driver.Ledger) (string, error) {
		keys, _, err := l.Find(ctx, driver.Lookup{Value: "led"}, "", 0)
		return fmt.Sprint(keys), err
	},
	"Changes": func(ctx context.Context, l driver.Ledger) (string, error) {
		b, err := l.Changes(ctx, "", 0, 0)
		if err != nil {
			return "", err
		}
		return fmt.Sprint(len(b.Entries)), nil
	},
	"Receipt": func(ctx context.Context, l driver.Ledger) (string, error) {
		_, err := l.Receipt(ctx, "0x"+strings.Repeat("77", 32))
		if driver.CodeOf(err) == driver.NotFound {
			return "absent", nil
		}
		return "", err
	},
}

func inShort(e *driver.Entry, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d %s %s", e.Version, e.Body, e.Contradiction), nil
}

// TestNoFaultBecomesAnAnswer: whatever the way to the only endpoint does, no call answers anything, for nothing was
// learnt: neither one of a ledger that knows its chain, nor one of a ledger that was opened into the fault. When the way
// is well again, so are both, without being opened again.
func TestNoFaultBecomesAnAnswer(t *testing.T) {
	c := newChain(t, 1000)
	contract := c.reference()
	c.send(&contract, appended("a", 0, "first", keccak("led")))
	c.send(&contract, appended("a", 1, "second"))
	for name, fault := range spoilt {
		t.Run(name, func(t *testing.T) {
			if conformancetest.RaceDetector && name == "endless" {
				t.Skip("reads 32 MiB for each call, which takes minutes under the race detector; the run without it plays this")
			}
			t.Parallel()
			w := newWire(t, c.url)
			known := c.writing(via(w.URL), contract, `, "finality": "latest"`, newStore(t))
			truth := map[string]string{}
			for call, read := range reads {
				var err error
				if truth[call], err = read(within(t), known); err != nil {
					t.Fatalf("%s: %v", call, err)
				}
			}
			restore := w.fail(t, fault.do)
			opened := c.writing(via(w.URL), contract, `, "finality": "latest"`, newStore(t))
			for call, read := range reads {
				for state, l := range map[string]driver.Ledger{"known": known, "new": opened} {
					noAnswer(t, state+" "+call, l, read, fault.codes)
				}
			}
			restore()
			for call, read := range reads {
				for state, l := range map[string]driver.Ledger{"known": known, "new": opened} {
					if got, err := read(within(t), l); err != nil || got != truth[call] {
						t.Errorf("%s %s after the fault: %q, %v; want %q", state, call, got, err, truth[call])
					}
				}
			}
		})
	}
	t.Cleanup(func() {
		if strayed.Load() != 0 {
			t.Error("a redirect was followed")
		}
	})
}

func noAnswer(t *testing.T, what string, l driver.Ledger, read func(context.Context, driver.Ledger) (string, error), codes []driver.Code) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patienceFor(codes))
	defer cancel()
	if got, err := read(ctx, l); !slices.Contains(codes, driver.CodeOf(err)) {
		t.Errorf("%s: %q, %v; want one of %q", what, got, err, codes)
	}
}

// patienceFor is short where a fault is that nothing comes.
func patienceFor(codes []driver.Code) time.Duration {
	if slices.Contains(codes, driver.DeadlineExceeded) {
		return 100 * time.Millisecond
	}
	return patience
}

// fail makes everything on the way go wrong until restore is called; without a handler nobody listens.
func (w *wire) fail(t testing.TB, how http.HandlerFunc) (restore func()) {
	t.Helper()
	if how != nil {
		w.spoiled(how)
		return func() { w.spoiled(nil) }
	}
	at := w.Listener.Addr().String()
	w.CloseClientConnections()
	w.Close()
	return func() { w.listen(t, at) }
}

package wire_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/conformance/wire"
)

const said = "what the node says, which is longer than what a connection that is cut off lets through: "

// asks asks a node once, over a connection of its own.
func asks(t *testing.T, address string, patience time.Duration) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	alone := &http.Transport{DisableKeepAlives: true}
	resp, err := alone.RoundTrip(r)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}

// Every fault keeps a client from the answer but latency, which only delays it; and is over when the wire is mended.
func TestEachFaultFailsInItsWay(t *testing.T) {
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat(said, 2))
	}))
	t.Cleanup(node.Close)
	for _, f := range wire.Faults() {
		t.Run(string(f), func(t *testing.T) {
			t.Parallel()
			w, err := wire.Open(strings.TrimPrefix(node.URL, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			at := w.Address()
			if err := w.Break(f); err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			got, err := asks(t, at, time.Second)
			took := time.Since(began)
			if late := f == wire.Latency; late != (err == nil) || late && (took < 100*time.Millisecond || got != strings.Repeat(said, 2)) {
				t.Errorf("%q, %v after %v", got, err, took)
			}
			if silent := f == wire.BlackHole || f == wire.SlowDrip; silent != (took >= time.Second) {
				t.Errorf("%v after %v", err, took)
			}
			if err := w.Mend(); err != nil {
				t.Fatal(err)
			}
			if _, err := asks(t, at, 5*time.Second); err != nil || w.Address() != at {
				t.Errorf("mended: %v, at %s", err, w.Address())
			}
		})
	}
}

// A way that is long is so in both directions, and is short again when it is mended.
func TestAWayIsAsLongAsItIsStretched(t *testing.T) {
	const each = 60 * time.Millisecond
	var came time.Time
	node := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { came = time.Now() }))
	t.Cleanup(node.Close)
	w, err := wire.Open(strings.TrimPrefix(node.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for range 2 { // the second time is no longer than the first
		if err := w.Stretch(each); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	if _, err := asks(t, w.Address(), 5*time.Second); err != nil {
		t.Fatal(err)
	}
	if there, back := came.Sub(began), time.Since(came); there < each || back < each {
		t.Errorf("%v there and %v back, want at least %v each", there, back, each)
	}
	if err := w.Mend(); err != nil {
		t.Fatal(err)
	}
	if _, err := asks(t, w.Address(), 5*time.Second); err != nil {
		t.Fatal(err)
	}
}

func TestAFaultThatIsNone(t *testing.T) {
	w, err := wire.Open("127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Break("fire"); err == nil || !strings.Contains(err.Error(), "slow drip") {
		t.Errorf("%v: want an error that says which there are", err)
	}
}

func TestAWireLeadsElsewhere(t *testing.T) {
	var nodes [2]*httptest.Server
	for i := range nodes {
		nodes[i] = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("x", i+1)) }))
		defer nodes[i].Close()
	}
	w, err := wire.Open(strings.TrimPrefix(nodes[0].URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	at := w.Address()
	for i, node := range nodes {
		if err := w.Lead(strings.TrimPrefix(node.URL, "http://")); err != nil {
			t.Fatal(err)
		}
		if got, err := asks(t, at, 5*time.Second); err != nil || len(got) != i+1 {
			t.Errorf("%q, %v; want the answer of node %d", got, err, i)
		}
	}
}

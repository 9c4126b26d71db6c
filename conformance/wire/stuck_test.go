package wire_test

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/conformance/wire"
)

// babbles is a node that says more than what fits into a connection whose reader does not read.
func babbles(t *testing.T) (address string) {
	t.Helper()
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		some := bytes.Repeat([]byte(said), 1000)
		for range 1000 {
			if _, err := w.Write(some); err != nil {
				return
			}
		}
	}))
	t.Cleanup(node.Close)
	return strings.TrimPrefix(node.URL, "http://")
}

// A client that does not read what it asked for keeps nobody from ending a fault, nor from beginning another.
func TestAClientThatDoesNotReadHoldsUpNoFault(t *testing.T) {
	w, err := wire.Open(babbles(t))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, change := range []struct {
		name string
		how  func() error
	}{
		{"mend", w.Mend},
		{"break", func() error { return w.Break(wire.SlowDrip) }},
	} {
		if err := w.Break(wire.Latency); err != nil {
			t.Fatal(err)
		}
		client := asksAndDoesNotRead(t, w.Address())
		ended := make(chan error, 1)
		go func() { ended <- change.how() }()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("%s: %v", change.name, err)
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("%s: not within half a minute", change.name)
		}
		_ = client.Close()
	}
	if err := w.Mend(); err != nil {
		t.Fatal(err)
	}
	if _, err := asks(t, w.Address(), 20*time.Second); err != nil {
		t.Errorf("mended: %v", err)
	}
}

// asksAndDoesNotRead asks, and waits until the answer has begun.
func asksAndDoesNotRead(t *testing.T, address string) net.Conn {
	t.Helper()
	client, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	if _, err := io.WriteString(client, "GET / HTTP/1.1\r\nHost: node\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	return client
}

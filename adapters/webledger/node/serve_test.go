package node_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/webledger/node"
)

// served is a node that answers on a listener of its own until the test ends.
func served(t *testing.T, conf *tls.Config) (addr string, stop func() error) {
	t.Helper()
	n, err := node.Open(context.Background(), node.Config{Home: t.TempDir(), ApprovedSigners: []string{didOf(signer)}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- n.Serve(ctx, l, conf) }()
	t.Cleanup(func() {
		cancel()
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String(), func() error { cancel(); return <-done }
}

func TestServeEndsWithItsContext(t *testing.T) {
	addr, stop := served(t, nil)
	resp, err := http.Get("http://" + addr + "/ledger-agents")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if err := stop(); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("%d, then %v", resp.StatusCode, err)
	}
	if _, err := http.Get("http://" + addr + "/ledger-agents"); err == nil {
		t.Error("still served")
	}
}

// web-ledger-client speaks https alone, and follows whatever addresses the agent gives it.
func TestServeSpeaksTLS(t *testing.T) {
	borrowed := httptest.NewTLSServer(http.NotFoundHandler())
	defer borrowed.Close()
	addr, stop := served(t, &tls.Config{Certificates: borrowed.TLS.Certificates})
	roots := x509.NewCertPool()
	roots.AddCert(borrowed.Certificate())
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: "example.com"}}}
	defer client.CloseIdleConnections()
	resp, err := client.Get("https://" + addr + "/ledger-agents")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || !strings.Contains(string(body), `"https://`+addr+`/ledger-agents/`) {
		t.Errorf("%s %v", body, err)
	}
	client.CloseIdleConnections()
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestHeadersAreBounded(t *testing.T) {
	addr, _ := served(t, nil)
	req, err := http.NewRequest(http.MethodGet, "http://"+addr+"/ledger-agents", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Large", strings.Repeat("x", 64<<10))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return // the connection was closed on us: refused as well
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Error(resp.StatusCode)
	}
}

// A sender who stops in the middle of a message does not keep the node from closing.
func TestCloseDoesNotWaitForASlowSender(t *testing.T) {
	n := open(t, t.TempDir())
	conn, err := net.Dial("tcp", strings.TrimPrefix(n.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	path := strings.TrimPrefix(n.agent.Service.Operation, n.url)
	head := "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 800000\r\n\r\n{"
	if _, err := io.Copy(conn, bytes.NewReader([]byte(head))); err != nil {
		t.Fatal(err)
	}
	closed := make(chan error, 1)
	go func() { closed <- n.Close() }()
	select {
	case err := <-closed:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("Close waits for a sender")
	}
}

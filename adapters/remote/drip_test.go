package remote_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// dripping is a server in this process that answers one byte of text a second, for ever.
type dripping struct {
	op   protocol.Operation // other operations are answered at once
	head string             // said at once
	drop string             // said again and again, a second each
}

// served is a client of a server, and how to wait until that has noticed that nobody listens.
type served struct {
	*http.Client
	connections *sync.WaitGroup
}

func (s served) end() {
	s.CloseIdleConnections()
	s.connections.Wait()
}

// client reaches it by a network without sockets, so that its time is the test's.
func (d dripping) client() served {
	var all sync.WaitGroup
	return served{&http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		all.Go(func() { d.serve(there) })
		return here, nil
	}}}, &all}
}

func (d dripping) serve(c net.Conn) {
	defer c.Close()
	in := bufio.NewReader(c)
	for {
		r, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		if !strings.HasSuffix(r.URL.Path, "/"+string(d.op)) {
			fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nFta-Ledger: %s\r\nContent-Length: %d\r\n\r\n%s", aURI, len(description), description)
			continue
		}
		text := d.head
		for {
			if _, err := io.WriteString(c, text); err != nil {
				return
			}
			time.Sleep(time.Second) // of the test's clock
			text = d.drop
		}
	}
}

// TestWhoAnswersDropByDropIsNotWaitedFor: a byte a second keeps every timeout of a connection from ever running out. A
// caller with a deadline has its answer then, and one without has it after what an exchange may take.
func TestWhoAnswersDropByDropIsNotWaitedFor(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nFta-Ledger: " + aURI + "\r\nTransfer-Encoding: chunked\r\n\r\n"
	for name, d := range map[string]dripping{
		"a status":  {head: "HTTP/1.1 ", drop: " "},
		"headers":   {head: "HTTP/1.1 200 OK\r\n", drop: "X: y\r\n"},
		"a body":    {head: ok, drop: "1\r\n \r\n"},
		"a trailer": {head: ok + "2\r\n{}\r\n0\r\n", drop: "X: y\r\n"},
		"promises":  {head: "HTTP/1.1 102 Processing\r\n\r\n", drop: ""},
	} {
		for op, do := range calls {
			d.op = op
			synctest.Test(t, func(t *testing.T) {
				client := d.client()
				l, err := driver.Open(t.Context(), "ledger+http://vendor", driver.Env{HTTP: client.Client})
				if err != nil {
					t.Fatal(err)
				}
				for patience, most := range map[time.Duration]time.Duration{3 * time.Second: 3 * time.Second, time.Hour: 61 * time.Second} {
					ctx, cancel := context.WithTimeout(t.Context(), patience)
					began := time.Now()
					err := do(ctx, l)
					if took := time.Since(began); !driver.IsOutage(err) || took > most {
						t.Errorf("%s of %s with %s to wait: %v after %s", name, op, patience, err, took)
					}
					cancel()
				}
				if err := l.Close(); err != nil {
					t.Error(err)
				}
				client.end()
			})
		}
	}
}

// TestAnOpeningIsNotHeldUp by a server that says nothing: the gateway starts, and the ledger is asked again later.
func TestAnOpeningIsNotHeldUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := dripping{op: protocol.OpDescribe, head: "HTTP/1.1 200 OK\r\n", drop: "X: y\r\n"}.client()
		began := time.Now()
		l, err := driver.Open(t.Context(), "ledger+http://vendor", driver.Env{HTTP: client.Client})
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("opened after %s", took)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		client.end()
	})
}

package api_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
)

const large = 100 << 20

// A body of 100 MB is refused by its length before any of it is read, and one that does not say its length as soon as it is
// too long. Many at once fill no more memory than bodies may.
func TestLargeBodiesAreRefusedEarly(t *testing.T) {
	s := newSite(t, options{})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	c := s.dial("127.0.0.1")
	fmt.Fprintf(c, "POST /v1/verify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", large)
	if resp, err := http.ReadResponse(bufio.NewReader(c), nil); err != nil || resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Fatalf("%v, %v: want 413 before a byte of the body was sent", resp, err)
	}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { s.chunked(t, "/v1/verify") })
	}
	wg.Wait()
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapInuse) - int64(before.HeapInuse); grown > 64<<20 {
		t.Errorf("%d bytes more are in use", grown)
	}
	s.do(get("/v1/ledgers")).want(http.StatusOK, nil)
}

// dial connects from an address of this machine.
func (s *site) dial(from string) net.Conn {
	s.t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}, Timeout: 10 * time.Second}
	c, err := d.Dial("tcp", s.server.Listener.Addr().String())
	if err != nil {
		s.t.Fatal(err)
	}
	_ = c.SetDeadline(time.Now().Add(30 * time.Second))
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// chunked sends a large body without its length.
func (s *site) chunked(t *testing.T, path string) {
	body := io.LimitReader(endless{}, large)
	r, _ := http.NewRequest(http.MethodPost, s.server.URL+path, struct{ io.Reader }{body})
	r.Header.Set("Content-Type", "application/json")
	resp, err := s.server.Client().Do(r)
	if err != nil {
		return // cut off while it was still sending
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusRequestEntityTooLarge && resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%d, want 413, or 503 where others fill the room", resp.StatusCode)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// One client who asks for everything at once is told to wait, and another is answered.
func TestOneClientTakesNotAllPlaces(t *testing.T) {
	bent := &gatewaytest.Bent{}
	s := newSite(t, options{Options: gatewaytest.Options{Wrap: wrap(bent)}, Concurrency: 4})
	inside, leave := make(chan struct{}, 8), make(chan struct{})
	bent.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) {
		inside <- struct{}{}
		<-leave
		return nil, driver.Errorf(driver.NotFound, "absent")
	}
	var greedy []net.Conn
	for range 2 {
		c := s.dial("127.0.0.2")
		fmt.Fprintf(c, "GET /v1/ledgers/trade/records/%s HTTP/1.1\r\nHost: localhost\r\n\r\n", model.NewID())
		greedy = append(greedy, c)
		<-inside
	}
	more := s.dial("127.0.0.2")
	fmt.Fprint(more, "GET /v1/ledgers HTTP/1.1\r\nHost: localhost\r\n\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(more), nil)
	if err != nil || resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") != "1" {
		t.Fatalf("%+v, %v: want 429, to be tried again after 1 s", resp, err)
	}
	if text, _ := io.ReadAll(resp.Body); !strings.Contains(string(text), api.TypeOf(api.CodeTooMany)) {
		t.Errorf("%s", text)
	}
	s.do(get("/v1/ledgers")).want(http.StatusOK, nil) // from 127.0.0.1
	close(leave)
	for _, c := range greedy {
		if resp, err := http.ReadResponse(bufio.NewReader(c), nil); err != nil || resp.StatusCode != http.StatusNotFound {
			t.Errorf("%+v, %v", resp, err)
		}
	}
}

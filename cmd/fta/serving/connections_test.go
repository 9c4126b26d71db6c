package serving_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/serving"
)

// served serves a handler for at most so many connections, and answers where.
func served(t *testing.T, most int, handler http.HandlerFunc) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- serving.HTTP{Handler: handler, Log: slog.New(slog.DiscardHandler), Connections: most}.Serve(ctx, l)
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

func fine(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "fine") }

// ask asks as a client does who knows how, on a connection of its own.
func ask(t *testing.T, address string) {
	t.Helper()
	client := http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get("http://" + address + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if text, err := io.ReadAll(resp.Body); err != nil || string(text) != "fine" {
		t.Errorf("%q, %v", text, err)
	}
}

// Ten thousand clients who send a header a byte at a time hold no more than their connections, and keep nobody out.
func TestSlowClientsKeepNobodyOut(t *testing.T) {
	const slow, most, each = 10_000, 256, 1000
	address := served(t, most, fine)
	before := resident()
	var held []net.Conn
	t.Cleanup(func() {
		for _, c := range held {
			_ = c.Close()
		}
	})
	for i := range slow {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
		held = append(held, c)
		_, _ = io.WriteString(c, "G")
		if i%each == each-1 {
			trickle(held[max(0, len(held)-most):])
			ask(t, address)
		}
	}
	if grown := resident() - before; grown > 64<<20 {
		t.Errorf("%d bytes more are held", grown)
	}
	if n := runtime.NumGoroutine(); n > 4*most {
		t.Errorf("%d goroutines for %d connections", n, most)
	}
}

// trickle sends the next byte of each header.
func trickle(all []net.Conn) {
	for _, c := range all {
		_, _ = io.WriteString(c, "E")
	}
}

func resident() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}

// Who is being answered is not sent away for one who comes.
func TestWhoIsBeingAnsweredStays(t *testing.T) {
	const most = 4
	inside, leave := make(chan struct{}, most), make(chan struct{})
	address := served(t, most, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			inside <- struct{}{}
			<-leave
		}
		fine(w, r)
	})
	var wg sync.WaitGroup
	for range most - 1 {
		wg.Go(func() { slowly(t, address) })
	}
	for range most - 1 {
		<-inside
	}
	for range 3 * most {
		ask(t, address) // by the one place that is left
	}
	close(leave)
	wg.Wait()
}

func slowly(t *testing.T, address string) {
	client := http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get("http://" + address + "/slow")
	if err != nil {
		t.Error(err)
		return
	}
	defer resp.Body.Close()
	if text, err := io.ReadAll(resp.Body); err != nil || string(text) != "fine" {
		t.Errorf("%q, %v", text, err)
	}
}

// With everybody at work, one more is turned away, and comes in when one is done.
func TestOneMoreThanCanBeWorkedOnIsTurnedAway(t *testing.T) {
	inside, leave := make(chan struct{}, 1), make(chan struct{})
	address := served(t, 1, func(w http.ResponseWriter, r *http.Request) {
		inside <- struct{}{}
		<-leave
		fine(w, r)
	})
	var wg sync.WaitGroup
	wg.Go(func() { slowly(t, address) })
	<-inside
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"); err == nil {
		if n, err := c.Read(make([]byte, 1)); err == nil {
			t.Errorf("%d bytes, want to be turned away", n)
		}
	}
	close(leave)
	wg.Wait()
	ask(t, address)
}

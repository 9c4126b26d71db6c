package adapters_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/breaker"
	"github.com/ftagateway/ftagateway/adapters/driver"
	_ "github.com/ftagateway/ftagateway/adapters/remote" // the driver
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
)

// How a server can be.
const (
	well int32 = iota
	refusing
	hanging
)

// server shows a ledger over a real socket, and can be made sick.
type server struct {
	*httptest.Server
	how atomic.Int32
}

func serve(t *testing.T) *server {
	t.Helper()
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	s, h := &server{}, ledgerhttp.New(n, ledgerhttp.Options{})
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch s.how.Load() {
		case refusing:
			panic(http.ErrAbortHandler)
		case hanging:
			_, _ = io.Copy(io.Discard, r.Body) // a server notices that a client went away once it has read all
			<-r.Context().Done()
		default:
			h.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(func() { s.Close(); _ = n.Close() })
	return s
}

// quick are limits that a test need not wait for.
var quick = adapters.Limits{Budget: time.Second, Attempt: 200 * time.Millisecond, Failures: 5, Window: 30 * time.Second, Rest: 100 * time.Millisecond}

func (s *server) open(t *testing.T, slug string, log *journal, reg prometheus.Registerer) *adapters.Ledger {
	t.Helper()
	l, err := adapters.Open(ctx, adapters.Config{Slug: slug, URL: "ledger+" + s.URL, Limits: quick},
		adapters.Env{Log: slog.New(slog.NewTextHandler(log, nil)), Metrics: reg, HTTP: s.Client()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// journal is a log in memory.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) count(text string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return strings.Count(j.text.String(), text)
}

// until reads again and again until the answer is as wanted.
func until(t *testing.T, l *adapters.Ledger, what string, wanted func(error) bool) {
	t.Helper()
	var err error
	for began := time.Now(); time.Since(began) < 20*time.Second; {
		if _, err = l.Read(ctx, id, 0); wanted(err) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("%s: still %v", what, err)
}

func isOpen(err error) bool  { return errors.Is(err, breaker.ErrOpen) }
func answers(err error) bool { return err == nil }

func TestASickLedgerIsAskedNoMoreAndThenAgain(t *testing.T) {
	for name, how := range map[string]int32{"it refuses": refusing, "it hangs": hanging} {
		t.Run(name, func(t *testing.T) {
			s, log, reg := serve(t), &journal{}, prometheus.NewRegistry()
			l := s.open(t, "trade", log, reg)
			until(t, l, "before", answers)
			for turn := 1; turn <= 2; turn++ {
				s.how.Store(how)
				until(t, l, "sick", isOpen)
				fastest := time.Hour
				for range 20 {
					began := time.Now()
					if _, err := l.Read(ctx, id, 0); isOpen(err) {
						fastest = min(fastest, time.Since(began))
					} else if !driver.IsOutage(err) {
						t.Fatalf("%v of a sick ledger", err)
					}
				}
				if fastest > 5*time.Millisecond {
					t.Errorf("an open breaker took %s", fastest)
				}
				if b := l.Breaker(); b.State == breaker.Closed || b.Failures < quick.Failures {
					t.Errorf("%+v", b)
				}
				s.how.Store(well)
				until(t, l, "well again", answers)
				if b := l.Breaker(); b.State != breaker.Closed || l.UnderWay() != 0 {
					t.Errorf("%+v, %d under way", b, l.UnderWay())
				}
				if a, b := log.count("the breaker opened"), log.count("the breaker closed"); a != turn || b != turn {
					t.Errorf("after %d turns the log says %d times that it opened, and %d that it closed", turn, a, b)
				}
			}
			counted(t, reg, `fta_ledger_breaker_openings_total{ledger="trade"} 2`, `fta_ledger_breaker_state{ledger="trade"} 0`,
				`fta_ledger_refusals_total{by="breaker",ledger="trade"} `, `fta_ledger_retries_total{ledger="trade",method="Get"} `)
		})
	}
}

func counted(t *testing.T, reg *prometheus.Registry, lines ...string) {
	t.Helper()
	w := httptest.NewRecorder()
	promhttp.HandlerFor(reg, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, line := range lines {
		if !strings.Contains(w.Body.String(), "\n"+line) {
			t.Errorf("no line %s", line)
		}
	}
}

// What passes by is not seen by who reads.
func TestAFailureThatPassesIsAskedAgain(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	h := ledgerhttp.New(n, ledgerhttp.Options{})
	var asked atomic.Int32
	s := &server{Server: httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1)%3 == 2 {
			panic(http.ErrAbortHandler)
		}
		h.ServeHTTP(w, r)
	}))}
	t.Cleanup(s.Close)
	l := s.open(t, "trade", &journal{}, nil)
	for range 10 {
		if _, err := l.Read(ctx, id, 0); err != nil {
			t.Fatal(err)
		}
	}
}

// One ledger that hangs, asked all the while by many, costs the readers of another one nothing.
func TestASickLedgerCostsTheOthersNothing(t *testing.T) {
	sick, healthy := serve(t), serve(t)
	bad, good := sick.open(t, "bad", &journal{}, nil), healthy.open(t, "good", &journal{}, nil)
	until(t, good, "before", answers)
	sick.how.Store(hanging)
	stop := make(chan struct{})
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(time.Millisecond):
					_, _ = bad.Read(ctx, id, 0)
				}
			}
		})
	}
	slow := 0
	for range 100 {
		began := time.Now()
		if _, err := good.Read(ctx, id, 0); err != nil {
			t.Error(err)
		}
		if time.Since(began) > quick.Attempt/2 {
			slow++
		}
	}
	close(stop)
	all.Wait()
	if slow > 5 {
		t.Errorf("%d of 100 reads of the healthy ledger took longer than %s", slow, quick.Attempt/2)
	}
}

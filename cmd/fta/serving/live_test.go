package serving_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/cmd/fta/serving"
	"github.com/ftagateway/ftagateway/gateway"
)

// live serves a configuration over HTTP, until the test ends.
func live(t *testing.T, c config.Config) (l *serving.Live, base string) {
	t.Helper()
	g, err := serving.Open(t.Context(), c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	l = serving.NewLive(g, func(g *serving.Gateway, ending context.Context) http.Handler {
		return api.New(api.Config{Gateway: g.Gateway, Metrics: g.Metrics, Ending: ending, Leaving: context.Background()})
	})
	server := httptest.NewServer(l)
	t.Cleanup(func() {
		server.Close()
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	return l, server.URL
}

func reload(l *serving.Live, c config.Config) error {
	return l.Reload(context.Background(), func() (config.Config, error) { return c, nil })
}

// with is a configuration with one more ledger, or another one by the same name.
func with(c config.Config, slug string, ledger config.Ledger) config.Config {
	c.Ledgers = maps.Clone(c.Ledgers)
	c.Ledgers[slug] = ledger
	return c
}

// While the configuration changes thirty times, no request of four callers fails.
func TestReloadUnderLoad(t *testing.T) {
	c := settings(t)
	l, base := live(t, c)
	ctx, stop := context.WithCancel(t.Context())
	var load sync.WaitGroup
	var mu sync.Mutex
	requests, faults := 0, map[string]int{}
	for range 4 {
		load.Go(func() {
			for ctx.Err() == nil {
				fault := asked(base)
				mu.Lock()
				if requests++; fault != "" {
					faults[fault]++
				}
				mu.Unlock()
			}
		})
	}
	extra := with(c, "extra", config.Ledger{URL: "memory:"})
	narrow := with(c, "trade", config.Ledger{URL: "memory:", Limits: config.Limits{Concurrency: 8}})
	for i := range 30 {
		if err := reload(l, []config.Config{extra, narrow, c}[i%3]); err != nil {
			t.Error(err)
		}
		callersGoOn(t, func() int {
			mu.Lock()
			defer mu.Unlock()
			return requests
		})
	}
	stop()
	load.Wait()
	if len(faults) > 0 || requests < 30 {
		t.Errorf("%d requests, of which failed: %v", requests, faults)
	}
}

// callersGoOn waits until each of four callers has been answered since.
func callersGoOn(t *testing.T, requests func() int) {
	t.Helper()
	began, end := requests(), time.Now().Add(20*time.Second)
	for requests() < began+8 {
		if time.Now().After(end) {
			t.Fatal("callers are not answered any more")
		}
		runtime.Gosched()
	}
}

// asked makes three requests, and says what was wrong with an answer.
func asked(base string) string {
	for path, want := range map[string]int{
		"/v1/ledgers/trade": http.StatusOK, "/readyz": http.StatusOK,
		"/v1/records/urn:uuid:5f6ee4cf-1e43-4b0e-9d5e-0a86b2a0f2f5": http.StatusNotFound,
	} {
		r, err := http.Get(base + path)
		if err != nil {
			return err.Error()
		}
		r.Body.Close()
		if r.StatusCode != want {
			return fmt.Sprintf("%s: %d", path, r.StatusCode)
		}
	}
	return ""
}

func members(g *serving.Gateway) map[string]gateway.Member {
	all := map[string]gateway.Member{}
	for _, m := range g.Members {
		all[m.Slug()] = m
	}
	return all
}

// A ledger whose settings stay is the same one afterwards, caches and all; one whose limits change stands on the same open
// chain; one that is gone is closed with the gateway that had it, and not before.
func TestNextSharesWhatStays(t *testing.T) {
	c := with(with(settings(t), "gone", config.Ledger{URL: "memory:"}), "limited", config.Ledger{URL: "memory:"})
	first, _ := open(t, c)
	next := with(c, "limited", config.Ledger{URL: "memory:", Limits: config.Limits{Budget: 3 * time.Second}})
	delete(next.Ledgers, "gone")
	second, err := first.Next(t.Context(), next)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { second.Close() })
	before, after := members(first), members(second)
	if before["trade"].Ledger != after["trade"].Ledger {
		t.Error("a ledger that stays was opened anew")
	}
	if before["limited"].Ledger == after["limited"].Ledger || before["limited"].Describe().URI != after["limited"].Describe().URI {
		t.Error("a ledger with other limits must be another one on the same chain")
	}
	gone := before["gone"]
	if _, err := gone.Head(t.Context()); err != nil {
		t.Errorf("closed under those who use it: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := gone.Head(t.Context()); driver.CodeOf(err) != driver.Canceled {
		t.Errorf("%v: want it closed", err)
	}
	for slug, m := range after {
		if _, err := m.Head(t.Context()); err != nil {
			t.Errorf("%s was closed with the gateway before: %v", slug, err)
		}
	}
}

// What is wrong with a configuration is told, and the gateway goes on with the one before.
func TestReloadRefuses(t *testing.T) {
	c := settings(t)
	l, base := live(t, c)
	elsewhere, another := c, c
	elsewhere.Listen, another.Data = "127.0.0.1:1", t.TempDir()
	for want, load := range map[string]func() (config.Config, error){
		"as the file is":        func() (config.Config, error) { return c, errors.New("as the file is") },
		"listen: cannot change": func() (config.Config, error) { return elsewhere, nil },
		"data: cannot change":   func() (config.Config, error) { return another, nil },
		"ledgers.trade: url":    func() (config.Config, error) { return with(c, "trade", config.Ledger{URL: "memory:?testing=1"}), nil },
		"ledgers.x.anchors": func() (config.Config, error) {
			return with(c, "x", config.Ledger{URL: "memory:", Anchors: "nosuch"}), nil
		},
		"no driver for URL scheme": func() (config.Config, error) { return with(c, "x", config.Ledger{URL: "pigeon:"}), nil },
	} {
		if err := l.Reload(t.Context(), load); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if fault := asked(base); fault != "" || !metric(t, base, "fta_config_reload_successful 0") {
			t.Errorf("after %s: %s", want, fault)
		}
	}
	if err := reload(l, c); err != nil || !metric(t, base, "fta_config_reload_successful 1") {
		t.Errorf("the one that holds: %v", err)
	}
}

func metric(t *testing.T, base, line string) bool {
	t.Helper()
	r, err := http.Get(base + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(text), line+"\n")
}

// Who waits for news through a gateway that is replaced is answered at once.
func TestReloadAnswersWhoWaits(t *testing.T) {
	c := settings(t)
	l, base := live(t, c)
	answered := make(chan int, 1)
	go func() {
		r, err := http.Get(base + "/v1/events?wait=25")
		if err != nil {
			answered <- 0
			return
		}
		r.Body.Close()
		answered <- r.StatusCode
	}()
	for end := time.Now().Add(10 * time.Second); !metric(t, base, `fta_ledger_calls_in_flight{ledger="trade"} 1`) && time.Now().Before(end); {
	}
	if err := reload(l, with(c, "extra", config.Ledger{URL: "memory:"})); err != nil {
		t.Fatal(err)
	}
	select {
	case status := <-answered:
		if status != http.StatusOK {
			t.Error(status)
		}
	case <-time.After(10 * time.Second):
		t.Error("still waits")
	}
}

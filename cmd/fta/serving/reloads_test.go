package serving_test

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// However often the configuration changes, no more is left running than after it has first changed back and forth: with
// caches in a Redis that is shared, a ledger over HTTP, and ledgers that come and go.
func TestReloadsLeaveNothingRunning(t *testing.T) {
	node := memory.New(memory.Options{ForTesting: true})
	t.Cleanup(func() { _ = node.Close() })
	server := httptest.NewServer(ledgerhttp.New(node, ledgerhttp.Options{}))
	t.Cleanup(server.Close)
	c := sharing(t, redistest.Start(t).URL())
	c = with(c, "vendor", config.Ledger{URL: "ledger+http://" + strings.TrimPrefix(server.URL, "http://"), Cache: config.Cached{MaxAge: config.DefaultMaxAge}})
	l, base := live(t, c)
	narrow := with(c, "vendor", config.Ledger{URL: c.Ledgers["vendor"].URL, Limits: config.Limits{Concurrency: 8}})
	extra := with(c, "extra", config.Ledger{URL: "memory:", Cache: config.Cached{MaxAge: config.DefaultMaxAge}})
	rounds := func(n int) {
		for range n {
			for _, next := range []config.Config{narrow, extra, c} {
				if err := reload(l, next); err != nil {
					t.Fatal(err)
				}
				if fault := asked(base); fault != "" {
					t.Fatal(fault)
				}
			}
		}
	}
	rounds(2)
	before := settled(t, func(int) bool { return true })
	rounds(10)
	if after := settled(t, func(n int) bool { return n <= before }); after > before {
		stacks := make([]byte, 1<<20)
		t.Errorf("%d goroutines, and %d before thirty more reloads:\n%s", after, before, stacks[:runtime.Stack(stacks, true)])
	}
}

// settled counts goroutines once their number has stayed for a second, and suffices.
func settled(t *testing.T, suffices func(n int) bool) (n int) {
	t.Helper()
	since, end := time.Now(), time.Now().Add(20*time.Second)
	for time.Now().Before(end) && (time.Since(since) < time.Second || !suffices(n)) {
		http.DefaultClient.CloseIdleConnections()
		if now := runtime.NumGoroutine(); now != n {
			n, since = now, time.Now()
		}
		<-time.After(10 * time.Millisecond)
	}
	return n
}

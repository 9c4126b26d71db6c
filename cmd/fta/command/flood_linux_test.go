package command_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/conformance/conformancetest"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

const (
	floodRate = 1000 // unknown ids a second
	floodFor  = 3 * time.Second
	// floodGrowth is how much more a gateway may hold in memory after a second flood than after the first, in KiB.
	floodGrowth = 24 << 10
)

// Somebody asks for a thousand ids a second that nobody knows, over a real node. He is answered or told to come again,
// others read as before, and nothing that is kept of it grows.
func TestAFloodOfUnknownIDs(t *testing.T) {
	long(t, "floods a gateway, twice")
	if conformancetest.RaceDetector {
		t.Skip("the race detector multiplies memory")
	}
	w := theWorld(t)
	var g struct{ Gateway string }
	p := spawn(t, "serve", "--config", w.settingsOf(t, "127.0.0.1:0", "webledger+http://"+w.Addresses["trade"]))
	p.ready(t, &g)
	known := g.Gateway + "/v1/ledgers/trade/records/" + w.entry(t, "usmca-entry").ID

	var held [2]int
	for i := range held {
		asked, reads := flood(t, g.Gateway, known)
		held[i] = residentKiB(t, p.Process.Pid)
		t.Logf("flood %d: %d unknown ids asked for, %d reads beside them, %d MiB resident", i+1, asked, reads, held[i]>>10)
		if reads < 10 {
			t.Errorf("others got only %d answers in %v", reads, floodFor)
		}
	}
	if held[1]-held[0] > floodGrowth {
		t.Errorf("%d KiB resident after the first flood, %d after the second", held[0], held[1])
	}
}

// flood asks at a pace, whatever is answered, and has another client read a known record all the while.
func flood(t *testing.T, base, known string) (asked, reads int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), floodFor)
	defer cancel()
	var all sync.WaitGroup
	var read atomic.Int64
	all.Go(func() { read.Store(int64(readBeside(ctx, t, known))) })
	flooder := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}
	defer flooder.CloseIdleConnections()
	pace := time.NewTicker(10 * time.Millisecond)
	defer pace.Stop()
	for ctx.Err() == nil {
		for range floodRate / 100 {
			asked++
			all.Go(func() { askUnknown(t, flooder, base) })
		}
		<-pace.C
	}
	all.Wait()
	return asked, int(read.Load())
}

func askUnknown(t *testing.T, c *http.Client, base string) {
	r, err := c.Get(base + "/v1/records/" + uuid.New().URN())
	if err != nil {
		t.Error(err)
		return
	}
	defer r.Body.Close()
	switch r.StatusCode {
	case http.StatusNotFound, http.StatusTooManyRequests, http.StatusServiceUnavailable:
	default:
		t.Errorf("an unknown id: %s", r.Status)
	}
}

// readBeside reads from another address, as another client, and answers how often it could.
func readBeside(ctx context.Context, t *testing.T, url string) (reads int) {
	from := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}
	c := &http.Client{Transport: &http.Transport{DialContext: from.DialContext}, Timeout: 10 * time.Second}
	defer c.CloseIdleConnections()
	for ctx.Err() == nil {
		r, err := c.Get(url)
		if err != nil {
			t.Errorf("another client: %v", err)
			return reads
		}
		a := decode[gateway.Answer](t, textOf(t, r))
		if r.StatusCode != http.StatusOK || a.Verdict.Outcome != trust.Valid {
			t.Errorf("another client: %s, %s", r.Status, a.Verdict.Outcome)
		}
		reads++
	}
	return reads
}

// residentKiB is what the kernel says that a process holds in memory.
func residentKiB(t testing.TB, pid int) int {
	t.Helper()
	status := read(t, fmt.Sprintf("/proc/%d/status", pid))
	kib, err := strconv.Atoi(regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindStringSubmatch(status)[1])
	if err != nil {
		t.Fatal(err)
	}
	return kib
}

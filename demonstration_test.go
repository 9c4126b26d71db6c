package ftagateway_test

import (
	"bytes"
	"context"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// demonstration is a running fta demo, in a process of its own.
type demonstration struct {
	cache   string // the user's cache, in which it keeps its folder
	gateway string
	printed *output
}

// ready bounds how long the demonstration may take to start.
const ready = 60 * time.Second

// startDemonstration starts fta demo as a reader does who says nothing else, but at any free address. It ends with the test.
func startDemonstration(t *testing.T) *demonstration {
	t.Helper()
	d := &demonstration{cache: t.TempDir(), printed: &output{}}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	process := exec.CommandContext(ctx, binary, "demo", "--listen", "127.0.0.1:0")
	process.Env = append(os.Environ(), asCommand+"=1", "XDG_CACHE_HOME="+d.cache)
	process.Stdout, process.Stderr = d.printed, d.printed
	process.Cancel = func() error { return process.Process.Signal(syscall.SIGINT) }
	process.WaitDelay = 20 * time.Second
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		end()
		_ = process.Wait()
	})
	d.await(t)
	return d
}

var runsAt = regexp.MustCompile(`FTA Gateway runs at (http://\S+)\. `)

// await waits until the tour is printed to its end.
func (d *demonstration) await(t *testing.T) {
	t.Helper()
	for until := time.Now().Add(ready); time.Now().Before(until); {
		text := d.printed.String()
		if at := runsAt.FindStringSubmatch(text); at != nil && strings.Contains(text, lastLine) {
			d.gateway = at[1]
			return
		}
		d.printed.wait(100 * time.Millisecond)
	}
	t.Fatalf("the demonstration is not ready after %v:\n%s", ready, d.printed)
}

// writtenElsewhere are further addresses that pages write, for what they start themselves.
var writtenElsewhere = []string{"127.0.0.1:8443", "127.0.0.1:8444", "127.0.0.1:9090", "127.0.0.1:8090", "127.0.0.1:8091",
	"127.0.0.1:9191"}

// here puts the demonstration's address in the place of the one that pages write, and free ones in those of others.
func (d *demonstration) here(t *testing.T) *strings.Replacer {
	t.Helper()
	pairs := []string{writtenGateway, d.gateway}
	for _, written := range writtenElsewhere {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		pairs = append(pairs, written, l.Addr().String(), "--port "+port(written), "--port "+port(l.Addr().String()))
	}
	return strings.NewReplacer(pairs...)
}

// port is what stands behind an address' last colon.
func port(address string) string { return address[strings.LastIndex(address, ":")+1:] }

// lastLine is the last that the demonstration prints when it has started. What is in the log comes after it.
const lastLine = "Ctrl-C ends it."

// told is what the demonstration printed when it started, as it prints it at the address that pages write.
func (d *demonstration) told() string {
	tour, _, _ := strings.Cut(d.printed.String(), lastLine)
	text := strings.ReplaceAll(tour+lastLine+"\n", " --gateway "+d.gateway, "")
	return strings.ReplaceAll(text, d.gateway, writtenGateway)
}

// output collects what a process prints. It is safe for concurrent use.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // closed when something came; nil while nobody waits
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.more != nil {
		close(o.more)
		o.more = nil
	}
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// wait waits until more was printed, and not longer than a bound.
func (o *output) wait(bound time.Duration) {
	o.mu.Lock()
	if o.more == nil {
		o.more = make(chan struct{})
	}
	more := o.more
	o.mu.Unlock()
	select {
	case <-more:
	case <-time.After(bound):
	}
}

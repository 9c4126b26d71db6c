package command_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// SIGTERM lets a request under way be answered, takes no new one, and ends the gateway in order.
func TestServeDrains(t *testing.T) {
	dir := t.TempDir()
	config := save(t, dir, "gateway.yaml", "listen: 127.0.0.1:0\nledgers: {trade: {url: 'memory:'}}\n")
	var g struct{ Gateway string }
	p := spawn(t, "serve", "--config", config)
	p.ready(t, &g)
	address := strings.TrimPrefix(g.Gateway, "http://")

	underWay := begin(t, address, `{"document": {}}`)
	p.signal(t, syscall.SIGTERM)
	await(t, "no new connection is taken", 10*time.Second, func() bool {
		c, err := net.Dial("tcp", address)
		if err == nil {
			c.Close()
		}
		return err != nil
	})
	if r := underWay(); r.StatusCode != http.StatusOK {
		t.Errorf("the request under way: %s", r.Status)
	}
	if code := p.ends(t, 20*time.Second); code != command.ExitOK {
		t.Errorf("exit code %d\n%s", code, p.log)
	}
}

// begin sends a request but for its body, and waits until the gateway asks for that. What it answers sends the body and
// reads the response.
func begin(t *testing.T, address, body string) (finish func() *http.Response) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	fmt.Fprintf(c, "POST /v1/verify HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n",
		address, len(body))
	answers := bufio.NewReader(c)
	if line, err := answers.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q, %v", line, err)
	}
	if _, err := answers.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	return func() *http.Response {
		fmt.Fprint(c, body)
		r, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		return r
	}
}

// A gateway that is killed gives up its folder to the next.
func TestServeAfterKill(t *testing.T) {
	dir := t.TempDir()
	config := save(t, dir, "gateway.yaml", "listen: 127.0.0.1:0\nledgers: {trade: {url: 'memory:'}}\n")
	var g struct{ Gateway string }
	p := spawn(t, "serve", "--config", config)
	p.ready(t, &g)
	second := spawn(t, "serve", "--config", config)
	if code := second.ends(t, 20*time.Second); code != command.ExitUsage || !strings.Contains(second.log.String(), "another gateway has this folder") {
		t.Errorf("a second gateway on one folder: exit code %d\n%s", code, second.log)
	}
	p.kill()
	spawn(t, "serve", "--config", config).ready(t, &g)
}

// A second node would sign other blocks with the same key: it is refused, and told which folder has one.
func TestAFolderHasOneNode(t *testing.T) {
	key, home := filepath.Join(t.TempDir(), "key.pem"), filepath.Join(t.TempDir(), "node")
	ok(t, "keygen", key)
	args := []string{"node", "--home", home, "--approved", key, "--listen", "127.0.0.1:0"}
	var first struct{ Address string }
	spawn(t, args...).ready(t, &first)
	second := spawn(t, args...)
	if code := second.ends(t, 20*time.Second); code != command.ExitUsage || !strings.Contains(second.log.String(), "node home "+home+": another node has this folder") {
		t.Errorf("exit code %d\n%s", code, second.log)
	}
}

// Until its balancers have gone elsewhere a gateway that is to end says so, and still takes requests: none of them is
// dropped.
func TestServeDrainsForBalancers(t *testing.T) {
	dir := t.TempDir()
	config := save(t, dir, "gateway.yaml", "listen: 127.0.0.1:0\ndrain: 2s\nledgers: {trade: {url: 'memory:'}}\n")
	var g struct{ Gateway string }
	p := spawn(t, "serve", "--config", config)
	p.ready(t, &g)
	balanced := make(chan string, 4)
	for range cap(balanced) {
		go func() { balanced <- untilUnready(g.Gateway) }()
	}
	waiting := make(chan int, 1)
	go func() { waiting <- statusOf(t, g.Gateway+"/v1/events?wait=25") }()
	await(t, "the wait for news is under way", 10*time.Second, func() bool {
		return strings.Contains(body(t, g.Gateway+"/metrics"), "fta_ledger_calls_in_flight{ledger=\"trade\"} 1\n")
	})
	began := time.Now()
	p.signal(t, syscall.SIGTERM)
	for range cap(balanced) {
		if fault := <-balanced; fault != "" {
			t.Error(fault)
		}
	}
	if status := <-waiting; status != http.StatusOK {
		t.Errorf("who waited for news was answered %d", status)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("balancers and who waits were told only after %v", took)
	}
	if code := p.ends(t, 20*time.Second); code != command.ExitOK {
		t.Errorf("exit code %d\n%s", code, p.log)
	}
}

// untilUnready asks as a balancer's clients do, until the gateway says that it is to end; it answers what went wrong.
func untilUnready(base string) string {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); {
		for _, path := range []string{"/v1/ledgers", "/v1/records/urn:uuid:00000000-0000-4000-8000-000000000000", "/readyz"} {
			r, err := http.Get(base + path)
			if err != nil {
				return err.Error()
			}
			r.Body.Close()
			if r.StatusCode == http.StatusServiceUnavailable && path == "/readyz" {
				return ""
			}
			if r.StatusCode >= http.StatusInternalServerError {
				return path + ": " + r.Status
			}
		}
	}
	return "it never said that it is to end"
}

// A second signal ends a gateway at once, whatever is under way.
func TestServeEndsAtOnceWhenToldTwice(t *testing.T) {
	config := save(t, t.TempDir(), "gateway.yaml", "listen: 127.0.0.1:0\ndrain: 1m\nledgers: {trade: {url: 'memory:'}}\n")
	var g struct{ Gateway string }
	p := spawn(t, "serve", "--config", config)
	p.ready(t, &g)
	p.signal(t, syscall.SIGTERM)
	await(t, "it says that it is to end", 10*time.Second, func() bool { return statusOf(t, g.Gateway+"/readyz") == http.StatusServiceUnavailable })
	p.signal(t, syscall.SIGTERM)
	p.ends(t, 5*time.Second)
}

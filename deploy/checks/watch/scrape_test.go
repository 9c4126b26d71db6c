package watch_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"github.com/ftagateway/ftagateway/deploy/checks/built"
)

const settings = `
listen: 127.0.0.1:0
data: data
cache: {redis: "redis://127.0.0.1:1/0", redisKey: redis.secret}
ledgers:
  memory: {url: "memory:", cache: {maxAge: 5s}}
  away: {url: "webledger+http://127.0.0.1:1", limits: {budget: 1s, attempt: 500ms}}
`

// scraped starts a gateway over a ledger that answers and one that does not, with a Redis that is away, asks both ledgers, and gives the labels of each
// metric that it serves then. up is Prometheus' own.
func scraped(t *testing.T) map[string]map[string]bool {
	t.Helper()
	base := serve(t)
	for range 12 {
		if status, _ := get(t, base+"/v1/records/urn:uuid:5f6ee4cf-1e43-4b0e-9d5e-0a86b2a0f2f5"); status != http.StatusServiceUnavailable {
			t.Errorf("a read of two ledgers, one of them away: %d", status)
		}
	}
	_, text := get(t, base+"/metrics")
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]bool{"up": {}}
	for name, f := range families {
		labels := map[string]bool{}
		for _, m := range f.Metric {
			for _, pair := range m.Label {
				labels[pair.GetName()] = true
			}
		}
		all[name] = labels
		if f.GetType() == dto.MetricType_HISTOGRAM {
			labels["le"] = true
			all[name+"_bucket"], all[name+"_count"], all[name+"_sum"] = labels, labels, labels
		}
	}
	return all
}

// serve starts a gateway and gives where it listens. It ends with the test.
func serve(t *testing.T) (base string) {
	t.Helper()
	dir := t.TempDir()
	fta, err := built.FTA(dir)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "gateway.yaml")
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "redis.secret"), make([]byte, 32), 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	process := exec.Command(fta, "serve", "--config", file)
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	process.Stderr = said
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = process.Process.Kill()
		_ = process.Wait()
		checkLog(t, said.Name())
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(line, "listening on %s", &base); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return base
}

// checkLog: a gateway says itself that Redis fails, and nothing else writes into its log: a client would write addresses.
func checkLog(t *testing.T, name string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(text), "the shared Redis does not answer as it should") {
		t.Errorf("%v: does not say that Redis fails:\n%s", err, text)
	}
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "time=") {
			t.Errorf("not a line of the gateway's: %s", line)
		}
	}
}

func get(t *testing.T, url string) (status int, text string) {
	t.Helper()
	client := http.Client{Timeout: 30 * time.Second}
	r, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(data)
}

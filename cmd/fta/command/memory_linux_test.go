package command_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/conformance/conformancetest"
)

// maxIdle is what the plan gives an idle gateway of three ledgers.
const maxIdle = 150 << 10 // KiB

// An idle gateway over two ledgers takes little memory.
func TestIdleMemory(t *testing.T) {
	if conformancetest.RaceDetector {
		t.Skip("the race detector multiplies memory")
	}
	dir := t.TempDir()
	ok(t, "keygen", dir+"/transport.pem")
	var trade, cbp struct{ Address string }
	started(t, &trade, "node", "--home", dir+"/trade", "--listen", "127.0.0.1:0", "--approved", dir+"/transport.pem")
	started(t, &cbp, "node", "--home", dir+"/cbp", "--listen", "127.0.0.1:0", "--approved", dir+"/transport.pem")
	config := save(t, dir, "gateway.yaml", fmt.Sprintf(`
listen: 127.0.0.1:0
keys: {transport: transport.pem}
ledgers: {trade: {url: "webledger+http://%s"}, cbp: {url: "webledger+http://%s", customs: true}}
`, trade.Address, cbp.Address))
	var g struct{ Gateway string }
	p := spawn(t, "serve", "--config", config)
	p.ready(t, &g)
	await(t, "the gateway is ready", 30*time.Second, func() bool { return statusOf(t, g.Gateway+"/readyz") == http.StatusOK })
	for range 50 {
		body(t, g.Gateway+"/v1/records")
	}

	resident := residentKiB(t, p.Process.Pid)
	t.Logf("%d MiB resident", resident>>10)
	if resident > maxIdle {
		t.Errorf("%d KiB resident, and may be %d", resident, maxIdle)
	}
}

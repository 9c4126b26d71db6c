package ethereum_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/node"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// TestAWebSocketThatIsLost is made anew by the next call, and one caller who goes away takes nobody else's with him.
func TestAWebSocketThatIsLost(t *testing.T) {
	c, _ := twoVersions(t)
	wire := newLine(t, c.ws)
	l := c.reader(via("ws://"+wire.Addr().String()), c.contract, `, "finality": "latest"`)
	wantBody(t, l, "a", "second", 2)
	restore := wire.outage()
	_, err := l.Get(within(t), driver.Ref{Key: key32("a")})
	wantCode(t, err, driver.Unavailable)
	restore()
	wantBody(t, l, "a", "second", 2)
	var all sync.WaitGroup
	for i := range 200 {
		ctx, cancel := context.WithCancel(within(t))
		all.Go(func() {
			if i%2 == 0 {
				cancel()
			}
			if _, err := l.Get(ctx, driver.Ref{Key: key32("a")}); err != nil && i%2 == 1 {
				t.Errorf("while others went away: %v", err)
			}
			cancel()
		})
	}
	all.Wait()
}

// spoken lets a chain be asked over HTTP and WebSockets, at free ports.
func (c *chain) spoken(port, ws int) func(*node.Config, *ethconfig.Config) {
	c.url, c.ws = fmt.Sprintf("http://127.0.0.1:%d", port), fmt.Sprintf("ws://127.0.0.1:%d", ws)
	return func(n *node.Config, _ *ethconfig.Config) {
		n.HTTPHost, n.HTTPPort, n.HTTPModules = "127.0.0.1", port, []string{"eth", "txpool"}
		n.WSHost, n.WSPort, n.WSModules = "127.0.0.1", ws, []string{"eth"}
	}
}

package ethereum_test

import (
	"context"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
	"github.com/ftagateway/ftagateway/adapters/ethereum/devchain"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/deploy/ethereum/gethtest"
)

// TestConformanceOnGeth plays the whole suite against the reference contract on a real geth, over HTTP and WebSockets. A
// block counts as final when two more stand on it: geth --dev finalises only each 32nd block, and makes one only when
// somebody sends something.
func TestConformanceOnGeth(t *testing.T) {
	n := gethtest.Start(t)
	rich := &sender{t: t, endpoint: n.HTTP, key: gethtest.Rich(t)}
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	writer := crypto.PubkeyToAddress(key.PublicKey)
	rich.send(devchain.Pay(writer))
	at := rich.deploy(contract.CreationCode())
	rich.send(devchain.Call{To: &at, Data: admitted(writer)})
	direct, err := ethclient.DialContext(t.Context(), n.HTTP)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(direct.Close)
	other := newChain(t, 2_000_000)
	elsewhere := other.reference()
	for _, endpoint := range []string{n.HTTP, n.WS} {
		scheme, _, _ := strings.Cut(endpoint, "://")
		t.Run(scheme, func(t *testing.T) {
			line, kv := newLine(t, endpoint), newStore(t)
			open := func(ctx context.Context) (driver.Ledger, error) {
				return driver.Open(ctx, via(scheme+"://"+line.Addr().String()), driver.Env{
					Native: reference(at, `, "finality": {"confirmations": 2}`), Store: kv, Signer: account.Local(key)})
			}
			report := conformance.Test(t, conformance.Harness{
				Open: open, Reopen: open, Outage: line.outage, NewKey: newKey,
				Author:  driver.Author{Kind: "address", ID: strings.ToLower(writer.Hex())},
				Advance: rich.two, Anchors: anchored(t, direct, at), OtherAnchors: other.anchored(at),
				Another: func(ctx context.Context) (driver.Ledger, error) {
					return driver.Open(ctx, via(other.url), driver.Env{Native: reference(elsewhere, ""), Store: newStore(t)})
				},
			}, conformance.Options{Seed: 2})
			t.Logf("%+v", report.Summary)
		})
	}
}

// two waits for two more blocks, for which something is sent: a transaction that another call sent at the same time is as good.
func (s *sender) two(ctx context.Context) error {
	client, err := ethclient.DialContext(ctx, s.endpoint)
	if err != nil {
		return err
	}
	defer client.Close()
	from, err := client.BlockNumber(ctx)
	for at := from; err == nil && at < from+2; at, err = client.BlockNumber(ctx) {
		_, _ = devchain.Send(ctx, client, s.key, devchain.Pay(common.Address{1}))
	}
	return err
}

// TestGethOverItsSocket reads what stands on a real geth over its IPC socket.
func TestGethOverItsSocket(t *testing.T) {
	n := gethtest.Start(t)
	rich := &sender{t: t, endpoint: n.HTTP, key: gethtest.Rich(t)}
	at := rich.deploy(contract.CreationCode())
	rich.send(devchain.Call{To: &at, Data: admitted(rich.address())})
	rich.send(devchain.Call{To: &at, Data: appended("a", 0, "body")})
	wantBody(t, open(t, "ethereum+ipc:"+n.IPC, driver.Env{Native: reference(at, `, "finality": "latest"`)}), "a", "body", 1)
}

// line is the way to a node below HTTP, which can be cut: connections that are open end, and no new one is taken.
type line struct {
	net.Listener
	to string

	mu    sync.Mutex
	down  bool
	ends  map[net.Conn]bool
	going sync.WaitGroup
}

func newLine(t *testing.T, to string) *line {
	t.Helper()
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &line{Listener: listener, to: u.Host, ends: map[net.Conn]bool{}}
	l.going.Go(l.accept)
	t.Cleanup(func() {
		_ = l.Close()
		l.outage()
		l.going.Wait()
	})
	return l
}

func (l *line) accept() {
	for {
		near, err := l.Accept()
		if err != nil {
			return
		}
		far, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", l.to)
		if err != nil || !l.open(near, far) {
			_ = near.Close()
			continue
		}
		l.going.Go(func() { l.carry(near, far) })
		l.going.Go(func() { l.carry(far, near) })
	}
}

// open notes two ends, unless the line is cut.
func (l *line) open(near, far net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		_ = far.Close()
		return false
	}
	l.ends[near], l.ends[far] = true, true
	return true
}

func (l *line) carry(from, to net.Conn) {
	_, _ = io.Copy(to, from)
	_ = from.Close()
	_ = to.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.ends, from)
}

func (l *line) outage() (restore func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = true
	for c := range l.ends {
		_ = c.Close()
	}
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.down = false
	}
}

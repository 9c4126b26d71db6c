package fabric_test

import (
	"context"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	_ "github.com/ftagateway/ftagateway/adapters/fabric"
	"github.com/ftagateway/ftagateway/adapters/store"
)

// running is a Fabric network that deploy/fabric/start.sh started, behind proxies that can be cut.
type running struct {
	data    string // its folder
	profile string
	wallet  string

	mu      sync.Mutex
	down    bool
	through []net.Conn
}

// theNetwork gives the network whose folder an environment variable names. Without it the test is skipped: a network is
// a matter of minutes to build, which make test does first.
func theNetwork(t *testing.T, variable string) *running {
	t.Helper()
	data := os.Getenv(variable)
	if data == "" {
		t.Skipf("%s names no folder of a Fabric network; deploy/fabric/start.sh starts one and prints its folder", variable)
	}
	n := &running{data: data, wallet: filepath.Join(data, "sdk", "Org1", "wallet")}
	text, err := os.ReadFile(filepath.Join(data, "sdk", "Org1", "connection.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	n.profile = filepath.Join(t.TempDir(), "connection.yaml")
	if err := os.WriteFile(n.profile, []byte(n.proxied(t, string(text))), 0o600); err != nil {
		t.Fatal(err)
	}
	return n
}

// newStore is closed when the test ends.
func newStore(t testing.TB) *store.Store {
	kv := store.Memory()
	t.Cleanup(func() { kv.Close() })
	return kv
}

var (
	where = regexp.MustCompile(`(?m)^  (\S+):\n    url: grpcs://(127\.0\.0\.1:\d+)`)
	kinds = map[bool]string{true: "orderer", false: "peer"}
)

// proxied puts a proxy before each address of a profile. The network names its members by the addresses behind them.
func (n *running) proxied(t *testing.T, profile string) string {
	matchers := map[string]string{}
	for _, m := range where.FindAllStringSubmatch(profile, -1) {
		before := n.proxy(t, m[2])
		profile = strings.ReplaceAll(profile, "grpcs://"+m[2], "grpcs://"+before)
		matchers[kinds[strings.HasPrefix(m[1], "orderer")]] += "\n    - {pattern: '" + regexp.QuoteMeta(m[2]) + "', mappedHost: " + m[1] + "}"
	}
	return profile + "\nentityMatchers:\n  peer:" + matchers["peer"] + "\n  orderer:" + matchers["orderer"] + "\n"
}

// proxy listens on an address, and passes on what comes.
func (n *running) proxy(t *testing.T, to string) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close(); n.cut() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			n.pass(c, to)
		}
	}()
	return l.Addr().String()
}

func (n *running) pass(c net.Conn, to string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	s, err := net.Dial("tcp", to)
	if err != nil || n.down {
		c.Close()
		return
	}
	n.through = append(n.through, c, s)
	go func() { _, _ = io.Copy(c, s); c.Close() }()
	go func() { _, _ = io.Copy(s, c); s.Close() }()
}

// cut ends every connection and lets none through.
func (n *running) cut() (restore func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.down = true
	for _, c := range n.through {
		c.Close()
	}
	n.through = nil
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.down = false
	}
}

// direct is the same network without the proxies.
func (n *running) direct(t *testing.T) *running {
	t.Helper()
	return &running{data: n.data, wallet: n.wallet, profile: filepath.Join(n.data, "sdk", "Org1", "connection.yaml")}
}

func (n *running) url(chaincode, user string) string {
	q := url.Values{"channel": {"trade"}, "chaincode": {chaincode}, "wallet": {n.wallet}, "user": {user}, "testing": {"1"}}
	return (&url.URL{Scheme: "fabric", Opaque: n.profile, RawQuery: q.Encode()}).String()
}

func (n *running) open(ctx context.Context, kv driver.KV) (driver.Ledger, error) {
	return driver.Open(ctx, n.url("fta", "User1"), driver.Env{Store: kv})
}

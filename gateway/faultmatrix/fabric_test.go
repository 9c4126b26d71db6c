package faultmatrix_test

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	_ "github.com/ftagateway/ftagateway/adapters/fabric" // the driver for fabric
	"github.com/ftagateway/ftagateway/deploy/fabric/devnet"
)

// TestFabricFaultMatrix plays the row of Fabric, on the network whose folder FTA_FABRIC names.
func TestFabricFaultMatrix(t *testing.T) {
	folder := os.Getenv("FTA_FABRIC")
	if folder == "" {
		t.Skip("FTA_FABRIC names no folder of a Fabric network: make fabric starts one")
	}
	playRows(t, func(t *testing.T) row { return onFabric(t, folder) })
}

// signedByPeers is why two faults are not played here.
const signedByPeers = "said under a peer's own TLS and signing keys: adapters/fabric and its inclusion play it"

// onFabric is Fabric's driver before a network of two peers and an orderer, with a wire before each of them.
func onFabric(t *testing.T, folder string) row {
	t.Helper()
	noisy := shouts(t)
	profile, err := os.ReadFile(filepath.Join(folder, "sdk", "Org1", "connection.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return row{driver: "fabric", reach: func(t *testing.T) reach {
		r := reach{direct: adapters.Config{URL: devnet.URL(folder, "fta")}, unlike: map[string]string{staleBlock: signedByPeers, forgedProof: signedByPeers}}
		file := filepath.Join(t.TempDir(), "connection.yaml")
		text := r.wired(t, string(profile))
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		r.config = adapters.Config{URL: through(t, r.direct.URL, file)}
		// Whoever answers in another one's place has a certificate of the network, and serves something else.
		r.detours = map[string]func(i int) string{
			garbage:    func(int) string { return noisy },
			wrongShape: func(i int) string { return r.nodes[(i+1)%len(r.nodes)] },
		}
		return r
	}}
}

// through is a ledger's URL with another profile.
func through(t *testing.T, ledger, profile string) string {
	t.Helper()
	u, err := url.Parse(ledger)
	if err != nil {
		t.Fatal(err)
	}
	u.Opaque = profile
	return u.String()
}

var member = regexp.MustCompile(`(?m)^  (\S+):\n    url: grpcs://(127\.0\.0\.1:\d+)`)

// wired lays a wire before each address of a profile. The network names its members by the addresses behind the wires.
func (r *reach) wired(t *testing.T, profile string) string {
	t.Helper()
	matchers := map[bool]string{}
	for _, m := range member.FindAllStringSubmatch(profile, -1) {
		w := lay(t, m[2])
		r.wires, r.nodes = append(r.wires, w), append(r.nodes, m[2])
		profile = strings.ReplaceAll(profile, "grpcs://"+m[2], "grpcs://"+w.Address())
		matchers[strings.HasPrefix(m[1], "orderer")] += "\n    - {pattern: '" + regexp.QuoteMeta(m[2]) + "', mappedHost: " + m[1] + "}"
	}
	return profile + "\nentityMatchers:\n  peer:" + matchers[false] + "\n  orderer:" + matchers[true] + "\n"
}

// shouts listens, and says to everybody what is nothing.
func shouts(t *testing.T) (address string) {
	t.Helper()
	l := must(net.Listen("tcp", "127.0.0.1:0"))(t)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Write([]byte(strings.Repeat("\x00\xff{\"\x1b[garbage", 100)))
			_ = c.Close()
		}
	}()
	return l.Addr().String()
}

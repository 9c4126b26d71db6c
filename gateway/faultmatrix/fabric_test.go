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

// onFabric is Fabric's driver before a network of two peers and an orderer, with a wire before each of them, and behind
// those of the peers a liar who has their keys.
func onFabric(t *testing.T, folder string) row {
	t.Helper()
	noisy := shouts(t)
	profile, err := os.ReadFile(filepath.Join(folder, "sdk", "Org1", "connection.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	anchors := must(os.ReadFile(filepath.Join(folder, "sdk", "anchors.json")))(t)
	return row{driver: "fabric", reach: func(t *testing.T) reach {
		r := reach{several: true, direct: adapters.Config{URL: devnet.URL(folder, "fta"), Anchors: anchors}}
		file := filepath.Join(t.TempDir(), "connection.yaml")
		members := membersOf(string(profile))
		peers := newPeers(t, folder, members)
		r.liar, r.lies = peers.liar, map[string]lie{staleBlock: rewound, forgedProof: altering(peers.forge)}
		text := r.wired(t, string(profile), members)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		r.config = adapters.Config{URL: through(t, r.direct.URL, file), Anchors: anchors}
		// Whoever answers in another one's place has a certificate of the network, and serves something else.
		r.detours = map[string]func(i int) string{
			garbage:    func(int) string { return noisy },
			wrongShape: func(i int) string { return members[(i+1)%len(members)].address },
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

// fabricMember is a peer or an orderer of a profile.
type fabricMember struct{ name, address string }

func (m fabricMember) orders() bool { return strings.HasPrefix(m.name, "orderer") }

func membersOf(profile string) (all []fabricMember) {
	for _, m := range member.FindAllStringSubmatch(profile, -1) {
		all = append(all, fabricMember{m[1], m[2]})
	}
	return all
}

// wired lays a wire before each member of a profile: to an orderer itself, and to the liar before a peer. The network names
// its members by the addresses behind all that.
func (r *reach) wired(t *testing.T, profile string, members []fabricMember) string {
	t.Helper()
	matchers := map[bool]string{}
	for _, m := range members {
		node := m.address
		if !m.orders() {
			node = r.liar.address()
		}
		w := lay(t, node)
		r.wires, r.nodes = append(r.wires, w), append(r.nodes, node)
		profile = strings.ReplaceAll(profile, "grpcs://"+m.address, "grpcs://"+w.Address())
		matchers[m.orders()] += "\n    - {pattern: '" + regexp.QuoteMeta(m.address) + "', mappedHost: " + m.name + "}"
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

package fabric_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"go.yaml.in/yaml/v3"
)

const hello = `"body":"aGVsbG8="`

// TestNetworks takes two networks through their lives, side by side: a network takes seconds to start, so that its tests
// follow one another on it.
func TestNetworks(t *testing.T) {
	needsFabric(t)
	one, two := newNetwork(t), newNetwork(t)
	printed, _ := one.must("start.sh", "--port", "0", "--env", "FTA_WRITERS=Org1MSP")
	if printed != one.data {
		t.Errorf("printed %q, want the folder and nothing else", printed)
	}
	one.invoke(`{"Args":["append","a","0","hello"]}`)
	t.Run("both peers have what was written", func(t *testing.T) { bothPeersHave(t, one, hello) })
	t.Run("environment reaches the chaincode", func(t *testing.T) {
		_, said, err := one.run("peer.sh", "--org", "2", "chaincode", "invoke", "-C", "trade", "-n", "fta", "-c", `{"Args":["append","b","0","x"]}`)
		if err == nil || !strings.Contains(said, "status:403") {
			t.Errorf("%v: %s", err, said)
		}
	})
	t.Run("clients are handed what they need", func(t *testing.T) { handsOut(t, one) })
	t.Run("started again it is told, and nothing else happens", func(t *testing.T) { startsOnce(t, one) })
	t.Run("it cannot become another network", func(t *testing.T) {
		_, said, err := one.run("start.sh", "--channel", "other")
		if err == nil || !strings.Contains(said, "--channel") || !strings.Contains(said, "channel=trade") {
			t.Errorf("%v: %s", err, said)
		}
	})
	two.must("start.sh", "--port", "0", "--chaincode", "fta=../../adapters/fabric/chaincode")
	t.Run("a second one is another", func(t *testing.T) {
		two.invoke(`{"Args":["append","a","0","other"]}`)
		bothPeersHave(t, one, hello)
		bothPeersHave(t, two, `"body":"b3RoZXI="`)
	})
	t.Run("killed and started again it goes on", func(t *testing.T) { comesBack(t, one) })
	t.Run("stopped it leaves no process, and the other one alone", func(t *testing.T) { stops(t, one, two) })
}

func bothPeersHave(t *testing.T, n *network, want string) {
	t.Helper()
	for org := 1; org <= 2; org++ {
		if got, err := n.query(org, `{"Args":["get","a"]}`); err != nil || !strings.Contains(got, want) {
			t.Errorf("organisation %d: %v: %q, want %s in it", org, err, got, want)
		}
	}
}

func startsOnce(t *testing.T, n *network) {
	before := n.pids()
	_, said := n.must("start.sh")
	if !strings.Contains(said, "runs already") || !maps.Equal(before, n.pids()) {
		t.Errorf("said %q; processes %v, before %v", said, n.pids(), before)
	}
}

// handsOut reads what clients are given as their SDKs do.
func handsOut(t *testing.T, n *network) {
	var profile struct {
		Client struct{ Organization string }
		Peers  map[string]struct {
			URL        string
			TLSCACerts struct{ Pem string } `yaml:"tlsCACerts"`
		}
	}
	text, err := os.ReadFile(filepath.Join(n.data, "sdk", "Org2", "connection.yaml"))
	if err == nil {
		err = yaml.Unmarshal(text, &profile)
	}
	peer := profile.Peers["peer0.org2.example.com"]
	if err != nil || profile.Client.Organization != "Org2" || !strings.HasPrefix(peer.URL, "grpcs://127.0.0.1:") ||
		!strings.HasPrefix(peer.TLSCACerts.Pem, "-----BEGIN CERTIFICATE-----") {
		t.Errorf("%v: %+v", err, profile)
	}
	var user struct {
		MSP         string `json:"mspId"`
		Credentials struct{ Certificate, PrivateKey string }
	}
	file := filepath.Join(n.data, "sdk", "Org2", "wallet", "User1.id")
	text, err = os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &user)
	}
	if err != nil || user.MSP != "Org2MSP" || !strings.Contains(user.Credentials.PrivateKey, "PRIVATE KEY-----\n") ||
		!strings.HasPrefix(user.Credentials.Certificate, "-----BEGIN CERTIFICATE-----\n") {
		t.Errorf("%v: identity of %s", err, user.MSP)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v: others may read a key", err)
	}
}

func comesBack(t *testing.T, n *network) {
	for name, pid := range n.pids() {
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			t.Fatal(name, err)
		}
	}
	n.must("start.sh")
	bothPeersHave(t, n, hello)
	n.invoke(`{"Args":["append","a","1","hello"]}`)
}

func stops(t *testing.T, n, other *network) {
	if len(n.living()) != 4 {
		t.Errorf("processes %q, want four", n.living())
	}
	n.must("stop.sh")
	if left := n.living(); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	if len(other.living()) != 4 {
		t.Errorf("the other network has %q", other.living())
	}
}

// TestTheOtherVersion starts the newer Fabric where somebody has built it: that takes minutes.
func TestTheOtherVersion(t *testing.T) {
	needsFabric(t)
	if _, err := os.Stat("../../.cache/fabric/3.1.1.built"); err != nil {
		t.Skip("Fabric 3.1.1 is not built; deploy/fabric/build.sh 3.1.1 builds it")
	}
	n := newNetwork(t)
	n.must("start.sh", "--port", "0", "--fabric", "3.1.1")
	n.invoke(`{"Args":["append","a","0","hello"]}`)
	bothPeersHave(t, n, hello)
}

func TestBadOptionsAreTold(t *testing.T) {
	needsFabric(t)
	for name, tc := range map[string]struct {
		args  []string
		words string
	}{
		"unknown option":        {[]string{"--docker"}, "--docker"},
		"no value":              {[]string{"--port"}, "--port needs a value"},
		"port":                  {[]string{"--port", "80"}, "--port 80"},
		"port too high":         {[]string{"--port", "65535"}, "--port 65535"},
		"version":               {[]string{"--fabric", "1.4", "--port", "0"}, "2.5.9 3.1.1"},
		"channel":               {[]string{"--channel", "Trade"}, "--channel Trade"},
		"time":                  {[]string{"--batch-timeout", "0"}, "--batch-timeout 0"},
		"environment":           {[]string{"--env", "x"}, "--env x"},
		"chaincode":             {[]string{"--chaincode", "fta", "--port", "0"}, "NAME=DIR"},
		"chaincode's folder":    {[]string{"--chaincode", "fta=nowhere", "--port", "0"}, "no Go module in nowhere"},
		"chaincode that is bad": {[]string{"--chaincode", "fta=testdata/unfit", "--port", "0"}, "cannot be built"},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNetwork(t)
			_, said, err := n.run("start.sh", tc.args...)
			if err == nil || !strings.Contains(said, tc.words) {
				t.Errorf("%v: %s; want %q", err, said, tc.words)
			}
			if left := n.living(); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

// TestAPortThatIsTakenIsNamed, and nothing is begun.
func TestAPortThatIsTakenIsNamed(t *testing.T) {
	needsFabric(t)
	taken := listen(t)
	n := newNetwork(t)
	_, said, err := n.run("start.sh", "--port", taken)
	if err == nil || !strings.Contains(said, "port "+taken+" is taken") {
		t.Errorf("%v: %s", err, said)
	}
}

// TestAMissingProgramIsNamed hides every program but the shell's own.
func TestAMissingProgramIsNamed(t *testing.T) {
	needsFabric(t)
	t.Setenv("PATH", without(t, "gzip"))
	_, said, err := newNetwork(t).run("start.sh")
	if err == nil || !strings.Contains(said, "gzip is not on the PATH") {
		t.Errorf("%v: %s", err, said)
	}
}

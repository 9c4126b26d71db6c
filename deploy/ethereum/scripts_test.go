package ethereum_test

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/ftagateway/ftagateway/deploy/ethereum/gethtest"
)

// TestAChainLives: three ways to reach it, money in the known account, and stopped it goes on where it was.
func TestAChainLives(t *testing.T) {
	n := gethtest.Start(t)
	for _, endpoint := range []string{n.HTTP, n.WS, n.IPC} {
		if id, err := dial(t, endpoint).ChainID(t.Context()); err != nil || id.Int64() != 1337 {
			t.Errorf("%s: %v: chain %v", endpoint, err, id)
		}
	}
	rich := crypto.PubkeyToAddress(gethtest.Rich(t).PublicKey)
	if balance, err := dial(t, n.HTTP).BalanceAt(t.Context(), rich, nil); err != nil || balance.BitLen() < 64 {
		t.Errorf("%v: the known account has %v", err, balance)
	}
	if _, said, err := start(t, n.Data, "--port", "0"); err == nil || !strings.Contains(said, "--port cannot be given") {
		t.Errorf("started twice: %v: %s", err, said)
	}
	if printed, _, err := start(t, n.Data); err != nil || printed != n.HTTP {
		t.Errorf("started twice: %v: printed %q, want %q", err, printed, n.HTTP)
	}
	n.Stop(t)
	if _, err := net.Dial("tcp", strings.TrimPrefix(n.HTTP, "http://")); err == nil {
		t.Error("stopped, it listens")
	}
	n.Again(t, "--port", "0")
	if _, err := dial(t, n.HTTP).ChainID(t.Context()); err != nil {
		t.Error(err)
	}
}

func dial(t *testing.T, endpoint string) *ethclient.Client {
	t.Helper()
	c, err := ethclient.DialContext(t.Context(), endpoint)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// start runs start.sh, and gives what it printed for programs and what it said.
func start(t *testing.T, data string, options ...string) (printed, said string, err error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "./start.sh", append([]string{"--data", data}, options...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	return strings.TrimSpace(out.String()), errs.String(), err
}

func TestBadOptionsAreTold(t *testing.T) {
	for name, tc := range map[string]struct {
		options []string
		words   string
	}{
		"unknown option": {[]string{"--mainnet"}, "unknown option --mainnet"},
		"no value":       {[]string{"--port"}, "--port needs a value"},
		"port":           {[]string{"--port", "80"}, "--port 80: must be"},
		"port too high":  {[]string{"--port", "65535"}, "--port 65535: must be"},
		"period":         {[]string{"--period", "0.5"}, "--period 0.5: must be"},
	} {
		if _, said, err := start(t, t.TempDir(), tc.options...); err == nil || !strings.Contains(said, tc.words) {
			t.Errorf("%s: %v: %s; want %q", name, err, said, tc.words)
		}
	}
}

// TestAPortThatIsTakenIsNamed, the one of WebSockets too, before anything is built or begun.
func TestAPortThatIsTakenIsNamed(t *testing.T) {
	taken := listen(t)
	for _, port := range []int{taken, taken - 1} {
		data := t.TempDir()
		_, said, err := start(t, data, "--port", strconv.Itoa(port))
		if err == nil || !strings.Contains(said, "port "+strconv.Itoa(taken)+" is taken") {
			t.Errorf("%v: %s", err, said)
		}
		if _, err := os.Stat(filepath.Join(data, "chain.env")); err == nil {
			t.Error("something was begun")
		}
	}
}

// listen takes a port whose neighbour below nobody has, and gives its number.
func listen(t *testing.T) int {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		port := l.Addr().(*net.TCPAddr).Port
		if below, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port-1))); err == nil {
			below.Close()
			return port
		}
	}
	t.Fatal("no port with a free neighbour")
	return 0
}

// TestAMissingProgramIsNamed: one that a start takes, and the compiler where geth is still to be built.
func TestAMissingProgramIsNamed(t *testing.T) {
	t.Setenv("FTA_ETHEREUM_CACHE", t.TempDir())
	for missing, path := range map[string]string{"curl": without(t, "curl"), "go": without(t, "go")} {
		t.Setenv("PATH", path)
		if _, said, err := start(t, t.TempDir(), "--port", "0"); err == nil || !strings.Contains(said, missing+" is not on the PATH") {
			t.Errorf("%s: %v: %s", missing, err, said)
		}
	}
}

// without makes a folder with the programs that the scripts call, but for one.
func without(t *testing.T, missing string) string {
	t.Helper()
	dir := t.TempDir()
	for _, program := range []string{"bash", "env", "dirname", "ps", "sed", "mkdir", "cat", "curl", "go"} {
		path, err := exec.LookPath(program)
		if err != nil {
			t.Skipf("%s is not here either: %v", program, err)
		}
		if program == missing {
			continue
		}
		if err := os.Symlink(path, filepath.Join(dir, program)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

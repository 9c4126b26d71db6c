// Package fabric_test holds the scripts beside it to what they promise, on networks that it starts and stops.
package fabric_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// network is one that start.sh made, and that is stopped at the end of the test.
type network struct {
	t    *testing.T
	data string
}

// newNetwork names a folder, with a space in its name as people have them, for a network that is not started yet.
func newNetwork(t *testing.T) *network {
	n := &network{t, filepath.Join(t.TempDir(), "a network")}
	t.Cleanup(func() {
		if _, err := os.Stat(filepath.Join(n.data, "network.env")); err == nil {
			n.must("stop.sh")
		}
	})
	return n
}

// run runs a script on the network, and gives what it printed and what it said.
func (n *network) run(script string, args ...string) (printed, said string, err error) {
	var stdout, stderr strings.Builder
	cmd := exec.CommandContext(n.t.Context(), "./"+script, append([]string{"--data", n.data}, args...)...)
	if script == "stop.sh" { // in a cleanup, when the test's own context has ended
		cmd = exec.Command("./"+script, "--data", n.data)
	}
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	return strings.TrimSpace(stdout.String()), stderr.String(), err
}

func (n *network) must(script string, args ...string) (printed, said string) {
	n.t.Helper()
	printed, said, err := n.run(script, args...)
	if err != nil {
		n.t.Fatalf("%s %v: %v\n%s%s", script, args, err, said, n.logs())
	}
	return printed, said
}

// logs are the last lines of each process, for whoever reads why a test failed.
func (n *network) logs() string {
	var all strings.Builder
	files, _ := filepath.Glob(filepath.Join(n.data, "logs", "*.log"))
	for _, file := range files {
		text, _ := os.ReadFile(file)
		all.WriteString("--- " + filepath.Base(file) + "\n" + string(text[max(0, len(text)-1500):]) + "\n")
	}
	return all.String()
}

func (n *network) invoke(args string) {
	n.t.Helper()
	n.must("peer.sh", "chaincode", "invoke", "-C", "trade", "-n", "fta", "-c", args)
}

func (n *network) query(org int, args string) (string, error) {
	printed, _, err := n.run("peer.sh", "--org", strconv.Itoa(org), "chaincode", "query", "-C", "trade", "-n", "fta", "-c", args)
	return printed, err
}

// pids are the processes of the network by name.
func (n *network) pids() map[string]int {
	n.t.Helper()
	all := map[string]int{}
	files, _ := filepath.Glob(filepath.Join(n.data, "pids", "*"))
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			n.t.Fatal(err)
		}
		if all[filepath.Base(file)], err = strconv.Atoi(strings.TrimSpace(string(text))); err != nil {
			n.t.Fatal(err)
		}
	}
	return all
}

// living lists the processes of this machine that were started from the network's folder.
func (n *network) living() (lines []string) {
	n.t.Helper()
	all, err := exec.CommandContext(n.t.Context(), "ps", "-A", "-ww", "-o", "pid=,command=").Output()
	if err != nil {
		n.t.Fatal(err)
	}
	for line := range strings.Lines(string(all)) {
		if _, command, _ := strings.Cut(strings.TrimSpace(line), " "); strings.HasPrefix(strings.TrimSpace(command), n.data) {
			lines = append(lines, line)
		}
	}
	return lines
}

// needsFabric skips where a network cannot or shall not be started, and says why.
func needsFabric(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a Fabric network, which the short tests do not")
	}
	for _, program := range []string{"bash", "ps", "awk", "sed", "tar", "gzip"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("a Fabric network is started with %s: %v", program, err)
		}
	}
}

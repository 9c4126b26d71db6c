// Package gethtest gives tests a real geth, started by the scripts of deploy/ethereum.
package gethtest

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
)

// Node is a chain of its own, of one geth --dev, in a folder of its own.
type Node struct {
	HTTP, WS, IPC string // where it listens
	Data          string // what start.sh and stop.sh call --data
}

// Start starts a node at free ports; it ends with the test. A test without a built geth is skipped, and says how to
// build one: that takes minutes.
func Start(t *testing.T) *Node {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: starts geth")
	}
	if !Built() {
		t.Skip("geth is not built; deploy/ethereum/build.sh builds it, in a few minutes")
	}
	n := &Node{Data: t.TempDir()}
	n.Again(t, "--port", "0")
	t.Cleanup(func() { n.run(t, "stop.sh") })
	return n
}

// Built reports whether there is a geth to start.
func Built() bool {
	built, err := filepath.Glob(filepath.Join(cache(), "geth-v*"))
	return err == nil && len(built) > 0
}

// Stop ends the node's process. Its chain stays.
func (n *Node) Stop(t *testing.T) {
	t.Helper()
	n.run(t, "stop.sh")
}

// Again starts the node with its chain again, with options of start.sh.
func (n *Node) Again(t *testing.T, options ...string) {
	t.Helper()
	n.run(t, "start.sh", options...)
	told, err := os.ReadFile(filepath.Join(n.Data, "chain.env"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(told)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		if into, ok := map[string]*string{"http": &n.HTTP, "ws": &n.WS, "ipc": &n.IPC}[name]; ok {
			*into = value
		}
	}
}

// run runs a script, also when the test's own context has ended: a node must be stopped then.
func (n *Node) run(t *testing.T, script string, options ...string) {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), filepath.Join(folder(), script), append([]string{"--data", n.Data}, options...)...)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		t.Errorf("%s: %v: %s", script, err, said.String())
	}
}

// folder is deploy/ethereum, in whichever package the test runs. The source's own path is not known where paths are
// trimmed.
func folder() string {
	at, err := os.Getwd()
	for err == nil && at != filepath.Dir(at) {
		if _, missing := os.Stat(filepath.Join(at, "deploy/ethereum/start.sh")); missing == nil {
			return filepath.Join(at, "deploy/ethereum")
		}
		at = filepath.Dir(at)
	}
	return "deploy/ethereum"
}

// cache is where build.sh keeps what it has built.
func cache() string {
	if named := os.Getenv("FTA_ETHEREUM_CACHE"); named != "" {
		return named
	}
	return filepath.Join(folder(), "../../.cache/ethereum")
}

// Rich gives the key of the account that has the money of every geth --dev; it stands in geth's source.
func Rich(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := crypto.HexToECDSA("b71c71a67e1177ad4e901695e1b4b9ee17ae16c6668d313eac2f96dbcda3f291")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

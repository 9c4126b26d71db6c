// Package vendornodetest gives tests the example of a vendor's ledger in Node.js, as it runs for a vendor: a process of
// its own, which speaks the ledger protocol.
package vendornodetest

import (
	"bufio"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Server is a server that a test began.
type Server struct {
	URL     *url.URL
	process *exec.Cmd
}

// Without says why no server can be started; empty: one can.
func Without() string {
	if _, err := exec.LookPath("node"); err != nil {
		return "node is not on PATH: the example ledger in Node.js was not tried"
	}
	return ""
}

// Start starts a server, for testing, with its chain in a file. It ends with the test. Where there is no Node.js the test
// is skipped, with the reason.
func Start(t testing.TB, data string) *Server {
	t.Helper()
	if why := Without(); why != "" {
		t.Skip(why)
	}
	s := &Server{process: exec.Command("node", filepath.Join(Folder(t), "server.mjs"), "--port", "0", "--data", data, "--testing")}
	s.process.Stderr = os.Stderr
	out, err := s.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the server did not say where it listens: %v", err)
	}
	if s.URL, err = url.Parse(strings.TrimPrefix(strings.TrimSpace(line), "listening on ")); err != nil {
		t.Fatal(err)
	}
	return s
}

// Kill ends the process at once, as a machine that fails does.
func (s *Server) Kill() {
	_ = s.process.Process.Kill()
	_ = s.process.Wait()
}

// Driver is by what the remote driver reaches it.
func (s *Server) Driver() string { return "ledger+" + s.URL.String() }

// Folder is examples/vendor-node, in whichever package the test runs. The source's own path is not known where paths are
// trimmed.
func Folder(t testing.TB) string {
	t.Helper()
	from, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		folder := filepath.Join(from, "examples", "vendor-node")
		if _, err := os.Stat(folder); err == nil {
			return folder
		}
		above := filepath.Dir(from)
		if above == from {
			t.Fatal("the test does not run in a clone of the repository")
		}
		from = above
	}
}

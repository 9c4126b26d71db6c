// Package redistest starts Redis servers and clusters for tests: real ones, each of its own, on free ports of this machine.
package redistest

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// Server is a redis-server that a test began.
type Server struct {
	Addr    string
	Secure  string // where it speaks TLS; empty if nowhere
	Options []string
	bus     string // port at which nodes of its cluster speak to it
	folder  string
	process *exec.Cmd
}

// Start begins a server, which ends with the test. Where none is installed a quick test (-short) is skipped, with the
// reason, and any other fails. Options are those of its command line.
func Start(t testing.TB, options ...string) *Server {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if testing.Short() {
			t.Skip("redis-server is not installed, which deploy/redis/install.sh does: ", err)
		}
		t.Fatal("redis-server is not installed, which deploy/redis/install.sh does: ", err)
	}
	folder, err := os.MkdirTemp("", "redis")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Addr: freeAddress(t), Options: options, folder: folder}
	t.Cleanup(func() {
		s.Stop(t)
		_ = os.RemoveAll(folder)
	})
	s.Again(t)
	return s
}

// The ports that are given to servers. The system gives none of them to who only connects, so that one stays free until
// its server listens, and while that is away.
const (
	firstPort = 10_000
	ports     = 10_000
)

// given counts the ports that this process has given away. It begins somewhere else in each.
var given atomic.Int64

func init() { given.Store(int64(os.Getpid()) * 61) }

// freeAddress is one that nobody listens on, and that was not given before.
func freeAddress(t testing.TB) string {
	t.Helper()
	for range ports {
		address := net.JoinHostPort("127.0.0.1", strconv.FormatInt(firstPort+given.Add(1)%ports, 10))
		if l, err := net.Listen("tcp", address); err == nil {
			_ = l.Close()
			return address
		}
	}
	t.Fatalf("no port from %d to %d is free", firstPort, firstPort+ports-1)
	return ""
}

// URL is how to reach it.
func (s *Server) URL() string { return "redis://" + s.Addr + "/0" }

// SecureURL is how to reach it by TLS.
func (s *Server) SecureURL() string { return "rediss://" + s.Secure + "/0" }

// Again begins a server that was stopped, on the same address. It has lost what it held, unless its options let it keep it.
func (s *Server) Again(t testing.TB) {
	t.Helper()
	_, port, _ := net.SplitHostPort(s.Addr)
	args := append([]string{"--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", s.folder,
		"--logfile", filepath.Join(s.folder, "log"), "--daemonize", "no"}, s.Options...)
	s.process = exec.Command("redis-server", args...)
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	s.wait(t)
}

func (s *Server) wait(t testing.TB) {
	t.Helper()
	for until := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		err := s.answers()
		if err == nil {
			return
		}
		if time.Now().After(until) {
			log, _ := os.ReadFile(filepath.Join(s.folder, "log"))
			t.Fatalf("redis-server at %s does not answer: %v\n%s", s.Addr, err, log)
		}
	}
}

// answers asks for anything at all: a refusal is an answer as well.
func (s *Server) answers() error {
	c, err := net.DialTimeout("tcp", s.Addr, time.Second)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(time.Second))
	if _, err := c.Write([]byte("PING\r\n")); err != nil {
		return err
	}
	_, err = c.Read(make([]byte, 1))
	return err
}

// Client speaks to it past everything. The caller closes it.
func (s *Server) Client() *goredis.Client {
	return goredis.NewClient(&goredis.Options{Addr: s.Addr, MaxRetries: -1, DialerRetries: 1, DisableIdentity: true, PoolSize: 2})
}

// Lose has it forget all that it holds, as one does that lost its memory.
func (s *Server) Lose(t testing.TB) {
	t.Helper()
	s.must(t, "FLUSHALL")
}

// Pause has it answer nothing and close nothing, like a machine that hangs, until Resume.
func (s *Server) Pause(t testing.TB) { s.signal(t, syscall.SIGSTOP) }

// Resume has it go on after Pause.
func (s *Server) Resume(t testing.TB) { s.signal(t, syscall.SIGCONT) }

func (s *Server) signal(t testing.TB, sig syscall.Signal) {
	t.Helper()
	if err := s.process.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
}

// Stop ends it at once, paused or not. What it held is gone.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if s.process == nil {
		return
	}
	_ = s.process.Process.Kill()
	_ = s.process.Wait()
	s.process = nil
}

//go:build linux

package compose_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
)

// program gives the program of this machine that is in a service's image, and the image's entry point; none for the one
// that does nothing, and for programs that this machine does not have.
func program(t *testing.T, s types.ServiceConfig) (path string, entry []string) {
	t.Helper()
	name, _, _ := strings.Cut(s.Image, ":")
	switch name {
	case "fta":
		return fta, []string{"/fta"}
	case "ethereum/client-go":
		geths, _ := filepath.Glob(os.Getenv("FTA_CHECK_GETH"))
		if len(geths) == 0 {
			t.Log("geth is not built here (make ethereum): its service is not started")
			return "", nil
		}
		return geths[0], []string{"/geth"}
	case "registry.k8s.io/pause":
		return "", nil
	case "haproxy", "redis":
		path, err := exec.LookPath(s.Command[0])
		if err != nil {
			t.Fatalf("%s is not on the PATH: %s", s.Command[0], "apt-get install haproxy redis-server")
		}
		return path, nil
	}
	t.Fatalf("%s: no program of this machine stands for it", s.Image)
	return "", nil
}

// service is one that runs.
type service struct {
	model   types.ServiceConfig
	spec    container
	process *exec.Cmd
	log     *log
	ended   chan struct{}
	probed  string // what the last health check came to
}

// begin starts a service as the model says; nil if there is nothing to start.
func begin(t *testing.T, p *types.Project, s types.ServiceConfig, hosts string) *service {
	t.Helper()
	path, entry := program(t, s)
	if path == "" {
		return nil
	}
	r := &service{model: s, spec: specOf(t, p, s, path, hosts), log: &log{}, ended: make(chan struct{})}
	command := slices.Concat(entry, s.Command)
	if entry == nil {
		command[0] = path
	}
	r.process = run(t, r.spec, command, r.log)
	go func() {
		_ = r.process.Wait()
		close(r.ended)
	}()
	t.Cleanup(func() {
		_ = r.process.Process.Kill()
		<-r.ended
		if t.Failed() {
			t.Logf("%s:\n%s\nlast health check: %s", s.Name, r.log, r.probed)
		}
	})
	return r
}

// specOf is the service's container. Only what the service itself mounts is its own: of this machine it sees libraries.
func specOf(t *testing.T, p *types.Project, s types.ServiceConfig, path, hosts string) container {
	t.Helper()
	c := container{Links: map[string]string{}, Mounts: []mount{{From: hosts, To: "/etc/hosts"}}}
	for _, name := range []string{"/dev", "/proc", "/bin", "/sbin", "/lib", "/lib64", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib64"} {
		if to, err := os.Readlink(name); err == nil {
			c.Links[name] = to
		} else if _, err := os.Stat(name); err == nil {
			c.Mounts = append(c.Mounts, mount{From: name, To: name})
		}
	}
	if path == fta {
		c.Mounts = append(c.Mounts, mount{From: path, To: "/fta"})
	} else if strings.HasPrefix(s.Image, "ethereum/") {
		c.Mounts = append(c.Mounts, mount{From: path, To: "/geth"})
	}
	for _, v := range s.Volumes {
		c.Mounts = append(c.Mounts, mount{From: v.Source, To: v.Target, Write: !v.ReadOnly})
	}
	for _, f := range s.Configs {
		c.Mounts = append(c.Mounts, mount{From: p.Configs[f.Source].File, To: f.Target})
	}
	for _, f := range s.Secrets {
		c.Mounts = append(c.Mounts, mount{From: p.Secrets[f.Source].File, To: "/run/secrets/" + f.Source})
	}
	c.Tmpfs = append(c.Tmpfs, s.Tmpfs...)
	c.Env = append(environment(s), "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
	if user, _, _ := strings.Cut(s.User, ":"); os.Getuid() == 0 && os.Getenv("FTA_CHECK_USERNS") == "" {
		c.UID, _ = strconv.Atoi(user)
	}
	return c
}

func environment(s types.ServiceConfig) (all []string) {
	for name, value := range s.Environment {
		if value != nil {
			all = append(all, name+"="+*value)
		}
	}
	return all
}

// run starts a command in a container.
func run(t *testing.T, c container, command []string, out *log) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c.Root, c.Command = t.TempDir(), command
	spec, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	process := exec.Command(self)
	process.Env, process.Stdout, process.Stderr = []string{asContainer + "=" + string(spec)}, out, out
	process.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	return process
}

// well reports whether the service's own health check passes, in its container.
func (s *service) well(t *testing.T) bool {
	test := s.model.HealthCheck
	if test == nil {
		return true
	}
	if test.Test[0] != "CMD" {
		t.Fatalf("%s: a health check without a shell begins with CMD: %v", s.model.Name, test.Test)
	}
	command := slices.Clone(test.Test[1:])
	if command[0] != "/fta" {
		path, err := exec.LookPath(command[0])
		if err != nil {
			path = "/geth"
		}
		command[0] = path
	}
	said := &log{}
	err := run(t, s.spec, command, said).Wait()
	s.probed = fmt.Sprint(err, " ", said)
	return err == nil
}

// end asks the service to end as its engine would, and holds it to the time that it has for it.
func (s *service) end(t *testing.T) {
	t.Helper()
	signal := syscall.SIGTERM
	if s.model.StopSignal == "SIGUSR1" {
		signal = syscall.SIGUSR1
	}
	if err := s.process.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	grace := 10 * time.Second
	if s.model.StopGracePeriod != nil {
		grace = time.Duration(*s.model.StopGracePeriod)
	}
	select {
	case <-s.ended:
	case <-time.After(grace):
		t.Fatalf("%s: still runs %v after it was asked to end", s.model.Name, grace)
	}
	if code := s.process.ProcessState.ExitCode(); code != 0 {
		t.Errorf("%s: exit code %d", s.model.Name, code)
	}
}

// log is what a service writes.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// await waits for a condition, and not longer than a bound.
func await(t *testing.T, what string, bound time.Duration, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(bound); !holds(); <-tick.C {
		if time.Now().After(end) {
			t.Fatal(fmt.Sprintf("%s: not within %v", what, bound))
		}
	}
}

//go:build linux

package compose_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
)

// TestTopology starts what the compose file says, as processes: commands, arguments, environment, files, users and
// read-only roots as the model has them, at the addresses that it names, in a network of their own. A record that is
// filed through the first gateway is read through the second one and through the door, and what one of them has read the
// other one knows; then all end as they are asked to.
func TestTopology(t *testing.T) {
	if os.Getenv(insideFTA) != "" {
		t.Skip("this is the process that it runs in")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	inside := exec.Command(self, "-test.run=^TestInside$", "-test.v", "-test.timeout=4m")
	inside.Env = append(os.Environ(), insideFTA+"="+fta, insideDir+"="+placed(t, fta), "FTA_CHECK_GETH="+geth(t))
	inside.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if id := os.Getuid(); id != 0 {
		inside.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		inside.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: id, Size: 1}}
		inside.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
		inside.Env = append(inside.Env, "FTA_CHECK_USERNS=1")
	}
	out, err := inside.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		t.Skip("this machine gives no namespaces, in which the services would be started")
	}
	if err != nil || !strings.Contains(string(out), "--- PASS: TestInside") {
		t.Fatalf("%v\n%s", err, out)
	}
}

// geth is where make ethereum builds it.
func geth(t *testing.T) string {
	cache := os.Getenv("FTA_ETHEREUM_CACHE")
	if cache == "" {
		cache = filepath.Join(folder, "../../.cache/ethereum")
	}
	path, err := filepath.Abs(filepath.Join(cache, "geth-v*"))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestInside is what TestTopology runs in namespaces.
func TestInside(t *testing.T) {
	dir := os.Getenv(insideDir)
	if dir == "" {
		t.Skip("TestTopology runs it, in namespaces")
	}
	p, err := load(dir)
	if err != nil {
		t.Fatal(err)
	}
	f := &filer{dir: dir}
	f.vouched(t)
	running := start(t, p, network(t, p, dir))
	record, submission := f.files(t, "http://127.0.0.1:9081")
	for _, gateway := range []string{"http://127.0.0.1:9081", "http://127.0.0.1:9082"} {
		if said := f.fta(t, "get", "record", record, "--gateway", gateway); !strings.HasPrefix(said, "valid") {
			t.Errorf("%s says %s", gateway, said)
		}
		if status, said := read(t, gateway+"/v1/submissions/"+submission); status != http.StatusOK || !bytes.Contains(said, []byte(`"state":"final"`)) {
			t.Errorf("%s says of what was submitted to the first one: %d %s", gateway, status, said)
		}
	}
	checkShared(t, "http://127.0.0.1:9081", "http://127.0.0.1:9082")
	checkDoor(t, dir, record)
	running["gateway-1"].end(t)
	delete(running, "gateway-1")
	staff := client(t, dir, true)
	await(t, "the door leads to the other gateway", 10*time.Second, func() bool { return status(staff, "localhost", "/v1/records/"+record) == http.StatusOK })
	for _, s := range running {
		s.end(t)
	}
}

// network gives every service that has one an address, and all of them the names of the model. It answers the file of
// names.
func network(t *testing.T, p *types.Project, dir string) (hosts string) {
	t.Helper()
	text, commands := "127.0.0.1 localhost\n", [][]string{{"link", "set", "lo", "up"}}
	for i, name := range p.ServiceNames() {
		if p.Services[name].NetworkMode != "" {
			continue
		}
		address := fmt.Sprintf("172.30.108.%d", 10+i)
		text += address + " " + name + "\n"
		commands = append(commands, []string{"addr", "add", address + "/32", "dev", "lo"})
	}
	for _, arguments := range commands {
		if out, err := exec.Command("ip", arguments...).CombinedOutput(); err != nil {
			t.Fatalf("ip %v: %v\n%s", arguments, err, out)
		}
	}
	hosts = filepath.Join(dir, "hosts")
	err := errors.Join(os.WriteFile(hosts, []byte(text), 0o644),
		syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""),
		syscall.Mount(hosts, "/etc/hosts", "", syscall.MS_BIND, ""))
	if err != nil {
		t.Fatal(err)
	}
	return hosts
}

// start starts every service and waits until each is well.
func start(t *testing.T, p *types.Project, hosts string) map[string]*service {
	t.Helper()
	running := map[string]*service{}
	for name, s := range p.Services {
		if r := begin(t, p, s, hosts); r != nil {
			running[name] = r
		}
	}
	for name, r := range running {
		await(t, name+" is well", time.Minute, func() bool {
			select {
			case <-r.ended:
				t.Fatalf("%s ended", name)
			default:
			}
			return r.well(t)
		})
	}
	return running
}

// checkDoor holds the balancer to what it lets in.
func checkDoor(t *testing.T, dir, record string) {
	t.Helper()
	staff, stranger := client(t, dir, true), client(t, dir, false)
	for _, c := range []struct {
		what, host, path string
		who              *http.Client
		want             int
	}{
		{"staff read", "localhost", "/v1/records/" + record, staff, http.StatusOK},
		{"staff, by another name", "evil.example", "/v1/records/" + record, staff, http.StatusMisdirectedRequest},
		{"staff do not see metrics", "localhost", "/metrics", staff, http.StatusNotFound},
		{"a stranger does not come in", "localhost", "/v1/records/" + record, stranger, 0},
	} {
		if got := status(c.who, c.host, c.path); got != c.want {
			t.Errorf("%s: %d, want %d", c.what, got, c.want)
		}
	}
}

// client calls the door as the first of the staff, or without a certificate.
func client(t *testing.T, dir string, staff bool) *http.Client {
	t.Helper()
	authority, err := os.ReadFile(filepath.Join(dir, "state/secrets/staff-ca.crt"))
	if err != nil {
		t.Fatal(err)
	}
	c := &tls.Config{RootCAs: x509.NewCertPool(), MinVersion: tls.VersionTLS12}
	c.RootCAs.AppendCertsFromPEM(authority)
	if staff {
		pair, err := tls.LoadX509KeyPair(filepath.Join(dir, "state/staff/client.crt"), filepath.Join(dir, "state/staff/client.key"))
		if err != nil {
			t.Fatal(err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	transport := &http.Transport{TLSClientConfig: c}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: 10 * time.Second}
}

// status is that of an answer; 0 where there is none.
func status(c *http.Client, host, path string) int {
	r, err := http.NewRequest(http.MethodGet, "https://localhost:8443"+path, nil)
	if err != nil {
		return 0
	}
	r.Host = host
	answer, err := c.Do(r)
	if err != nil {
		return 0
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	return answer.StatusCode
}

package helm_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestGatewaysConfiguration has fta read the configuration of every variant, with the files that the pod would mount.
func TestGatewaysConfiguration(t *testing.T) {
	for name, values := range variants(t) {
		t.Run(name, func(t *testing.T) {
			c, _ := rendered(t, values)
			dir := mounted(t)
			text := strings.NewReplacer("/run/keys/", dir+"/keys/", "/run/redis/", dir+"/redis/", "/etc/fta/", dir+"/").Replace(c.configs["customs"].Data["gateway.yaml"])
			if files := c.configs["customs-files"]; files != nil {
				for name, content := range files.Data {
					save(t, filepath.Join(dir, "files"), name, content)
				}
			}
			out := run(t, fta, "serve", "--check", "--config", save(t, dir, "gateway.yaml", text))
			if !strings.Contains(out, "listens on 127.0.0.1:8080, keeps /data") {
				t.Error(out)
			}
			for slug := range ledgers(values) {
				if !strings.Contains(out, "ledger "+slug+": ") {
					t.Errorf("no ledger %s in\n%s", slug, out)
				}
			}
		})
	}
}

func ledgers(values map[string]any) map[string]any {
	config, _ := values["config"].(map[string]any)
	all, _ := config["ledgers"].(map[string]any)
	return all
}

// mounted is a folder with what the pod's Secrets and ConfigMaps hold.
func mounted(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"keys", "redis", "files", "participants"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"signing", "capability", "transport"} {
		run(t, fta, "keygen", filepath.Join(dir, "keys", name+".pem"))
	}
	run(t, fta, "keygen", "--lookup", filepath.Join(dir, "keys", "lookup.pem"))
	run(t, "openssl", "rand", "-out", filepath.Join(dir, "redis", "seal"), "32")
	save(t, filepath.Join(dir, "redis"), "password", "secret\n")
	return dir
}

// TestDoor has HAProxy read the door's configuration of every variant.
func TestDoor(t *testing.T) {
	haproxy, err := exec.LookPath("haproxy")
	if err != nil {
		t.Fatal("haproxy is not on the PATH: deploy/checks/needs.sh installs it")
	}
	dir := t.TempDir()
	key, certificate := filepath.Join(dir, "tls.crt.key"), filepath.Join(dir, "tls.crt")
	run(t, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=gateway", "-keyout", key, "-out", certificate)
	for name, values := range variants(t) {
		t.Run(name, func(t *testing.T) {
			c, _ := rendered(t, values)
			text := strings.NewReplacer("/run/door/", dir+"/", "/run/staff/ca.crt", certificate).Replace(c.configs["customs"].Data["haproxy.cfg"])
			run(t, haproxy, "-c", "-f", save(t, dir, "haproxy.cfg", text))
		})
	}
}

func save(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(program), strings.Join(args, " "), err, out)
	}
	return string(out)
}

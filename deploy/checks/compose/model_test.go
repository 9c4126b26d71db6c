//go:build linux

package compose_test

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"

	"github.com/ftagateway/ftagateway/deploy/checks/built"
)

const folder = built.Root + "/deploy/compose"

// placed copies the folder of the compose file and runs setup.sh there, with the fta command that is given.
func placed(t *testing.T, fta string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range []string{"compose.yaml", "gateway.yaml", "haproxy.cfg", "setup.sh"} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	setup := exec.Command(filepath.Join(dir, "setup.sh"))
	setup.Env = append(os.Environ(), "FTA="+fta)
	if out, err := setup.CombinedOutput(); err != nil {
		t.Fatalf("setup.sh: %v\n%s", err, out)
	}
	return dir
}

// load reads the model as docker compose does: variables from .env, every profile, and nothing that the schema does not
// know.
func load(dir string) (*types.Project, error) {
	o, err := cli.NewProjectOptions([]string{filepath.Join(dir, "compose.yaml")},
		cli.WithWorkingDirectory(dir), cli.WithEnvFiles(filepath.Join(dir, ".env")), cli.WithDotEnv, cli.WithProfiles([]string{"*"}))
	if err != nil {
		return nil, err
	}
	return o.LoadProject(context.Background())
}

// TestEveryServiceIsHardened holds every service to what the file says of all of them.
func TestEveryServiceIsHardened(t *testing.T) {
	p := project(t)
	for name, s := range p.Services {
		user, _, _ := strings.Cut(s.User, ":")
		for what, holds := range map[string]bool{
			"its root file system is read-only":         s.ReadOnly,
			"it has no capability":                      slices.Equal(s.CapDrop, []string{"ALL"}) && len(s.CapAdd) == 0 && !s.Privileged,
			"it gains no privileges":                    slices.Contains(s.SecurityOpt, "no-new-privileges:true"),
			"its memory is bounded":                     s.MemLimit > 0,
			"its image is of one version":               pinned(s.Image),
			"it is not root":                            name == "pod" || user != "" && user != "0" && user != "root",
			"it says how it is (edge: by its backends)": name == "pod" || name == "edge" || s.HealthCheck != nil && len(s.HealthCheck.Test) > 1,
			"it is reached from this machine only":      onLoopback(s.Ports),
		} {
			if !holds {
				t.Errorf("%s: not so: %s", name, what)
			}
		}
	}
}

func pinned(image string) bool {
	_, tag, found := strings.Cut(image, ":")
	return found && tag != "latest"
}

func onLoopback(ports []types.ServicePortConfig) bool {
	return !slices.ContainsFunc(ports, func(p types.ServicePortConfig) bool { return !net.ParseIP(p.HostIP).IsLoopback() })
}

// TestGatewaysStandBehindTheDoor: whoever reaches a gateway is CBP, so it shares the namespace of the one door, listens
// on loopback there, and has a folder of its own.
func TestGatewaysStandBehindTheDoor(t *testing.T) {
	p := project(t)
	folders, doors := map[string]bool{}, 0
	for name, s := range p.Services {
		doors += len(s.Ports)
		if len(s.Command) == 0 || s.Command[0] != "serve" {
			continue
		}
		listen := s.Environment["FTA_LISTEN"]
		if s.NetworkMode != "service:pod" || listen == nil || !strings.HasPrefix(*listen, "127.0.0.1:") {
			t.Errorf("%s: network %q, listens on %v", name, s.NetworkMode, listen)
		}
		for _, v := range s.Volumes {
			if v.Target == "/data" {
				folders[v.Source] = true
			}
		}
	}
	if len(folders) != 2 || doors != 1 || len(p.Services["pod"].Ports) != 1 {
		t.Errorf("folders %v, %d doors: want two gateways with a folder each, and one door", folders, doors)
	}
}

// TestWithoutSetup: what setup.sh makes is asked for by name, and not run without.
func TestWithoutSetup(t *testing.T) {
	dir := placed(t, fta)
	if err := os.WriteFile(filepath.Join(dir, ".env"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := load(dir); err == nil || !strings.Contains(err.Error(), "run setup.sh first") {
		t.Errorf("%v, want to be told of setup.sh", err)
	}
}

// TestStrict: the checks would find a key that compose does not know.
func TestStrict(t *testing.T) {
	dir := placed(t, fta)
	file := filepath.Join(dir, "compose.yaml")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for was, is := range map[string]string{"read_only: true": "readonly: true", "mem_limit: 16m": "mem_limit: much", "networks: [ledgers, staff]": "networks: [ledger]"} {
		if err := os.WriteFile(file, []byte(strings.Replace(string(data), was, is, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := load(dir); err == nil {
			t.Errorf("%q in the place of %q: loaded", is, was)
		}
	}
}

func project(t *testing.T) *types.Project {
	t.Helper()
	p, err := load(placed(t, fta))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

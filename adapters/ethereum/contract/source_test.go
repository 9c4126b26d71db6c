package contract

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func compact(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(text)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const root = "../../.."

// TestArtefactsAreOfTheSource compiles every contract of the repository again, and holds what is committed to it.
func TestArtefactsAreOfTheSource(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiling installs solc from npm")
	}
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not on the PATH, so that there is no Solidity compiler: %v", program, err)
		}
	}
	fresh := t.TempDir()
	said, err := exec.CommandContext(t.Context(), filepath.Join(root, "deploy/dev/solc.sh"), fresh).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	if compared := compare(t, fresh); compared < 4 {
		t.Errorf("%d files were compared, want those of FTALedger and BareLog at least", compared)
	}
}

// compare holds every file below a folder against the one of the repository in the same place.
func compare(t *testing.T, fresh string) int {
	t.Helper()
	compared := 0
	err := filepath.WalkDir(fresh, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(fresh, path)
		want, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if got, err := os.ReadFile(filepath.Join(root, name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the source compiles to: run deploy/dev/solc.sh (%v)", name, err)
		}
		compared++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return compared
}

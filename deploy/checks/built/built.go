// Package built gives the checks the fta command, built from the repository that they are in.
package built

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Root is the folder of the repository, for the packages of checks, which lie three folders below it.
const Root = "../../.."

// FTA builds the command into a folder, as `make build` does, and gives its path.
func FTA(dir string) (string, error) {
	root, err := filepath.Abs(Root)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "fta")
	build := exec.Command("go", "build", "-trimpath", "-o", path, "./cmd/fta")
	build.Dir = root
	// A workspace or flags that were meant for the checks are not for the command.
	build.Env = append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building fta: %w\n%s", err, out)
	}
	return path, nil
}

// Package built gives the checks the fta command, built from the repository that they are in as its image is.
package built

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// Root is the folder of the repository, for the packages of checks, which lie three folders below it.
const Root = "../../.."

// line is what the Dockerfile builds the command by.
var line = regexp.MustCompile(`(?m)^RUN (CGO_ENABLED=0) go (build .*) -o /out/fta (\./cmd/fta)$`)

// FTA builds the command into a folder by the line of the Dockerfile, and gives its path.
func FTA(dir string) (string, error) {
	root, err := filepath.Abs(Root)
	if err != nil {
		return "", err
	}
	image, err := os.ReadFile(filepath.Join(root, "deploy/image/Dockerfile"))
	if err != nil {
		return "", err
	}
	said := line.FindStringSubmatch(string(image))
	if said == nil {
		return "", errors.New("the Dockerfile does not build fta by a line that the checks know")
	}
	path := filepath.Join(dir, "fta")
	build := exec.Command("go", append(strings.Fields(said[2]), "-o", path, said[3])...)
	build.Dir = root
	// A workspace or flags that were meant for the checks are not for the command.
	build.Env = append(os.Environ(), "GOWORK=off", said[1])
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building fta: %w\n%s", err, out)
	}
	return path, nil
}

package devnet

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
)

// run runs a script and gives what it printed. The last that it said is the error where it fails. When ctx ends it is
// interrupted with all that it began, and not killed: it ends then what it would leave behind.
func run(ctx context.Context, say func(string), script string, args ...string) (printed string, err error) {
	cmd := exec.CommandContext(ctx, script, args...)
	apart(cmd)
	var out bytes.Buffer
	cmd.Stdout = &out
	said, err := cmd.StderrPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	last := pass(said, say)
	if err := cmd.Wait(); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", fmt.Errorf("%s: %w: %s", filepath.Base(script), err, last)
	}
	return out.String(), nil
}

// pass tells each line, and gives the last few.
func pass(said io.Reader, say func(string)) (last string) {
	var lines []string
	for scanner := bufio.NewScanner(said); scanner.Scan(); {
		if say != nil {
			say(scanner.Text())
		}
		lines = append(lines, scanner.Text())
		lines = lines[max(0, len(lines)-5):]
	}
	return strings.Join(lines, "\n")
}

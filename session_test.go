package ftagateway_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// The address that pages write, because it is the one that fta demo and fta serve have if nothing else is said.
const writtenGateway = "http://127.0.0.1:8080"

// asCommand makes the test binary the fta command, so that no other binary has to be built.
const asCommand = "DOCS_TEST_AS_FTA"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(command.Main())
	}
	os.Exit(m.Run())
}

// fta stands in the path for the real one.
const fta = "#!/bin/sh\n" + asCommand + "=1 exec \"$DOCS_TEST_BINARY\" \"$@\"\n"

// limit is how long one block may take. Most take less than a second; one that compiles takes longer on a cold cache.
const limit = 3 * time.Minute

// session runs the blocks of one page one after the other, as a reader does who types them into one shell, and those
// marked "sh background" in shells of their own.
type session struct {
	demo *demonstration
	here *strings.Replacer // what pages write, by what is here
	env  []string
}

func newSession(t *testing.T, d *demonstration) *session {
	t.Helper()
	home := t.TempDir()
	shim := filepath.Join(home, "bin", "fta")
	if err := errors.Join(os.Mkdir(filepath.Dir(shim), 0o700), os.WriteFile(shim, []byte(fta), 0o700)); err != nil {
		t.Fatal(err)
	}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &session{d, d.here(t), append(os.Environ(), "TMPDIR="+home, "XDG_CACHE_HOME="+d.cache, "GOCACHE="+buildCache(t),
		"DOCS_TEST_BINARY="+binary, "FTA_GATEWAY="+d.gateway, "DOCS_TEST_PATH="+filepath.Dir(shim))}
}

// buildCache is where go keeps what it compiled. It stands in the user's cache, which a session has elsewhere.
func buildCache(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// prelude keeps fta in front of what a block did to the path, and hands the variables of a block on to the next one.
const prelude = `PATH=$DOCS_TEST_PATH:$PATH; set -a; trap 'env -0 >"$TMPDIR/env"' EXIT
`

// run runs a block in a shell that stops at the first failure, and answers all that it printed.
func (s *session) run(t *testing.T, text string) (printed string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	out, err := s.shell(ctx, prelude+text, syscall.SIGKILL).CombinedOutput()
	if kept, readErr := os.ReadFile(filepath.Join(s.value("TMPDIR"), "env")); readErr == nil {
		s.env = strings.Split(strings.Trim(string(kept), "\x00"), "\x00")
	}
	return string(out), err
}

// shell is a shell where the last block left off. When ctx ends it gets a signal, with all that it started.
func (s *session) shell(ctx context.Context, text string, end syscall.Signal) *exec.Cmd {
	bash := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", s.here.Replace(text))
	bash.Env, bash.Dir, bash.WaitDelay = s.env, s.value("PWD"), 10*time.Second
	bash.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	bash.Cancel = func() error { return syscall.Kill(-bash.Process.Pid, end) }
	return bash
}

// background starts a block that runs on until the page is at its end, and waits until it has printed what the page says.
func (s *session) background(t *testing.T, text, want string) (printed string, err error) {
	t.Helper()
	ctx, end := context.WithCancel(context.Background())
	out := &output{}
	bash := s.shell(ctx, "PATH=$DOCS_TEST_PATH:$PATH; exec "+text, syscall.SIGINT)
	bash.Stdout, bash.Stderr = out, out
	if err := bash.Start(); err != nil {
		end()
		return "", err
	}
	t.Cleanup(func() {
		end()
		_ = bash.Wait()
	})
	for until := time.Now().Add(ready); time.Now().Before(until) && !matches(out.String(), s.here.Replace(want)); {
		out.wait(100 * time.Millisecond)
	}
	return out.String(), nil
}

func (s *session) value(name string) string {
	for _, pair := range s.env {
		if value, ok := strings.CutPrefix(pair, name+"="); ok {
			return value
		}
	}
	return ""
}

// matches reports whether what was printed is what a page says. In a line "..." stands for anything, and alone on a line
// for any number of lines.
func matches(printed, want string) bool {
	var pattern bytes.Buffer
	for line := range strings.Lines(strings.TrimRight(want, "\n") + "\n") {
		line = strings.TrimRight(line, " \n")
		if strings.TrimSpace(line) == "..." {
			pattern.WriteString(`(?:.*\n)*?`)
			continue
		}
		pattern.WriteString(strings.ReplaceAll(regexp.QuoteMeta(line), `\.\.\.`, `.*`) + ` *\n`)
	}
	return regexp.MustCompile(`\A` + pattern.String() + `\z`).MatchString(strings.TrimRight(printed, "\n") + "\n")
}

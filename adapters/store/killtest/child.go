// Package killtest kills, in tests, a copy of the test's own process in the middle of its work. What the copy does, its
// TestMain decides by the environment that it is given.
package killtest

import (
	"bufio"
	"os"
	"os/exec"
	"testing"
)

// Child is a running copy of the test's process.
type Child struct {
	*exec.Cmd
	Lines *bufio.Scanner // of its standard output: what it acknowledges
}

// Start runs a copy of this process with more in its environment, name=value each. It does not outlive the test.
func Start(t *testing.T, env ...string) *Child {
	t.Helper()
	c := &Child{Cmd: exec.CommandContext(t.Context(), os.Args[0])}
	c.Env = append(os.Environ(), env...)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.Lines = bufio.NewScanner(out)
	return c
}

// Repeatedly starts a child once for each of enough, kills it after as many lines and a little more, and then has check
// look at what it left. check is given every line that a child has printed so far: what was printed was acknowledged.
func Repeatedly(t *testing.T, env string, enough []int, check func(acknowledged map[string]bool)) {
	t.Helper()
	acknowledged := map[string]bool{}
	for _, lines := range enough {
		before := len(acknowledged)
		Start(t, env).killAfter(t, lines, acknowledged)
		if len(acknowledged) == before {
			t.Fatal("nothing was acknowledged")
		}
		check(acknowledged)
	}
}

// killAfter reads on after the kill, since what was printed before it was acknowledged.
func (c *Child) killAfter(t *testing.T, lines int, acknowledged map[string]bool) {
	t.Helper()
	for n := 0; c.Lines.Scan(); n++ {
		acknowledged[c.Lines.Text()] = true
		if n == lines {
			_ = c.Process.Kill()
		}
	}
	if err := c.Wait(); err == nil || c.ProcessState.ExitCode() != -1 {
		t.Fatalf("the child was not killed: %v", err)
	}
}

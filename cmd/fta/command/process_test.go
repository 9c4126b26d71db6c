package command_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process is a command that runs in a process of its own, so that it can be killed.
type process struct {
	*exec.Cmd
	out    io.ReadCloser
	log    *log
	exited chan struct{}
}

// spawn starts one. It does not outlive the test.
func spawn(t testing.TB, args ...string) *process {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	p := &process{Cmd: exec.CommandContext(ctx, binary, append(args, "--json")...), log: &log{}, exited: make(chan struct{})}
	p.Env = append(os.Environ(), asCommand+"=1")
	p.Stderr = p.log
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p.out, p.Stdout = reader, writer
	if err := errors.Join(p.Start(), writer.Close()); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.Wait()
		close(p.exited)
	}()
	t.Cleanup(func() {
		cancel()
		<-p.exited
		reader.Close()
	})
	return p
}

// ready reads the one JSON value that the process prints when it is.
func (p *process) ready(t testing.TB, into any) {
	t.Helper()
	if err := json.NewDecoder(p.out).Decode(into); err != nil {
		t.Fatalf("%s is not ready: %v\n%s", strings.Join(p.Args[1:], " "), err, p.log)
	}
}

// reaches waits until the process has come to something, and fails if it ends before.
func (p *process) reaches(t testing.TB, what string, holds func() bool) {
	t.Helper()
	ended := false
	await(t, what, time.Minute, func() bool {
		select {
		case <-p.exited:
			ended = true
		default:
		}
		return ended || holds()
	})
	if ended {
		t.Fatalf("%s: ended before\n%s", what, p.log)
	}
}

// kill ends the process as a power cut does.
func (p *process) kill() {
	_ = p.Process.Kill()
	<-p.exited
}

// ends waits until the process has ended by itself, and answers its exit code.
func (p *process) ends(t testing.TB, bound time.Duration) int {
	t.Helper()
	select {
	case <-p.exited:
		return p.ProcessState.ExitCode()
	case <-time.After(bound):
		t.Fatalf("%s still runs after %v\n%s", strings.Join(p.Args[1:], " "), bound, p.log)
		return -1
	}
}

func (p *process) signal(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := p.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// long keeps a test that takes its time out of the quick part.
func long(t testing.TB, why string) {
	t.Helper()
	if testing.Short() {
		t.Skip("takes its time: " + why)
	}
}

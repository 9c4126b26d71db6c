package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
)

// process is an fta command in a process of its own, so that it can be killed and started again as it was.
type process struct {
	args []string
	mu   sync.Mutex
	cmd  *exec.Cmd
	log  bytes.Buffer // of the run that is under way
}

// start runs the command, and reads the one JSON value that it prints when it is ready.
func start(ctx context.Context, ready any, args ...string) (*process, error) {
	p := &process{args: append(args, "--json")}
	return p, p.again(ctx, ready)
}

// again starts it once more.
func (p *process) again(ctx context.Context, ready any) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	program, err := os.Executable()
	if err != nil {
		return err
	}
	p.log.Reset()
	p.cmd = exec.CommandContext(context.WithoutCancel(ctx), program, p.args...)
	p.cmd.Env = append(os.Environ(), asFTA+"=1")
	p.cmd.Stderr = &p.log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := p.cmd.Start(); err != nil {
		return err
	}
	if err := json.NewDecoder(out).Decode(ready); err != nil {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
		return fmt.Errorf("fta %s is not ready: %w: %s", strings.Join(p.args, " "), err, p.log.String())
	}
	return nil
}

// kill ends it as a power cut does.
func (p *process) kill() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil || p.cmd.ProcessState != nil {
		return nil
	}
	err := p.cmd.Process.Kill()
	_ = p.cmd.Wait() // says that it was killed
	return err
}

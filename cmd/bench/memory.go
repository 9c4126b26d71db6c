package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/ftagateway/ftagateway/cmd/bench/measure"
	"github.com/ftagateway/ftagateway/cmd/bench/scene"
)

// idleMemory is in MiB: what an idle gateway of three ledgers may take.
const idleMemory = 150

// memory is what `fta serve` takes, in a process of its own, once it has read from three ledgers and is asked nothing more.
func (b *bench) memory(ctx context.Context) error {
	program := filepath.Join(b.dir, "fta")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", program, "github.com/ftagateway/ftagateway/cmd/fta")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build fta: %w: %s", err, out)
	}
	resident, err := b.idle(ctx, program)
	if err != nil {
		return err
	}
	limit := measure.Series{idleMemory}
	row := compare(fmt.Sprintf("idle fta serve with three ledgers: %.0f MiB resident", resident), fmt.Sprintf("%d MiB", idleMemory),
		measure.Series{resident}, limit)
	row.Amount = true
	b.add(row.aim(Target{Most: 1}))
	return nil
}

// idle starts a gateway, has it read, and answers what it takes, in MiB.
func (b *bench) idle(ctx context.Context, program string) (mib float64, err error) {
	config := filepath.Join(b.dir, "gateway.yaml")
	if err := os.WriteFile(config, []byte(b.threeLedgers()), 0o600); err != nil {
		return 0, err
	}
	serve := exec.CommandContext(ctx, program, "serve", "--json", "--config", config)
	serve.Cancel = func() error { return serve.Process.Signal(syscall.SIGTERM) }
	serve.WaitDelay = 10 * time.Second
	out, err := serve.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := serve.Start(); err != nil {
		return 0, err
	}
	defer func() {
		_ = serve.Process.Signal(syscall.SIGTERM)
		err = errors.Join(err, serve.Wait())
	}()
	var said struct{ Gateway string }
	if err := json.NewDecoder(out).Decode(&said); err != nil {
		return 0, fmt.Errorf("fta serve does not say where it listens: %w", err)
	}
	if err := b.readAllFrom(ctx, said.Gateway); err != nil {
		return 0, err
	}
	return resident(serve.Process.Pid)
}

func (b *bench) threeLedgers() string {
	var text strings.Builder
	fmt.Fprintf(&text, "listen: 127.0.0.1:0\ndata: %s\nledgers:\n", filepath.Join(b.dir, "idle"))
	for _, c := range []*scene.Chain{b.scene.Trade, b.scene.Origin, b.scene.Customs} {
		fmt.Fprintf(&text, "  %s: {url: webledger+%s}\n", c.Slug(), c.URL)
	}
	return text.String()
}

// readAllFrom reads the scene's records once by a gateway.
func (b *bench) readAllFrom(ctx context.Context, gateway string) error {
	caller := keeping()
	defer caller.CloseIdleConnections()
	for _, id := range b.scene.Records {
		if _, err := get(ctx, caller, gateway+"/v1/records/"+id+"?documents=false"); err != nil {
			return err
		}
	}
	return nil
}

// resident is what the kernel says that a process holds in memory.
func resident(pid int) (mib float64, err error) {
	kb, ok := strings.CutSuffix(field(fmt.Sprintf("/proc/%d/status", pid), "VmRSS"), " kB")
	if !ok {
		return 0, errors.New("this system does not tell what a process holds in memory")
	}
	n, err := strconv.ParseFloat(kb, 64)
	return n / 1024, err
}

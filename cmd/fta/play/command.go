package play

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

// Command is the harness of a gateway that a command starts, in whatever language. In its arguments, {config} stands for
// the file of its configuration, which is YAML as fta serve reads it, and {listen} for the address where it must listen.
// It is ready when GET /healthz answers 200. It is ended by SIGTERM, and killed where that does not end it.
func Command(args []string) gatewaysuite.Harness {
	return gatewaysuite.Harness{Name: strings.Join(args, " "), Open: func(ctx context.Context, s gatewaysuite.Setting) (*gatewaysuite.Gateway, error) {
		address, err := freeAddress(ctx)
		if err != nil {
			return nil, err
		}
		file, err := writeConfig(s, address)
		if err != nil {
			return nil, err
		}
		return begin(ctx, strings.NewReplacer("{config}", file, "{listen}", address), args, "http://"+address)
	}}
}

// freeAddress is one on loopback that nobody listens on now.
func freeAddress(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// begun is a gateway's process.
type begun struct {
	*exec.Cmd
	log    *logged
	exited chan struct{} // closed when it has
	err    error         // why, once it has
}

// killAfter is how long a gateway may take to end.
const killAfter = 15 * time.Second

func begin(ctx context.Context, fill *strings.Replacer, args []string, url string) (*gatewaysuite.Gateway, error) {
	words := make([]string, len(args))
	for i, word := range args {
		words[i] = fill.Replace(word)
	}
	life, end := context.WithCancel(context.Background())
	p := &begun{Cmd: exec.CommandContext(life, words[0], words[1:]...), log: &logged{}, exited: make(chan struct{})}
	p.Stdout, p.Stderr, p.WaitDelay = p.log, p.log, killAfter
	p.Cancel = func() error { return p.Process.Signal(syscall.SIGTERM) }
	if err := p.Start(); err != nil {
		end()
		return nil, err
	}
	go func() {
		p.err = p.Wait()
		close(p.exited)
	}()
	stop := func() error {
		end()
		<-p.exited
		return nil
	}
	if err := p.ready(ctx, url); err != nil {
		return nil, errors.Join(err, stop())
	}
	return &gatewaysuite.Gateway{URL: url, Close: stop, Log: p.log.String}, nil
}

// ready waits until the gateway answers.
func (p *begun) ready(ctx context.Context, url string) error {
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for !healthy(ctx, url) {
		select {
		case <-p.exited:
			return fmt.Errorf("it ended before it answered: %w: %s", p.err, p.log.tail())
		case <-ctx.Done():
			return fmt.Errorf("GET /healthz did not answer 200 in the time of the case: %s", p.log.tail())
		case <-again.C:
		}
	}
	return nil
}

func healthy(ctx context.Context, url string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/healthz", nil)
	if err != nil {
		return false
	}
	r.Close = true
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// tail is the end of what was logged.
func (l *logged) tail() string {
	text := strings.TrimSpace(l.String())
	return text[max(0, len(text)-500):]
}

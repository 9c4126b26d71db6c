package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/cmd/bench/scene"
	"github.com/ftagateway/ftagateway/conformance/wire"
	"github.com/ftagateway/ftagateway/trust/key"
)

// The ledgers: a Web Ledger whose node is killed now and then, another on a wire that fails, and one of the ledger protocol that
// nothing ever happens to.
const (
	killed  = "killed"
	flaky   = "flaky"
	healthy = "healthy"
)

// stage is what runs.
type stage struct {
	dir     string
	cast    *cast
	nodes   map[string]*process
	at      map[string]string // host and port of each node
	wire    *wire.Wire
	gateway *process
	url     string // of the gateway
	ends    []func() error
}

// open starts everything. The caller closes it, also after an error.
func open(ctx context.Context, dir string) (s *stage, err error) {
	s = &stage{dir: dir, nodes: map[string]*process{}, at: map[string]string{}}
	if s.cast, err = newCast(); err != nil {
		return s, err
	}
	for _, step := range []func(context.Context) error{
		func(context.Context) error { return s.cast.write(dir) },
		func(ctx context.Context) error { return errors.Join(s.openNode(ctx, killed), s.openNode(ctx, flaky)) },
		s.openHealthy, s.openWire, s.openGateway,
	} {
		if err := step(ctx); err != nil {
			return s, err
		}
	}
	return s, nil
}

func (s *stage) close() error {
	var all []error
	for _, end := range slices.Backward(s.ends) {
		all = append(all, end())
	}
	s.ends = nil
	return errors.Join(all...)
}

func (s *stage) path(name string) string { return filepath.Join(s.dir, name) }

// openNode starts a node at any port, and then, for its address to stay, as that one.
func (s *stage) openNode(ctx context.Context, name string) error {
	approved, err := key.DID(s.cast.transport)
	if err != nil {
		return err
	}
	address, err := free(ctx)
	if err != nil {
		return err
	}
	p, err := start(ctx, &struct{}{}, "node", "--home", s.path("node-"+name), "--approved", approved, "--name", name, "--listen", address)
	if err != nil {
		return err
	}
	s.nodes[name], s.at[name] = p, address
	s.ends = append(s.ends, p.kill)
	return nil
}

// free is an address at which nobody listens now.
func free(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// openHealthy serves a chain in this process.
func (s *stage) openHealthy(ctx context.Context) error {
	chain := memory.New(memory.Options{})
	url, end, err := scene.Serve(ctx, ledgerhttp.New(chain, ledgerhttp.Options{}))
	if err != nil {
		return errors.Join(err, chain.Close())
	}
	s.at[healthy] = strings.TrimPrefix(url, "http://")
	s.ends = append(s.ends, func() error { return errors.Join(end(), chain.Close()) })
	return nil
}

func (s *stage) openWire(context.Context) (err error) {
	if s.wire, err = wire.Open(s.at[flaky]); err != nil {
		return err
	}
	s.ends = append(s.ends, func() error { s.wire.Close(); return nil })
	return nil
}

const configuration = `listen: %s
data: ./gateway
log: error
participants: {folder: ./participants, issuers: [%q]}
keys: {transport: ./transport.pem, lookup: ./lookup.pem}
cache: {memory: 16MiB}
ledgers:
  killed: {url: "webledger+http://%s"}
  flaky: {url: "webledger+http://%s"}
  healthy: {url: "ledger+http://%s"}
`

func (s *stage) openGateway(ctx context.Context) error {
	issuer, err := key.DID(s.cast.vouches)
	if err != nil {
		return err
	}
	address, err := free(ctx)
	if err != nil {
		return err
	}
	text := fmt.Sprintf(configuration, address, issuer, s.at[killed], s.wire.Address(), s.at[healthy])
	if err := os.WriteFile(s.path("gateway.yaml"), []byte(text), 0o600); err != nil {
		return err
	}
	if s.gateway, err = start(ctx, &struct{}{}, "serve", "--config", s.path("gateway.yaml")); err != nil {
		return err
	}
	s.url = "http://" + address
	s.ends = append(s.ends, s.gateway.kill)
	return nil
}

package play

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"

	_ "github.com/ftagateway/ftagateway/adapters/remote" // the suite's ledgers are reached by it
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/cmd/fta/serving"
	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

// Gateway is the harness of this program's own gateway: what fta serve serves, in this process.
func Gateway() gatewaysuite.Harness {
	return gatewaysuite.Harness{Name: "fta serve", Open: openGateway}
}

func openGateway(ctx context.Context, s gatewaysuite.Setting) (*gatewaysuite.Gateway, error) {
	file, err := writeConfig(s, "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	c, err := config.Load(file, nil)
	if err != nil {
		return nil, err
	}
	written := &logged{}
	log := slog.New(slog.NewTextHandler(written, &slog.HandlerOptions{Level: slog.LevelDebug}))
	g, err := serving.Open(ctx, c, log)
	if err != nil {
		return nil, err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return nil, errors.Join(err, g.Close())
	}
	end := serveGateway(g, l, log)
	return &gatewaysuite.Gateway{URL: "http://" + l.Addr().String(), Close: end, Log: written.String}, nil
}

// serveGateway serves until end is called, which closes the gateway too.
func serveGateway(g *serving.Gateway, l net.Listener, log *slog.Logger) (end func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	handler := api.New(api.Config{Gateway: g.Gateway, Metrics: g.Metrics, Log: log})
	go func() { ended <- serving.HTTP{Handler: handler, Log: log}.Serve(ctx, l) }()
	return func() error {
		cancel()
		return errors.Join(<-ended, g.Close())
	}
}

// maxLogged bounds what is kept of a log.
const maxLogged = 16 << 20

// logged is what a gateway has logged.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps a piece of the log.
func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.text.Len() < maxLogged {
		l.text.Write(p)
	}
	return len(p), nil
}

// String gives what was kept.
func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

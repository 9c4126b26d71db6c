package serving

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// HTTP is a handler with what it is served by.
type HTTP struct {
	Handler http.Handler
	TLS     *tls.Config // nil: plain
	Log     *slog.Logger
	// Delay is how long new requests are still taken after ctx has ended, for balancers to hear that they should go elsewhere.
	Delay time.Duration
	// Connections bounds how many clients are connected at once; 2048 if 0. Those who wait longest go first.
	Connections int
}

const defaultConnections = 2048

const (
	// writeTimeout is longer than a request may be worked on, whatever budget is configured.
	writeTimeout = config.MaxBudget + readTimeout
	readTimeout  = 30 * time.Second
	// drainTimeout is how long requests under way may still take when the server is to end.
	drainTimeout = 10 * time.Second
)

// Serve serves on a listener until ctx ends and the delay has passed, and then lets requests under way finish, within a
// bound. Connections end with their next answer as soon as ctx has ended. It closes the listener.
func (h HTTP) Serve(ctx context.Context, l net.Listener) error {
	s := &http.Server{
		Handler: atWork(h.Handler), ConnContext: known, TLSConfig: h.TLS, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(h.Log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	go func() { ended <- serveOn(s, atMost(cmp.Or(h.Connections, defaultConnections), l)) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	s.SetKeepAlivesEnabled(false)
	select {
	case err := <-ended:
		return err
	case <-time.After(h.Delay):
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	err := errors.Join(s.Shutdown(drain), s.Close())
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

func serveOn(s *http.Server, l net.Listener) error {
	if s.TLSConfig != nil {
		return s.ServeTLS(l, "", "")
	}
	return s.Serve(l)
}

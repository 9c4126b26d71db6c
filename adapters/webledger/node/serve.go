package node

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Serve answers on l until ctx ends, then lets requests under way finish, closes l and returns nil. With a TLS
// configuration it speaks only TLS. It does not close the Node.
func (n *Node) Serve(ctx context.Context, l net.Listener, conf *tls.Config) error {
	server := n.server(conf)
	failed := make(chan error, 1)
	go func() { failed <- serveOn(server, l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), n.cfg.CommitWait+time.Second)
	defer cancel()
	err := errors.Join(server.Shutdown(end), server.Close())
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// server has its limits from what the protocol needs: a message of 900 KiB in, a block of 8 MiB out, and the time to
// wait for a block in between.
func (n *Node) server(conf *tls.Config) *http.Server {
	return &http.Server{
		Handler: n.Handler(), TLSConfig: conf,
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 60*time.Second + n.cfg.CommitWait, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 16 << 10,
		ErrorLog:       slog.NewLogLogger(n.cfg.Log.Handler(), slog.LevelDebug),
	}
}

func serveOn(server *http.Server, l net.Listener) error {
	if server.TLSConfig == nil {
		return server.Serve(l)
	}
	return server.ServeTLS(l, "", "")
}

package scene

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// place is where something will be served.
type place struct {
	listener net.Listener
	url      string
}

func listen(ctx context.Context) (*place, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	return &place{l, "http://" + l.Addr().String()}, nil
}

// Serve serves a handler on loopback, and answers where, and how to end it.
func Serve(ctx context.Context, handler http.Handler) (url string, end func() error, err error) {
	p, err := listen(ctx)
	if err != nil {
		return "", nil, err
	}
	return p.url, p.serve(handler), nil
}

// serve begins to serve, and answers how to end it.
func (p *place) serve(handler http.Handler) (end func() error) {
	s := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(p.listener) }()
	return func() error {
		err := s.Close()
		if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		return err
	}
}

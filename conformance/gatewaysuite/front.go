package gatewaysuite

import (
	"context"
	"crypto"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/ftagateway/ftagateway/trust/key"
)

// front is a server of the suite's on loopback.
type front struct {
	url      string
	listener net.Listener
	http     *http.Server
	ended    chan struct{}
}

// listen takes a port that is free. What the front serves is told by serve, because some must know their own address.
func listen() (*front, error) {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	return &front{url: "http://" + l.Addr().String(), listener: l, ended: make(chan struct{})}, nil
}

func (f *front) serve(h http.Handler) {
	f.http = &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	go func() {
		defer close(f.ended)
		_ = f.http.Serve(f.listener) // ends with close
	}()
}

// close cuts every connection, and returns when nothing is served any more.
func (f *front) close() error {
	if f.http == nil {
		return f.listener.Close()
	}
	err := f.http.Close()
	<-f.ended
	return err
}

func newSigner() (crypto.Signer, error) { return key.NewSigner() }

// Package connection keeps connections to servers that nobody here trusts, for the next request to the same server.
//
// net/http keeps connections too, reads on while they are idle, and writes to the process's log what a stranger sends
// then. Here nobody listens to a connection between two requests: before the next request it must be silent, and where
// anything came unasked, or the server ended it, it is closed and nothing of that is read. Answers are parsed by net/http.
package connection

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// Config says how connections are made and how many. All fields are needed.
type Config struct {
	Dial      func(ctx context.Context, network, address string) (net.Conn, error) // every connection comes from here
	TLS       *tls.Config                                                          // for https; the server's name is added
	Handshake time.Duration                                                        // at most for that of TLS
	MaxHeader int64                                                                // of an answer, in bytes
	PerServer int                                                                  // connections at once to one host and port
	Idle      time.Duration                                                        // for which one is kept; then it is closed
}

// Transport sends GET requests one at a time on each connection, and follows nothing. It is an http.RoundTripper, starts
// no goroutine that outlives a call, and needs no closing: what it keeps, it closes when it was idle for too long.
type Transport struct {
	cfg     Config
	mu      sync.Mutex
	servers map[place]*server
}

// New makes a transport without connections.
func New(cfg Config) *Transport { return &Transport{cfg: cfg, servers: map[place]*server{}} }

var errNotAGet = errors.New("only a GET without a body is sent here: it can be sent again where a kept connection has ended")

// RoundTrip sends a request and answers what comes back; closing the answer's body gives the connection back, or closes
// it where the answer was not read to its end. Who waits for one of the server's connections waits until ctx ends.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method != http.MethodGet || req.Body != nil && req.Body != http.NoBody {
		return nil, errNotAGet
	}
	at, err := placeOf(req.URL)
	if err != nil {
		return nil, err
	}
	s, err := t.enter(req.Context(), at)
	if err != nil {
		return nil, err
	}
	resp, err := t.ask(req, s)
	if err != nil {
		t.leave(s)
	}
	return resp, err
}

// ask tries a kept connection first. Where the server has ended that one before it said anything, which it may at any
// time, a new one is made; nothing else is ever sent twice.
func (t *Transport) ask(req *http.Request, s *server) (*http.Response, error) {
	if c := t.kept(s); c != nil {
		resp, err := t.exchange(c, req, s)
		if err == nil || c.heard || req.Context().Err() != nil {
			return resp, err
		}
	}
	c, err := t.dial(req.Context(), s.place)
	if err != nil {
		return nil, err
	}
	return t.exchange(c, req, s)
}

// dial makes a connection.
func (t *Transport) dial(ctx context.Context, at place) (*conn, error) {
	raw, err := t.cfg.Dial(ctx, "tcp", at.address)
	if err != nil {
		return nil, err
	}
	if at.scheme == "http" {
		return newConn(raw, raw), nil
	}
	cfg := t.cfg.TLS.Clone()
	cfg.ServerName = at.name
	secure := tls.Client(raw, cfg)
	ctx, cancel := context.WithTimeout(ctx, t.cfg.Handshake)
	defer cancel()
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, raw.Close())
	}
	return newConn(secure, raw), nil
}

package connection

import (
	"context"
	"errors"
	"net"
	"net/url"
	"slices"
	"time"
)

// place is where a server is: connections are kept for it and for nothing else.
type place struct{ scheme, name, address string }

var (
	errScheme = errors.New("a server is asked by http or https")
	errName   = errors.New("a server's name is written in ASCII")
)

func placeOf(u *url.URL) (place, error) {
	port := u.Port()
	switch {
	case u.Scheme == "https" && port == "":
		port = "443"
	case u.Scheme == "http" && port == "":
		port = "80"
	case u.Scheme != "https" && u.Scheme != "http":
		return place{}, errScheme
	}
	name := u.Hostname()
	for i := range len(name) {
		if name[i] >= 0x80 {
			return place{}, errName
		}
	}
	return place{u.Scheme, name, net.JoinHostPort(name, port)}, nil
}

// server is one that is being asked, or to which connections are kept.
type server struct {
	place
	slots chan struct{} // one for each connection in use
	users int           // who wait for a slot or have one
	idle  []*conn       // the one that was used last at the end
}

// enter waits for one of a server's connections.
func (t *Transport) enter(ctx context.Context, at place) (*server, error) {
	t.mu.Lock()
	s := t.servers[at]
	if s == nil {
		s = &server{place: at, slots: make(chan struct{}, t.cfg.PerServer)}
		t.servers[at] = s
	}
	s.users++
	t.mu.Unlock()
	select {
	case s.slots <- struct{}{}:
		return s, nil
	case <-ctx.Done():
		t.gone(s)
		return nil, ctx.Err()
	}
}

func (t *Transport) leave(s *server) {
	<-s.slots
	t.gone(s)
}

func (t *Transport) gone(s *server) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s.users--
	t.forget(s)
}

// forget drops a server that nobody asks and to which nothing is kept. t.mu is held.
func (t *Transport) forget(s *server) {
	if s.users == 0 && len(s.idle) == 0 && t.servers[s.place] == s {
		delete(t.servers, s.place)
	}
}

// keep puts a connection aside. There are never more of one server than may be in use at once.
func (t *Transport) keep(s *server, c *conn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s.idle = append(s.idle, c)
	c.ends = time.AfterFunc(t.cfg.Idle, func() { t.expire(s, c) })
}

func (t *Transport) expire(s *server, c *conn) {
	t.mu.Lock()
	at := slices.Index(s.idle, c)
	if at >= 0 {
		s.idle = slices.Delete(s.idle, at, at+1)
		t.forget(s)
	}
	t.mu.Unlock()
	if at >= 0 {
		c.close()
	}
}

// kept takes the connection that was used last, and closes those on which something has come meanwhile. Nil if none is
// left.
func (t *Transport) kept(s *server) *conn {
	for {
		c := t.take(s)
		if c == nil || c.silent() {
			return c
		}
		c.close()
	}
}

func (t *Transport) take(s *server) *conn {
	t.mu.Lock()
	defer t.mu.Unlock()
	last := len(s.idle) - 1
	if last < 0 {
		return nil
	}
	c := s.idle[last]
	s.idle = slices.Delete(s.idle, last, last+1)
	c.ends.Stop()
	return c
}
